import type { Origin } from "../../../src/errors.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import { createTable } from "../../shared/reader/create-table.js";
import { NotUnderstood, type Cursor, type QualifiedName } from "../../shared/reader/cursor.js";
import { ignoring, type SqlGrammar, type TableOptions, type Understood } from "../../shared/reader/grammar.js";
import { indexParts } from "../../shared/reader/indexes.js";
import { otherObjectAt } from "../../shared/reader/other-objects.js";
import { alterColumn } from "../../shared/reader/nodes.js";
import { createObject, dropObjects } from "../../shared/reader/objects.js";
import { alterTable } from "./alter.js";
import { noType } from "./types.js";

/** How a table or an index is stored: of no interest here, but TABLESPACE and COMPRESS can be said by authors too. */
const storageFlags = ["LOGGING", "NOLOGGING", "CACHE", "NOCACHE", "MONITORING", "NOMONITORING", "NOCOMPRESS", "ONLINE"];
const storageNumbers = ["PCTFREE", "PCTUSED", "INITRANS", "MAXTRANS"];

function passStorage(cursor: Cursor): boolean {
  if (cursor.acceptOneOf(...storageFlags, "NOPARALLEL") !== undefined) return true;
  if (cursor.acceptOneOf(...storageNumbers) !== undefined) cursor.next();
  else if (cursor.accept("PARALLEL")) {
    if (cursor.peek()?.kind === "number") cursor.next();
  } else if (cursor.accept("STORAGE")) cursor.parenthesized();
  else if (cursor.accept("SEGMENT", "CREATION")) cursor.next();
  else if (!cursor.accept("ENABLE", "ROW", "MOVEMENT") && !cursor.accept("DISABLE", "ROW", "MOVEMENT")) return false;
  return true;
}

/** What stands behind the columns of a table. */
export function readTableOptions(cursor: Cursor): TableOptions {
  const said: Record<string, string | boolean> = {};
  while (!cursor.isAtEnd) {
    if (passStorage(cursor)) continue;
    if (cursor.accept("TABLESPACE")) said["tablespace"] = cursor.name();
    else if (cursor.accept("COMPRESS")) said["compress"] = true;
    else throw new NotUnderstood(`the option ${cursor.peek()?.text}`);
  }
  return { options: Object.keys(said).length === 0 ? {} : { oracle: said } };
}

function createIndex(cursor: Cursor, origin: Origin | undefined): Understood {
  const unique = cursor.accept("UNIQUE");
  const bitmap = cursor.accept("BITMAP");
  cursor.expect("INDEX");
  const ifNotExists = cursor.ifNotExists();
  const { name } = cursor.qualifiedName();
  cursor.expect("ON");
  const { schema, name: tableName } = cursor.qualifiedName();
  const { columns } = indexParts(cursor);
  let compress: number | boolean | undefined;
  while (!cursor.isAtEnd) {
    if (passStorage(cursor) || cursor.accept("COMPUTE", "STATISTICS") || cursor.accept("VISIBLE")) continue;
    if (cursor.accept("TABLESPACE")) cursor.name();
    else {
      cursor.expect("COMPRESS");
      compress = cursor.peek()?.kind === "number" ? Number(cursor.next().text) : true;
    }
  }
  const said = { ...(bitmap && { bitmap }), ...(compress !== undefined && { compress }) };
  const options = Object.keys(said).length === 0 ? {} : { oracle: said };
  const index = { kind: "index", name, columns, unique, options } as const;
  return { operations: [{ kind: "createIndex", tableName, schema, index, ifNotExists, origin }] };
}

/** `RENAME a TO b`, which may be about a table, a view or a sequence. */
function renameObject(cursor: Cursor): CatalogChange {
  const from = cursor.qualifiedName();
  cursor.expect("TO");
  const { name: to } = cursor.qualifiedName();
  cursor.expectEnd();
  return { change: "renameAny", from, to, orConstraint: false };
}

function dropTable(cursor: Cursor, origin: Origin | undefined): Understood {
  const ifExists = cursor.ifExists();
  const table = cursor.qualifiedName();
  const cascades = cursor.accept("CASCADE", "CONSTRAINTS");
  cursor.accept("PURGE");
  cursor.expectEnd();
  const { schema, name: tableName } = table;
  return {
    operations: [{ kind: "dropTable", tableName, schema, ifExists, origin }],
    ...(cascades && { changes: [{ change: "dropReferences" as const, table }] }),
  };
}

function dropIndex(cursor: Cursor, origin: Origin | undefined): Understood {
  const ifExists = cursor.ifExists();
  const { schema, name: indexName } = cursor.qualifiedName();
  cursor.accept("ONLINE");
  cursor.accept("FORCE");
  cursor.expectEnd();
  return {
    operations: [{ kind: "dropIndex", indexName, tableName: undefined, schema, ifExists, options: {}, origin }],
  };
}

