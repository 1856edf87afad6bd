import { Catalog, catalogKey } from "../catalog/catalog.js";
import { withImpliedNames } from "../catalog/rules.js";
import { forAllObjects, walkCatalog } from "../catalog/walk.js";
import { constraintsOf } from "../schema/tables.js";
import type { OperationNode } from "../operations/index.js";
import type { Constraint } from "../schema/constraints.js";
import type { DialectName, DialectOptions } from "../schema/dialect-names.js";
import type { Index } from "../schema/indexes.js";
import { sql, type SqlText } from "../schema/expressions.js";
import { nameText, type Name } from "../schema/names.js";
import type { ObjectKind, SchemaObject } from "../schema/schema-objects.js";
import { isObjectText } from "../schema/object-text.js";
import { classesOf, type OtherObject, type OtherStage } from "../schema/other-objects.js";
import type { Table } from "../schema/tables.js";
import { compileNodes, type CompileSettings } from "./compile.js";
import { creationOf, creationOfOther } from "./object-creation.js";
import { stateAt, ReplayPoint } from "./replay.js";
import { commentLine, oneLine } from "./script/comments.js";
import { terminated } from "./script/terminated.js";
import { commentText, sessionText, fromStatement, type Fragment } from "./script/text.js";
import type { Statement } from "./statement.js";
import { mentionedName, mentions, orderByMention, type Made } from "./mention-order.js";
import { orderTables } from "./table-order.js";

/** How an index was built is no part of it. */
function withoutConcurrency(index: Index): Index {
  const options = Object.entries(index.options).map(([dialect, group]) => {
    const { concurrently: _how, ...rest } = group;
    return [dialect as DialectName, rest];
  });
  return { ...index, options: Object.fromEntries(options) as DialectOptions };
}

function nameless<C extends Constraint>({ impliedName: _name, ...constraint }: C): C {
  return constraint as C;
}

/**
 * The table with a name for each constraint whose name the server would not give again: one that it gave under an older
 * name of the table or of a column, or that another table has, too.
 */
function withHistoricNames(table: Table, { rules, names }: Catalog): Table {
  const changeAll = (change: <C extends Constraint>(constraint: C) => C): Table => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, type: column.type, checks: column.checks.map(change) })),
    constraints: table.constraints.map(change),
  });
  const isTaken = (name: string): boolean => (names.get(catalogKey(table.schema, name)) ?? 0) > 1;
  const again = constraintsOf(withImpliedNames(changeAll(nameless), rules, isTaken));
  const old = constraintsOf(table);
  return changeAll((constraint) => {
    const { name, impliedName } = constraint;
    if (name !== undefined || impliedName === undefined) return constraint;
    const isGivenAgain = again[old.indexOf(constraint)]?.impliedName === impliedName;
    return isGivenAgain ? nameless(constraint) : { ...nameless(constraint), name: impliedName };
  });
}

function createTable(table: Table, later: readonly Constraint[], catalog: Catalog): OperationNode {
  const named = withHistoricNames(table, catalog);
  const isLater = (constraint: Constraint, position: number): boolean =>
    later.some((key) => key === table.constraints[position] && key.kind === constraint.kind);
  return {
    kind: "createTable",
    origin: undefined,
    ifNotExists: false,
    table: {
      ...named,
      constraints: named.constraints.filter((constraint, position) => !isLater(constraint, position)),
      indexes: named.indexes.map(withoutConcurrency),
    },
  };
}

/** A constraint that nobody has checked yet: inside CREATE TABLE the server takes it for valid. */
function isUnchecked({ options }: Constraint): boolean {
  return options.postgresql?.["notValid"] === true;
}

function addLater({ name: tableName, schema }: Table, constraint: Constraint): OperationNode {
  const { impliedName } = constraint;
  const named =
    constraint.name === undefined && impliedName !== undefined ? { ...constraint, name: impliedName } : constraint;
  return { kind: "addConstraint", origin: undefined, tableName, schema, constraint: named };
}

/** What makes the objects of some kinds anew, in the order of the kinds, then of their names. */
function createObjects(objects: readonly SchemaObject[], kinds: readonly ObjectKind[]): readonly OperationNode[] {
  return kinds
    .flatMap((kind) => orderByMention(objects.filter((object) => object.kind === kind)))
    .flatMap((object) => creationOf(object.kind, object));
}

function isRoutine({ kind }: SchemaObject): boolean {
  return kind === "function" || kind === "procedure";
}

/** A sequence without the column that owns it, whose table may need the sequence first. */
function withoutOwner(object: SchemaObject): SchemaObject {
  if (object.kind !== "sequence" || isObjectText(object.content)) return object;
  return { ...object, content: { ...object.content, ownedBy: undefined } };
}

/** What gives a sequence to the column that owns it. */
function ownership(object: SchemaObject): readonly OperationNode[] {
  if (object.kind !== "sequence" || isObjectText(object.content) || object.content.ownedBy === undefined) return [];
  const { schema, name } = object;
  const { ownedBy } = object.content;
  const quoted = (...names: readonly (Name | undefined)[]): SqlText =>
    sql.identifier(...names.flatMap((one) => (one === undefined ? [] : [nameText(one)])));
  const sequence = { schema: schema === undefined ? undefined : nameText(schema), name: nameText(name) };
  const change = { change: "alterSequence", sequence, options: {}, type: undefined, ownedBy } as const;
  return [
    {
      kind: "execute",
      statement: sql`ALTER SEQUENCE ${quoted(schema, name)} OWNED BY ${quoted(schema, ...ownedBy)}`,
      effects: { operations: [], unknown: [], changes: [change] },
      origin: undefined,
    },
  ];
}

