import type { Constraint, Deferral, ForeignKey } from "../../../src/schema/constraints.js";
import type { DialectOptions } from "../../../src/schema/dialect-names.js";
import type { Index } from "../../../src/schema/indexes.js";
import type { Cursor } from "./cursor.js";
import { expressionText, NotUnderstood } from "./cursor.js";
import type { SqlGrammar } from "./grammar.js";
import { indexParts, indexOptions, indexRest, plainColumns } from "./indexes.js";

/** SQLite's `ON CONFLICT …`. */
export function conflictClause(cursor: Cursor): string | undefined {
  return cursor.accept("ON", "CONFLICT") ? cursor.next().value : undefined;
}

/** When a constraint is checked. */
export function deferral(cursor: Cursor): Deferral {
  const negated = cursor.accept("NOT", "DEFERRABLE");
  const deferrable = cursor.accept("DEFERRABLE") ? true : negated ? false : undefined;
  const initially = cursor.accept("INITIALLY") ? cursor.next().value : undefined;
  return { ...(deferrable !== undefined && { deferrable }), ...(initially !== undefined && { initially }) };
}

const actions = ["CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT", "NO ACTION"];

function action(cursor: Cursor): string | undefined {
  const found = actions.find((words) => cursor.accept(...words.split(" ")));
  if (found === undefined) throw new NotUnderstood("ON without an action");
  return found === "NO ACTION" ? undefined : found;
}

/** A foreign key from behind REFERENCES. NO ACTION is what happens without any clause. */
export function references(cursor: Cursor, columns: readonly string[], name: string | undefined): ForeignKey {
  const { schema, name: table } = cursor.qualifiedName();
  const referredColumns = cursor.isAt("(") ? cursor.names() : [];
  let clauses: Pick<ForeignKey, "onDelete" | "onUpdate" | "match"> = {};
  for (;;) {
    if (cursor.accept("ON", "DELETE")) clauses = { ...clauses, onDelete: action(cursor) };
    else if (cursor.accept("ON", "UPDATE")) clauses = { ...clauses, onUpdate: action(cursor) };
    else if (cursor.accept("MATCH")) clauses = { ...clauses, match: cursor.next().value };
    else break;
  }
  cursor.accept("NOT", "FOR", "REPLICATION");
  return {
    kind: "foreignKey",
    name,
    columns,
    referredSchema: schema,
    referredTable: table,
    referredColumns,
    useAlter: false,
    ...clauses,
    ...deferral(cursor),
    options: {},
  };
}

/** What may follow the condition of a check. A check that is not enforced is not kept apart from one that is. */
export function restOfCheck(cursor: Cursor): void {
  if (!cursor.accept("NOT", "ENFORCED")) cursor.accept("ENFORCED");
  conflictClause(cursor);
}

function uniqueOf(cursor: Cursor, grammar: SqlGrammar, name: string | undefined): Constraint | Index {
  const said = keyOptions(cursor);
  cursor.acceptOneOf("KEY", "INDEX");
  const indexName =
    cursor.isAt("(") || cursor.isAt("USING") ? name : (cursor.accept("IF", "NOT", "EXISTS"), cursor.name());
  const using = cursor.accept("USING") ? cursor.next().value : undefined;
  const parts = indexParts(cursor);
  const columns = plainColumns(parts);
  const rest = indexRest(cursor, grammar);
  const onConflict = conflictClause(cursor);
  const method = using ?? rest.using;
  // a comment and the like are kept of an index, and of a constraint there is none
  if (columns === undefined || method !== undefined || Object.keys(rest).length > 0) {
    const options = indexOptions(grammar, parts, { ...rest, ...(method !== undefined && { using: method }) });
    return { kind: "index", name: indexName ?? name, columns: parts.columns, unique: true, options };
  }
  const options = groupOf(grammar, { ...said, ...(onConflict !== undefined && { onConflict }) });
  return { kind: "unique", name: indexName ?? name, columns, options, ...deferral(cursor) };
}

function keyOptions(cursor: Cursor): Readonly<Record<string, unknown>> {
  const clustered = cursor.acceptOneOf("CLUSTERED", "NONCLUSTERED");
  return clustered === undefined ? {} : { clustered: clustered === "CLUSTERED" };
}

