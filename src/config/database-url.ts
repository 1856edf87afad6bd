import type { DialectName } from "../schema/dialect-names.js";
import { didYouMean } from "../suggestion.js";

/** All that is ever read from a database URL. */
export interface DatabaseUrl {
  readonly dialect: DialectName;
  readonly targetVersion: string | undefined;
}

const dialectOfScheme: Readonly<Record<string, DialectName>> = {
  postgresql: "postgresql",
  postgres: "postgresql",
  mysql: "mysql",
  mariadb: "mariadb",
  sqlite: "sqlite",
  mssql: "mssql",
  sqlserver: "mssql",
  oracle: "oracle",
};

/** Dialects whose servers are reached by the URL of another one, too, and what a version says of them there. */
const guestsOf: {
  readonly [D in DialectName]?: readonly { readonly dialect: DialectName; readonly version: RegExp }[];
} = {
  // Doctrine and others write "10.11.2-MariaDB" or "mariadb-10.11.2" behind a mysql scheme.
  mysql: [{ dialect: "mariadb", version: /mariadb/i }],
};

/** The dialects whose servers a URL of a dialect may lead to. */
export function dialectsOfUrl(dialect: DialectName): readonly DialectName[] {
  return [dialect, ...(guestsOf[dialect] ?? []).map((guest) => guest.dialect)];
}

/**
 * The dialect that a database URL names, and the server's version if it has a `serverVersion` parameter. Understands
 * the forms of libpq, SQLAlchemy (`postgresql+psycopg2://`) and JDBC (`jdbc:sqlserver://`).
 *
 * @returns a problem as a string, which never repeats any part of the URL but its scheme
 *
 * @example readDatabaseUrl("mysql://app:secret@db/shop?serverVersion=8.0") // { dialect: "mysql", targetVersion: "8.0" }
 */
export function readDatabaseUrl(url: string): DatabaseUrl | string {
  const scheme = /^(?:jdbc:)?([a-z][a-z0-9]*)(?:\+[\w.-]+)?:/i.exec(url.trim())?.[1]?.toLowerCase();
  const known = Object.keys(dialectOfScheme);
  if (scheme === undefined) return `expected a database URL such as "postgresql://host/database"`;
  const dialect = dialectOfScheme[scheme];
  if (dialect === undefined) {
    return `no dialect is known for URLs that begin with "${scheme}:".${didYouMean(scheme, known)} Known are ${known.join(", ")}`;
  }
  const stated = /[?&;](?:serverVersion|server_version)=([^&;#]*)/i.exec(url)?.[1] ?? "";
  const targetVersion = /\d+(?:\.\d+)*/.exec(stated)?.[0];
  const guest = guestsOf[dialect]?.find(({ version }) => version.test(stated));
  return { dialect: guest?.dialect ?? dialect, targetVersion };
}
