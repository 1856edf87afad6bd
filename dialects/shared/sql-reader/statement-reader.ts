import type { Origin } from "../../../src/errors.js";
import type { SqlEffects } from "../../../src/operations/execute.js";
import type { OperationNode } from "../../../src/operations/index.js";
import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import { alterTable } from "./alter-table.js";
import { createTable } from "./create-table.js";
import { Cursor, NotUnderstood } from "./cursor.js";
import type { SqlGrammar } from "./grammar.js";
import { createIndex, dropIndexes } from "./indexes.js";
import { objectsNamedIn } from "./named-objects.js";
import { createObject, dropObjects } from "./objects.js";
import type { ReadStatement } from "./reader.js";
import { noEffects, sqlReader } from "./reader.js";
import type { SqlStatement } from "./statements.js";

/** First words of statements that change rows, sessions or rights, and no object. */
export const harmlessWords: ReadonlySet<string> = new Set([
  ...["SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "COPY", "TABLE"],
  ...["SET", "RESET", "SHOW", "USE", "LOCK", "UNLOCK", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "END"],
  ...["ABORT", "ANALYZE", "ANALYSE", "VACUUM", "REINDEX", "CLUSTER", "CHECKPOINT", "EXPLAIN", "DESCRIBE", "DESC"],
  ...["GRANT", "REVOKE", "FLUSH", "OPTIMIZE", "CHECK", "REPAIR", "HANDLER", "KILL", "PRINT", "DECLARE", "FETCH"],
  ...["CLOSE", "OPEN", "MOVE", "LISTEN", "UNLISTEN", "NOTIFY", "DISCARD", "DEALLOCATE", "PREPARE", "REFRESH"],
  ...["PRAGMA", "DETACH", "GO", "BULK", "BACKUP", "RESTORE", "WAITFOR", "RAISERROR", "THROW", "SECURITY", "REASSIGN"],
  ...["PURGE", "CHANGE", "STOP", "SIGNAL", "CACHE", "DBCC", "DENY", "RECONFIGURE"],
]);

/** Words that begin a statement of DDL, or one that may run any. */
export const schemaWords: ReadonlySet<string> = new Set([
  ...[
    "CREATE",
    "ALTER",
    "DROP",
    "RENAME",
    "COMMENT",
    "DO",
    "CALL",
    "EXEC",
    "EXECUTE",
    "BEGIN",
    "IF",
    "WHILE",
    "IMPORT",
  ],
  ...["ATTACH", "LOAD", "INSTALL", "UNINSTALL"],
]);

const changingWords = new Set(["CREATE", "ALTER", "DROP", "EXEC", "EXECUTE", "CALL"]);

/** `SELECT … INTO t` makes a table on some servers, and some need no semicolon before the next statement. */
function isHarmless(statement: SqlStatement, grammar: SqlGrammar): boolean {
  const words = statement.tokens.filter(({ kind }) => kind === "word").map(({ value }) => value);
  // MySQL's DO evaluates expressions
  const isOwn = (words[0] === "BEGIN" && words.length <= 2) || (words[0] === "DO" && grammar.group === "mysql");
  if (!harmlessWords.has(words[0] ?? "") && !isOwn) return false;
  if (grammar.group !== "mssql") return true;
  const [first] = words;
  if (first === "SELECT" || first === "WITH") if (words.includes("INTO")) return false;
  return ["GRANT", "DENY", "REVOKE"].includes(first ?? "") || !words.slice(1).some((word) => changingWords.has(word));
}

function renameTables(cursor: Cursor, origin: Origin | undefined): readonly OperationNode[] {
  cursor.acceptOneOf("TABLE", "TABLES");
  return cursor.commaSeparated().map((part): OperationNode => {
    const from = part.qualifiedName();
    part.expect("TO");
    const to = part.qualifiedName();
    part.expectEnd();
    if (from.schema !== to.schema) throw new NotUnderstood("a table that moves");
    return { kind: "renameTable", from: from.name, to: to.name, schema: from.schema, origin };
  });
}

function dropTables(cursor: Cursor, origin: Origin | undefined): readonly OperationNode[] {
  const ifExists = cursor.ifExists();
  const operations: OperationNode[] = [];
  do {
    const { schema, name } = cursor.qualifiedName();
    operations.push({ kind: "dropTable", tableName: name, schema, ifExists, origin });
  } while (cursor.accept(","));
  cursor.acceptOneOf("CASCADE", "RESTRICT");
  cursor.expectEnd();
  return operations;
}

function readSchemaStatement(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): SqlEffects {
  const understood = (operations: readonly OperationNode[]): SqlEffects => ({ operations, unknown: [] });
  const own = grammar.statements?.[cursor.word() ?? ""];
  if (own !== undefined) {
    cursor.next();
    return understood(own(cursor, origin));
  }
  if (cursor.accept("ALTER", "TABLE")) return understood(alterTable(cursor, grammar, origin));
  if (cursor.accept("CREATE", "TABLE")) return understood(createTables(cursor, grammar, origin));
  if (cursor.accept("DROP", "TABLE")) return understood(dropTables(cursor, origin));
  if (cursor.accept("DROP", "INDEX")) return understood(dropIndexes(cursor, grammar, origin));
  if (cursor.accept("RENAME")) return understood(renameTables(cursor, origin));
  if (cursor.accept("DROP")) return { ...noEffects, objects: dropObjects(cursor) };
  cursor.expect("CREATE");
  if (indexWords.has(cursor.word() ?? "")) return understood([createIndex(cursor, grammar, origin)]);
  return { ...noEffects, objects: [createObject(cursor)] };
}

const indexWords = new Set(["INDEX", "UNIQUE", "FULLTEXT", "SPATIAL", "CLUSTERED", "NONCLUSTERED"]);

/** SQLite's own tables, which its dumps make too, are no part of a schema. */
function createTables(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): readonly OperationNode[] {
  if (grammar.group === "sqlite" && cursor.peek()?.text.startsWith("sqlite_") === true) return [];
  return [createTable(cursor, grammar, origin)];
}

/** What one statement does, as far as it is understood. */
export function readStatement(statement: SqlStatement, grammar: SqlGrammar, origin: Origin | undefined): ReadStatement {
  const [first] = statement.tokens;
  const last = statement.tokens.at(-1);
  if (last?.kind === "unfinished") {
    const offset = last.start - (first?.start ?? 0);
    const problem = { message: `a quote without its end: ${last.text.slice(0, 20)}`, offset };
    return { operations: [], unknown: objectsNamedIn(statement, grammar.names), problem };
  }
  if (isHarmless(statement, grammar)) return noEffects;
  try {
    const cursor = new Cursor(statement, grammar.names);
    return readSchemaStatement(cursor, grammar, origin);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    const unknown = objectsNamedIn(statement, grammar.names);
    if (first?.kind === "word" && schemaWords.has(first.value)) return { operations: [], unknown };
    const problem = { message: `no statement begins with "${first?.text.slice(0, 20)}"`, offset: 0 };
    return { operations: [], unknown, problem };
  }
}

/** The reader of a dialect that has this grammar. */
export function readerOf(grammar: SqlGrammar): SqlReader {
  return sqlReader(grammar.script, () => (statement, origin) => readStatement(statement, grammar, origin));
}
