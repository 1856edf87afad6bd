import type { Parser } from "node-sql-parser";
import type { DialectName } from "../../src/schema/dialect-names.js";

/** A grammar: says why it does not understand a statement, or undefined when it does. */
export interface Grammar {
  /** It is the server's own, so that there is nothing more to ask. */
  readonly isServers: boolean;
  problemOf(sql: string): string | undefined;
}

async function postgresqlGrammar(): Promise<Grammar> {
  const { loadModule, parseSync } = await import("libpg-query");
  await loadModule();
  return { isServers: true, problemOf: (sql) => messageOf(() => parseSync(sql)) };
}

function nodeSqlParser(parser: Pick<Parser, "parse">, database: string): Grammar {
  return { isServers: false, problemOf: (sql) => messageOf(() => parser.parse(sql, { database })) };
}

function messageOf(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    const { message, found } = error as { readonly message: string; readonly found?: string | null };
    // node-sql-parser names all that it expected, which is half of the language
    if (found === undefined) return message;
    return found === null ? "unexpected end" : `unexpected "${found}"`;
  }
}

/** Straight from the packages: what the program makes of their answers for its users is no measure here. */
const loaders: { readonly [D in DialectName]: (() => Promise<Grammar>) | undefined } = {
  postgresql: postgresqlGrammar,
  mysql: async () => nodeSqlParser(new (await import("node-sql-parser/build/mysql.js")).default.Parser(), "MySQL"),
  mariadb: async () =>
    nodeSqlParser(new (await import("node-sql-parser/build/mariadb.js")).default.Parser(), "MariaDB"),
  sqlite: async () => nodeSqlParser(new (await import("node-sql-parser/build/sqlite.js")).default.Parser(), "SQLite"),
  mssql: async () =>
    nodeSqlParser(new (await import("node-sql-parser/build/transactsql.js")).default.Parser(), "TransactSQL"),
  // node-sql-parser has no Oracle, and no other package parses its DDL
  oracle: undefined,
};

const grammars = new Map<DialectName, Promise<Grammar> | undefined>();

/** The grammar of a dialect, loaded when it is first asked for; undefined where there is none. */
export function grammarOf(dialect: DialectName): Promise<Grammar> | undefined {
  if (!grammars.has(dialect)) grammars.set(dialect, loaders[dialect]?.());
  return grammars.get(dialect);
}
