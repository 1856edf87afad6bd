import type { Dialect } from "../src/compiler/dialect.js";
import { dialectNamed } from "../src/schema/dialect-named.js";
import type { DialectName } from "../src/schema/dialect-names.js";

/** The dialects, each loaded when it is first asked for: a command pays for the one that it uses. */
const loaders = {
  postgresql: async () => (await import("./postgresql/index.js")).postgresql,
  mssql: async () => (await import("./mssql/index.js")).mssql,
  oracle: async () => (await import("./oracle/index.js")).oracle,
  mysql: async () => (await import("./mysql/index.js")).mysql,
  mariadb: async () => (await import("./mariadb/index.js")).mariadb,
  sqlite: async () => (await import("./sqlite/index.js")).sqlite,
} satisfies { readonly [D in DialectName]: () => Promise<Dialect> };

/**
 * The dialect of that name.
 *
 * @throws UsageError for a name that is none: programs in JavaScript may give any
 */
export async function loadDialect(name: DialectName): Promise<Dialect> {
  return loaders[dialectNamed(String(name))]();
}