function groupOf(grammar: SqlGrammar, said: Readonly<Record<string, unknown>>): DialectOptions {
  return Object.keys(said).length === 0 ? {} : { [grammar.group]: said };
}

function primaryKeyOf(cursor: Cursor, grammar: SqlGrammar, name: string | undefined): Constraint {
  cursor.expect("KEY");
  const said = keyOptions(cursor);
  if (!cursor.isAt("(") && !cursor.isAt("USING")) cursor.name();
  const before = cursor.accept("USING") ? cursor.next().value : undefined;
  const { names: columns, lengths } = indexParts(cursor);
  if (columns === undefined) throw new NotUnderstood("a primary key over an expression");
  const using = indexRest(cursor, grammar).using ?? before;
  const onConflict = conflictClause(cursor);
  const options = groupOf(grammar, {
    ...said,
    ...(using !== undefined && { using }),
    ...(Object.keys(lengths).length > 0 && { length: lengths }),
    ...(onConflict !== undefined && { onConflict }),
  });
  return {
    kind: "primaryKey",
    name: grammar.primaryKeysAreUnnamed === true ? undefined : name,
    columns,
    options,
    ...deferral(cursor),
  };
}

/** A constraint or an index as it stands among the columns of a table; undefined when a column stands here. */
export function readTableItem(cursor: Cursor, grammar: SqlGrammar): Constraint | Index | undefined {
  const item = itemAt(cursor, grammar);
  if (item !== undefined) grammar.passConstraintState?.(cursor);
  return item;
}

function itemAt(cursor: Cursor, grammar: SqlGrammar): Constraint | Index | undefined {
  const isNamed = cursor.isAt("CONSTRAINT");
  if (!isNamed && !beginsItem(cursor, grammar)) return undefined;
  // MySQL takes CONSTRAINT without a name too
  const name = cursor.accept("CONSTRAINT") && !beginsItem(cursor, grammar) ? cursor.name() : undefined;
  if (cursor.accept("PRIMARY")) return primaryKeyOf(cursor, grammar, name);
  if (cursor.accept("UNIQUE")) return uniqueOf(cursor, grammar, name);
  if (cursor.accept("FOREIGN", "KEY")) {
    const indexName = cursor.isAt("(") ? undefined : cursor.name();
    const columns = cursor.names();
    cursor.expect("REFERENCES");
    return references(cursor, columns, name ?? indexName);
  }
  if (cursor.accept("CHECK")) {
    const place = cursor.place;
    cursor.parenthesized();
    const condition = expressionText(cursor.textFrom(place));
    restOfCheck(cursor);
    return { kind: "check", name, condition, options: {} };
  }
  return indexOf(cursor, grammar);
}

/** Whether the words here begin a constraint or an index, and do not name a column. */
function beginsItem(cursor: Cursor, grammar: SqlGrammar): boolean {
  const word = cursor.word() ?? "";
  if (word === "PRIMARY" || word === "FOREIGN") return cursor.word(1) === "KEY";
  if (word === "CHECK") return cursor.peek(1)?.text === "(";
  if (word === "UNIQUE") return true;
  return grammar.indexWords.has(word);
}

function indexOf(cursor: Cursor, grammar: SqlGrammar): Index {
  const prefix = cursor.acceptOneOf("FULLTEXT", "SPATIAL");
  const isKey = cursor.acceptOneOf("INDEX", "KEY") !== undefined;
  if (!isKey && prefix === undefined) throw new NotUnderstood("CONSTRAINT without one");
  cursor.ifNotExists();
  const name = cursor.isAt("(") || cursor.isAt("USING") ? undefined : cursor.name();
  const using = cursor.accept("USING") ? cursor.next().value : undefined;
  const parts = indexParts(cursor);
  const rest = indexRest(cursor, grammar);
  const said = { ...(using !== undefined && { using }), ...rest, ...(prefix !== undefined && { prefix }) };
  return { kind: "index", name, columns: parts.columns, unique: false, options: indexOptions(grammar, parts, said) };
}
