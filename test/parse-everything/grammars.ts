import type { Parser } from "node-sql-parser";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { problemInFull, type FullGrammarDialect } from "./full-grammar.js";

/** A grammar of a dialect. */
export interface Grammar {
  /** Whose it is: the server's own refuses nothing wrongly, for each of the others there is a list of what it does. */
  readonly package: "libpg-query" | "node-sql-parser" | "antlr4ts-sql";
  /** Why it does not understand a statement; undefined when it does. */
  problemOf(sql: string): string | undefined;
}

async function postgresqlGrammar(): Promise<Grammar> {
  const { loadModule, parseSync } = await import("libpg-query");
  await loadModule();
  return { package: "libpg-query", problemOf: (sql) => messageOf(() => parseSync(sql)) };
}

function nodeSqlParser(parser: Pick<Parser, "parse">, database: string): Grammar {
  return { package: "node-sql-parser", problemOf: (sql) => messageOf(() => parser.parse(sql, { database })) };
}

function fullGrammar(dialect: FullGrammarDialect): Promise<Grammar> {
  return Promise.resolve({ package: "antlr4ts-sql", problemOf: (sql) => problemInFull(dialect, sql) });
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
const loaders: { readonly [D in DialectName]: () => Promise<Grammar> } = {
  postgresql: postgresqlGrammar,
  mysql: async () => nodeSqlParser(new (await import("node-sql-parser/build/mysql.js")).default.Parser(), "MySQL"),
  mariadb: async () =>
    nodeSqlParser(new (await import("node-sql-parser/build/mariadb.js")).default.Parser(), "MariaDB"),
  sqlite: async () => nodeSqlParser(new (await import("node-sql-parser/build/sqlite.js")).default.Parser(), "SQLite"),
  mssql: () => fullGrammar("mssql"),
  oracle: () => fullGrammar("oracle"),
};

const grammars = new Map<DialectName, Promise<Grammar>>();

/** The grammar of a dialect, loaded when it is first asked for. */
export function grammarOf(dialect: DialectName): Promise<Grammar> {
  const grammar = grammars.get(dialect) ?? loaders[dialect]();
  grammars.set(dialect, grammar);
  return grammar;
}
