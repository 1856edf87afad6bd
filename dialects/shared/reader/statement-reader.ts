import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { Origin } from "../../../src/errors.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { SqlEffects } from "../../../src/operations/execute.js";
import type { OperationNode } from "../../../src/operations/index.js";
import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import { alterTable } from "./alter-table.js";
import { createTable } from "./create-table.js";
import { Cursor, NotUnderstood } from "./cursor.js";
import { ignoring, type SqlGrammar, type Understood } from "./grammar.js";
import { ignoredWords } from "./ignored-words.js";
import { createIndex, dropIndexes } from "./indexes.js";
import { objectsNamedIn } from "./named-objects.js";
import { createObject, dropObjects, redefineObject } from "./objects.js";
import { otherObjectAt, VirtualTables } from "./other-objects.js";
import type { ReadStatement } from "./reader.js";
import { noEffects, sqlReader } from "./reader.js";
import type { SqlStatement } from "./statements.js";

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

/** The rule by which a statement is ignored that changes no object; when it may change one, all of it is read. */
function ignoringRuleOf(statement: SqlStatement, grammar: SqlGrammar): IgnoringRule | undefined {
  const words = statement.tokens.filter(({ kind }) => kind === "word").map(({ value }) => value);
  const [first = ""] = words;
  const beginsTransaction = first === "BEGIN" && words.length <= 2;
  const rule = beginsTransaction ? "transaction" : (grammar.ignoredWords?.get(first) ?? ignoredWords.get(first));
  return rule !== undefined && (grammar.isHarmless?.(words) ?? true) ? rule : undefined;
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

/** Kinds of objects that no table is made of, and by which rule they are ignored. */
const ignoredKinds: readonly (readonly [words: readonly string[], rule: IgnoringRule])[] = [
  [["USER"], "roles"],
  [["ROLE"], "roles"],
  [["LOGIN"], "roles"],
  [["CREDENTIAL"], "roles"],
  [["CERTIFICATE"], "roles"],
  [["AUTHORIZATION"], "roles"],
  [["APPLICATION", "ROLE"], "roles"],
  [["SERVER"], "connections"],
  [["TABLESPACE"], "server"],
  [["RESOURCE", "GROUP"], "server"],
  [["LOGFILE", "GROUP"], "server"],
];

/** The rule by which a statement is ignored that is about what no table is made of. */
function ignoredKindAt(cursor: Cursor, grammar: SqlGrammar): IgnoringRule | undefined {
  const verb = cursor.word() ?? "";
  if (!["CREATE", "ALTER", "DROP"].includes(verb)) return undefined;
  const [words = [], rule] = ignoredKinds.find(([kind]) => cursor.isAt(verb, ...kind)) ?? [];
  // ALTER needs an action behind the name, and DROP there is one: ALTER ROLE r DROP MEMBER m
  const action = verb === "ALTER" ? words.length + 2 : undefined;
  const others = cursor.tokens.filter(
    ({ kind, value }, place) => place > 0 && place !== action && kind === "word" && changingWords.has(value),
  );
  if (grammar.semicolonsAreOptional === true && others.length > 0) return undefined;
  if (rule !== undefined) return rule;
  if (verb === "ALTER" && (cursor.isAt(verb, "DATABASE") || cursor.isAt(verb, "SCHEMA"))) {
    // the defaults of objects to come
    return grammar.databasesAreSchemas === true || cursor.isAt(verb, "DATABASE") ? "server" : undefined;
  }
  return grammar.ignoredStatements?.find(([words]) => cursor.isAt(...words))?.[1];
}

/** `DROP SCHEMA`, with all that is in it. */
function dropSchema(cursor: Cursor, origin: Origin | undefined): readonly OperationNode[] {
  const ifExists = cursor.ifExists();
  const name = cursor.name();
  cursor.expectEnd();
  return [{ kind: "dropSchema", name, ifExists, cascade: true, origin }];
}

function readSchemaStatement(
  cursor: Cursor,
  grammar: SqlGrammar,
  origin: Origin | undefined,
  virtualTables: VirtualTables,
): SqlEffects {
  const understood = (what: readonly OperationNode[] | Understood): SqlEffects =>
    "operations" in what ? { ...what, unknown: [] } : { operations: what, unknown: [] };
  const own = grammar.statements?.[cursor.word() ?? ""];
  if (own !== undefined) {
    cursor.next();
    return understood(own(cursor, origin));
  }
  if (cursor.accept("CREATE", "VIRTUAL", "TABLE")) return understood(virtualTables.create(cursor));
  const others = cursor.tokens.slice(1).filter(({ kind, value }) => kind === "word" && changingWords.has(value));
  const other = grammar.semicolonsAreOptional === true && others.length > 0 ? undefined : otherObjectAt(cursor);
  if (other !== undefined) return understood(other);
  const rule = ignoredKindAt(cursor, grammar);
  if (rule !== undefined) return understood(ignoring(rule));
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
  if (cursor.accept("CREATE", "TABLE")) return understood(createTables(cursor, grammar, origin, virtualTables));
  if (cursor.accept("DROP", "TABLE")) return understood(dropTables(cursor, origin));
  if (cursor.accept("DROP", "INDEX")) return understood(dropIndexes(cursor, grammar, origin));
  if (cursor.accept("RENAME")) return understood(renameTables(cursor, origin));
  if (cursor.accept("DROP")) return { ...noEffects, objects: dropObjects(cursor) };
  if (cursor.accept("ALTER")) {
    return { ...noEffects, objects: [redefineObject(cursor, grammar.redefinedByAlter ?? [])] };
  }
  cursor.expect("CREATE");
  if (indexWords.has(cursor.word() ?? "")) return understood([createIndex(cursor, grammar, origin)]);
  return { ...noEffects, objects: [createObject(cursor)] };
}

const indexWords = new Set(["INDEX", "UNIQUE", "FULLTEXT", "SPATIAL", "CLUSTERED", "NONCLUSTERED"]);

function createTables(
  cursor: Cursor,
  grammar: SqlGrammar,
  origin: Origin | undefined,
  virtualTables: VirtualTables,
): readonly OperationNode[] | Understood {
  const named = cursor.copy();
  named.ifNotExists();
  if (virtualTables.isShadow(named.peek()?.value ?? "")) return ignoring("shadow of a virtual table");
  if (grammar.isServersTable?.(cursor.peek()?.text ?? "") === true) return ignoring("own table of the server");
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
function readStatement(
  statement: SqlStatement,
  grammar: SqlGrammar,
  origin: Origin | undefined,
  virtualTables: VirtualTables,
): ReadStatement {
  const [first] = statement.tokens;
  const last = statement.tokens.at(-1);
  if (last?.kind === "unfinished") {
    const offset = last.start - (first?.start ?? 0);
    const problem = { message: `a quote without its end: ${last.text.slice(0, 20)}`, offset };
    return { operations: [], unknown: objectsNamedIn(statement, grammar.names), problem };
  }
  const rule = ignoringRuleOf(statement, grammar);
  if (rule !== undefined) return { ...noEffects, ignored: [rule] };
  try {
    const cursor = new Cursor(statement, grammar.names);
    return readSchemaStatement(cursor, grammar, origin, virtualTables);
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
  return sqlReader(grammar.script, () => {
    const virtualTables = new VirtualTables();
    return (statement, origin) => readStatement(statement, grammar, origin, virtualTables);
  });
}