function creationsOf(object: Made): readonly OperationNode[] {
  return object.kind === "other" ? [creationOfOther(object)] : creationOf(object.kind, object);
}

/** What makes objects anew that may need one another. */
function createTogether(objects: readonly Made[]): readonly OperationNode[] {
  return orderByMention(objects).flatMap(creationsOf);
}

/** What makes that is known by its text alone, of one stage, in the order of the classes, then of the names. */
function createOthers(objects: readonly OtherObject[], stage: OtherStage): readonly OperationNode[] {
  return othersOf(objects, stage).flatMap(creationsOf);
}

function othersOf(objects: readonly OtherObject[], stage: OtherStage): readonly OtherObject[] {
  return classesOf(stage).flatMap((name) => objects.filter((object) => object.class === name));
}

/** The operations that make everything that a catalog holds, in an order in which nothing is used before it is there. */
export function schemaOperations(catalog: Catalog, settings: CompileSettings): readonly OperationNode[] {
  const { dialect } = settings;
  const all: Table[] = [];
  const enums: OperationNode[] = [];
  const objects: SchemaObject[] = [];
  const others: OtherObject[] = [];
  walkCatalog(catalog, {
    table: (table) => all.push(table),
    enum: (type) =>
      dialect.features.enumTypes === true && enums.push({ kind: "createEnumType", origin: undefined, ...type }),
    other: (object) => others.push(object),
    ...forAllObjects((object) => objects.push(object)),
  });
  // a partition that was made as one comes with its own statement
  const isMadeAsPartition = ({ schema, name }: Table): boolean =>
    objects.some(
      (object) =>
        object.kind === "partition" &&
        !object.isAttached &&
        catalogKey(object.schema, object.name) === catalogKey(schema, name),
    );
  const tables = all.filter((table) => !isMadeAsPartition(table));
  const { order, later: closing } = orderTables(tables, dialect.features.alterConstraints);
  const laterOf = (table: Table): readonly Constraint[] =>
    table.constraints.filter((one) => isUnchecked(one) || closing.get(table)?.some((key) => key === one) === true);
  // the body of a routine is checked when it is made; a table may need others for its defaults and checks
  const programs: readonly Made[] = [...objects.filter(isRoutine), ...othersOf(others, "programs")];
  const late = new Set(programs.filter((object) => all.some(({ name }) => mentions(object, nameText(name)))));
  // what needs others that need tables needs these, too
  for (let size = -1; size !== late.size && others.length > 0;) {
    size = late.size;
    for (const object of programs.filter((one) => !late.has(one))) {
      if ([...late].some((other) => mentions(object, mentionedName(other)))) late.add(object);
    }
  }
  return [
    ...createObjects(objects, ["schema", "extension"]),
    ...createOthers(others, "first"),
    ...enums,
    ...createTogether([
      ...objects.filter(({ kind }) => kind === "domain"),
      ...objects.filter(({ kind }) => kind === "sequence").map(withoutOwner),
      ...othersOf(others, "types"),
      ...programs.filter((object) => !late.has(object)),
    ]),
    ...order.map((table) => createTable(table, laterOf(table), catalog)),
    ...order.flatMap((table) => laterOf(table).map((constraint) => addLater(table, constraint))),
    ...objects.flatMap((object) => ownership(object)),
    ...createObjects(objects, ["partition"]),
    ...createOthers(others, "tables"),
    ...createTogether(programs.filter((object) => late.has(object))),
    ...createObjects(objects, ["view", "materializedView", "trigger"]),
    ...createOthers(others, "parts"),
    ...createOthers(others, "last"),
  ];
}

/**
 * The statements that make everything that a catalog holds in an empty database.
 *
 * @throws UnsupportedError where the target version has no such thing any more
 */
export function schemaStatements(catalog: Catalog, settings: CompileSettings): readonly Statement[] {
  const empty = Catalog.empty({ rules: settings.dialect.rules, isComplete: true });
  const start = stateAt(ReplayPoint.start(() => empty));
  return compileNodes(schemaOperations(catalog, settings), { ...settings, schemaChecks: false }, start).statements;
}

/** What the replay does not know, in comments that end nothing. */
function remarks(catalog: Catalog): readonly string[] {
  return catalog.unknown.keys().map((key) => {
    const unknown = catalog.unknown.get(key);
    const { file = "", line = 0 } = unknown?.origin ?? {};
    const where = file === "" ? "" : ` (${file}:${line})`;
    return `Not known: what became of ${key === "*" ? "everything" : key} by: ${oneLine(unknown?.sql ?? "")}${where}`;
  });
}

/**
 * The schema as a script for an empty database.
 *
 * @param head sentences for the comment at its beginning
 */
export function schemaScript(
  catalog: Catalog,
  head: readonly string[],
  settings: CompileSettings,
): readonly Fragment[] {
  const { script } = settings.dialect;
  return [
    { text: commentText([...head, ...remarks(catalog)].map(commentLine).join("\n")) },
    ...(script.opening ?? []).map((sql): Fragment => ({ text: sessionText(sql + script.terminator) })),
    ...schemaStatements(catalog, settings).map((statement): Fragment => ({
      text: fromStatement(terminated(statement.sql, script), statement, undefined),
    })),
  ];
}
