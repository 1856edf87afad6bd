import type { Origin } from "../../../src/errors.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { SqlEffects } from "../../../src/operations/execute.js";
import type { OperationNode } from "../../../src/operations/index.js";
import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import { alterTable } from "./alter-table.js";
import { createTable } from "./create-table.js";
import { Cursor, NotUnderstood } from "./cursor.js";
import type { SqlGrammar, Understood } from "./grammar.js";
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

/** Words that begin a statement which changes objects, or may. */
export const changingWords: ReadonlySet<string> = new Set(["CREATE", "ALTER", "DROP", "EXEC", "EXECUTE", "CALL"]);

/** Whether a statement changes no object; when it may, all of it is read. */
function isHarmless(statement: SqlStatement, grammar: SqlGrammar): boolean {
  const words = statement.tokens.filter(({ kind }) => kind === "word").map(({ value }) => value);
  const [first = ""] = words;
  const beginsTransaction = first === "BEGIN" && words.length <= 2;
  if (!harmlessWords.has(first) && grammar.harmlessWords?.has(first) !== true && !beginsTransaction) return false;
  return grammar.isHarmless?.(words) ?? true;
}

function renameTables(cursor: Cursor, origin: Origin | undefined): Understood {
  cursor.acceptOneOf("TABLE", "TABLES");
  const operations: OperationNode[] = [];
  const changes: CatalogChange[] = [];
  const parts = cursor.commaSeparated();
  for (const part of parts) {
    const ifExists = part.ifExists();
    const from = part.qualifiedName();
    part.expect("TO");
    const to = part.qualifiedName();
    part.expectEnd();
    if (ifExists && parts.length > 1) throw new NotUnderstood("several tables that may be missing");
    if (from.schema !== to.schema) changes.push({ change: "moveTable", from, to });
    else operations.push({ kind: "renameTable", from: from.name, to: to.name, schema: from.schema, origin });
    if (ifExists) return { operations, changes, onlyIf: from };
  }
  if (changes.length > 0 && operations.length > 0) throw new NotUnderstood("tables that move and others that do not");
  return { operations, changes };
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

/** Kinds of objects that the replayed schema does not keep, and that no table is made of. */
const notKept: readonly (readonly string[])[] = [
  ...["USER", "ROLE", "LOGIN", "STATISTICS", "CREDENTIAL", "CERTIFICATE", "TABLESPACE", "SERVER", "AUTHORIZATION"],
  ...["APPLICATION ROLE", "FULLTEXT CATALOG", "FULLTEXT STOPLIST", "PARTITION FUNCTION", "PARTITION SCHEME"],
  ...["SECURITY POLICY", "RESOURCE GROUP", "LOGFILE GROUP"],
].map((words) => words.split(" "));

/** Whether a statement is about what no table is made of. */
function isNotKept(cursor: Cursor, grammar: SqlGrammar): boolean {
  const verb = cursor.word() ?? "";
  if (!["CREATE", "ALTER", "DROP"].includes(verb)) return false;
  const others = cursor.tokens.slice(1).filter(({ kind, value }) => kind === "word" && changingWords.has(value));
  if (grammar.semicolonsAreOptional === true && others.length > 0) return false;
  if (notKept.some((words) => cursor.isAt(verb, ...words))) return true;
  if (verb === "ALTER" && (cursor.isAt(verb, "DATABASE") || cursor.isAt(verb, "SCHEMA"))) {
    // the defaults of objects to come
    return grammar.databasesAreSchemas === true || cursor.isAt(verb, "DATABASE");
  }
  return grammar.notKept?.some((words) => cursor.isAt(...words)) === true;
}

/** `DROP SCHEMA`, with all that is in it. */
function dropSchema(cursor: Cursor, origin: Origin | undefined): readonly OperationNode[] {
  const ifExists = cursor.ifExists();
  const name = cursor.name();
  cursor.expectEnd();
  return [{ kind: "dropSchema", name, ifExists, cascade: true, origin }];
}

function readSchemaStatement(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): SqlEffects {
  const understood = (what: readonly OperationNode[] | Understood): SqlEffects =>
    "operations" in what ? { ...what, unknown: [] } : { operations: what, unknown: [] };
  const own = grammar.statements?.[cursor.word() ?? ""];
  if (own !== undefined) {
    cursor.next();
    return understood(own(cursor, origin));
  }
  if (isNotKept(cursor, grammar)) return noEffects;
  if (grammar.alterSchema !== undefined && cursor.accept("ALTER", "SCHEMA"))
    return understood(grammar.alterSchema(cursor));
  const dropsSchema =
    cursor.isAt("DROP", "SCHEMA") || (grammar.databasesAreSchemas === true && cursor.isAt("DROP", "DATABASE"));
  if (dropsSchema) {
    cursor.next();
    cursor.next();
    return understood(dropSchema(cursor, origin));
  }
  if (cursor.accept("ALTER", "TABLE")) return understood(alterTable(cursor, grammar, origin));
  if (cursor.accept("CREATE", "OR", "REPLACE", "TABLE")) return understood(replaceTable(cursor, grammar, origin));
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

function createTables(
  cursor: Cursor,
  grammar: SqlGrammar,
  origin: Origin | undefined,
): readonly OperationNode[] | Understood {
  if (grammar.isServersTable?.(cursor.peek()?.text ?? "") === true) return [];
  return tableLike(cursor, grammar) ?? [createTable(cursor, grammar, origin)];
}

/** `CREATE TABLE a LIKE b`, also with parentheses; undefined when the table has columns of its own. */
function tableLike(written: Cursor, grammar: SqlGrammar): Understood | undefined {
  if (grammar.tableLike === undefined) return undefined;
  const cursor = new Cursor(written.statement, written.rules, written.tokens.slice(written.place));
  const ifNotExists = cursor.ifNotExists();
  const target = cursor.qualifiedName();
  const inner = cursor.isAt("(", "LIKE") ? cursor.parenthesized() : cursor;
  if (!inner.accept("LIKE")) return undefined;
  const source = inner.qualifiedName();
  inner.expectEnd();
  cursor.expectEnd();
  return { operations: [], changes: [grammar.tableLike(target, source, ifNotExists)] };
}

/** MariaDB drops a table that is there. */
function replaceTable(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): Understood {
  const like = tableLike(cursor, grammar);
  if (like !== undefined) throw new NotUnderstood("a table in the place of another, made like a third");
  const made = createTable(cursor, grammar, origin);
  const { name: tableName, schema } = made.table;
  return { operations: [{ kind: "dropTable", tableName, schema, ifExists: true, origin }, made] };
}

/** What one statement does, as far as it is understood. */
function readStatement(statement: SqlStatement, grammar: SqlGrammar, origin: Origin | undefined): ReadStatement {
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