/** A view takes the words of a table. */
function drop(cursor: Cursor, origin: Origin | undefined): Understood {
  if (cursor.accept("TABLE")) return dropTable(cursor, origin);
  if (cursor.accept("INDEX")) return dropIndex(cursor, origin);
  if (cursor.acceptOneOf("USER", "TABLESPACE") !== undefined) throw new NotUnderstood("all that is in it");
  const rule = ignoredKindAt(cursor);
  if (rule !== undefined) return ignoring(rule);
  return { operations: [], objects: dropObjects(cursor) };
}

/** Names of three parts are not read as those of a table and its column. */
function columnName(cursor: Cursor): { readonly table: QualifiedName; readonly column: string } {
  const parts = [cursor.name()];
  while (cursor.accept(".")) parts.push(cursor.name());
  const [column = "", name = "", schema] = parts.reverse();
  return { table: { schema, name }, column };
}

function comment(cursor: Cursor, origin: Origin | undefined): Understood {
  cursor.expect("ON");
  const kind = cursor.acceptOneOf("TABLE", "COLUMN");
  if (kind === undefined) return ignoring("other object");
  const target = kind === "COLUMN" ? columnName(cursor) : { table: cursor.qualifiedName(), column: undefined };
  cursor.expect("IS");
  const token = cursor.next();
  cursor.expectEnd();
  if (token.kind !== "string") throw new NotUnderstood("a comment that is no string");
  const text = token.value === "" ? undefined : token.value;
  const { schema, name: tableName } = target.table;
  if (target.column !== undefined) {
    return { operations: [alterColumn(target.table, target.column, { comment: text ?? null }, origin)] };
  }
  return {
    operations: [{ kind: "tableComment", tableName, schema, comment: text, existingComment: undefined, origin }],
  };
}

/** Kinds of objects of which ALTER changes nothing that is kept, as long as it gives no other name. */
const alteredWithoutEffect: Readonly<Record<string, IgnoringRule>> = {
  SESSION: "session",
  SYSTEM: "server",
  USER: "roles",
  ROLE: "roles",
  PROFILE: "roles",
  TRIGGER: "constraint state",
  VIEW: "maintenance",
  FUNCTION: "maintenance",
  PROCEDURE: "maintenance",
  PACKAGE: "maintenance",
};

/** What belongs to the server and not to a schema. */
const ignoredKinds: Readonly<Record<string, IgnoringRule>> = {
  USER: "roles",
  ROLE: "roles",
  PROFILE: "roles",
  TABLESPACE: "server",
  DIRECTORY: "server",
  CONTEXT: "server",
};

function ignoredKindAt(cursor: Cursor): IgnoringRule | undefined {
  return ignoredKinds[cursor.word() ?? ""];
}

function alter(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): Understood {
  if (cursor.accept("TABLE")) return alterTable(cursor, grammar, origin);
  const words = cursor.tokens.map(({ value }) => value);
  if (words.includes("CURRENT_SCHEMA")) throw new NotUnderstood("names that mean another schema from here on");
  if (cursor.accept("INDEX")) {
    const { schema, name: from } = cursor.qualifiedName();
    if (!cursor.accept("RENAME", "TO")) return ignoring("storage");
    return { operations: [{ kind: "renameIndex", from, to: cursor.name(), tableName: undefined, schema, origin }] };
  }
  const rule = alteredWithoutEffect[cursor.word() ?? ""];
  if (rule === undefined || words.includes("RENAME")) throw new NotUnderstood(`ALTER ${cursor.peek()?.text}`);
  return ignoring(rule);
}

function create(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): Understood {
  if (cursor.accept("TABLE")) {
    const made = createTable(cursor, grammar, origin);
    if (made.table.columns.some(({ type }) => type === noType)) throw new NotUnderstood("a column without a type");
    return { operations: [made] };
  }
  if (["INDEX", "UNIQUE", "BITMAP"].includes(cursor.word() ?? "")) return createIndex(cursor, origin);
  const rule = ignoredKindAt(cursor);
  if (rule !== undefined) return ignoring(rule);
  return { operations: [], objects: [createObject(cursor)] };
}

/**
 * What one statement of DDL does.
 *
 * @throws NotUnderstood when it may change objects in a way that is not known here
 */
export function readStatement(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): Understood {
  const other = otherObjectAt(cursor);
  if (other !== undefined) return other;
  if (cursor.accept("CREATE")) return create(cursor, grammar, origin);
  if (cursor.accept("ALTER")) return alter(cursor, grammar, origin);
  if (cursor.accept("DROP")) return drop(cursor, origin);
  if (cursor.accept("COMMENT")) return comment(cursor, origin);
  cursor.expect("RENAME");
  return { operations: [], changes: [renameObject(cursor)] };
}
