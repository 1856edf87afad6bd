import { isSqlText, sql, textOfSql, type SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import { isObjectText, type ObjectText } from "../schema/object-text.js";
import type { Overload, ProcedureContent } from "../schema/routines.js";
import type { SchemaObject } from "../schema/schema-objects.js";
import type { Trigger } from "../schema/triggers.js";
import { bodiesOf, hasBody, ownTable, referencesIn, type Body, type WithBody } from "./bodies.js";
import type { BodyKind, BodyReferences, HasColumn, TableName } from "./body-references.js";
import { tokensOf } from "./body-tokens.js";
import { typesIn } from "./body-variables.js";
import { catalogKey } from "./catalog-key.js";
import type { Catalog } from "./catalog.js";
import type { ChangeOfSubject } from "./dependent-rules.js";
import { writtenText } from "./written-text.js";

/** Whether a text has a name in it at all: most have not, and need no closer look. */
function mayName(text: SqlText, name: Name): boolean {
  const wanted = nameText(name).toLowerCase();
  return text.parts.some((part) => {
    if (typeof part === "string") return part.toLowerCase().includes(wanted) || part.includes("*");
    return part.part === "identifier" && part.names.some((other) => nameText(other).toLowerCase() === wanted);
  });
}

function isTable(table: TableName, other: TableName | undefined): boolean {
  return other !== undefined && sameName(table.name, other.name) && sameName(table.schema, other.schema);
}

/** Whether the replay knows that a table, as a body names it, has a column. */
function hasColumnIn(catalog: Catalog): HasColumn {
  return (names, column) => {
    const [name = "", schema] = names.toReversed();
    const table = catalog.table(schema, name) ?? catalog.table(undefined, name);
    if (table === undefined || catalog.unknownBecauseOf(table.schema, table.name) !== undefined) return undefined;
    return table.columns.some((own) => nameText(own.name).toLowerCase() === column.toLowerCase());
  };
}

/** Whether a text of an object names a table, or a column of it. */
function namesIn(catalog: Catalog, { text, kind }: Body, table: TableName, column: Name | undefined): boolean {
  if (column === undefined) return mayName(text, table.name) && referencesIn(text, kind).readsTable(table);
  return mayName(text, column) && referencesIn(text, kind).readsColumn(table, column, hasColumnIn(catalog));
}

function isUpdateOf(object: WithBody, table: TableName, column: Name | undefined): boolean {
  if (object.kind !== "trigger" || column === undefined || !isTable(table, ownTable(object))) return false;
  return "updateOf" in object.content && object.content.updateOf.some((name) => sameName(name, column));
}

/** Whether a parameter or the result of a routine is of the rows of a table. */
function isOfRows(object: WithBody, { name }: TableName): boolean {
  if (object.kind !== "function" && object.kind !== "procedure") return false;
  return object.overloads.some(({ signature, content }) => {
    const returns = "returns" in content && isSqlText(content.returns) ? [content.returns] : [];
    return [sql.raw(signature), ...returns].some((text) => {
      return mayName(text, name) && typesIn(tokensOf(text)).some((type) => type === nameText(name).toLowerCase());
    });
  });
}

/** The name by which an object is told apart from others: its kind and its key. */
export function objectName({ kind, schema, name }: Pick<SchemaObject, "kind" | "schema" | "name">): string {
  return `${kind} ${catalogKey(schema, name)}`;
}

/** The name by which a table is told apart from other objects. */
export function tableTitle({ schema, name }: TableName): string {
  return `table ${catalogKey(schema, name)}`;
}

/** The name by which a column is told apart from other objects. */
export function columnTitle(table: TableName, column: Name): string {
  return `column ${catalogKey(table.schema, table.name)}.${nameText(column)}`;
}

/** What depends on a table or column, and what becomes of it. */
export interface DependentBody {
  readonly object: SchemaObject;
  readonly fate: "refuses" | "breaks";
  /** The trigger without which it does not depend on it. */
  readonly through?: Trigger | undefined;
}

/** The views, triggers and routines that stand in the way of a change of a table or column, or break by it. */
export function dependentBodies(
  catalog: Catalog,
  change: ChangeOfSubject,
  table: TableName,
  column?: Name,
): readonly DependentBody[] {
  const rules = catalog.rules.dependents;
  if (rules === undefined) return [];
  return catalog.objects.values().flatMap((object): readonly DependentBody[] => {
    if (!hasBody(object) || catalog.unknownBecauseOf(object.schema, object.name) !== undefined) return [];
    if (change === "dropTable" && isTable(table, ownTable(object))) return [];
    const own = isUpdateOf(object, table, column) ? [{ fate: rules.trigger[change], through: undefined }] : [];
    const ofRows = rules.rowsAreTypes === true && change === "dropTable" && isOfRows(object, table);
    const found = [
      ...own,
      ...(ofRows ? [{ fate: "refuses" as const, through: undefined }] : []),
      ...bodiesOf(object, catalog, rules)
        .filter(({ fates }) => fates[change] === "refuses" || fates[change] === "breaks")
        .filter((body) => namesIn(catalog, body, table, column))
        .map(({ fates, through }) => ({ fate: fates[change], through })),
    ];
    const worst = found.find(({ fate }) => fate === "refuses") ?? found.find(({ fate }) => fate === "breaks");
    if (worst?.fate !== "refuses" && worst?.fate !== "breaks") return [];
    return [{ object, fate: worst.fate, through: worst.through }];
  });
}

/** The views, triggers and routines whose bodies name a column of a table. */
export function bodiesWithColumn(catalog: Catalog, table: TableName, column: Name): readonly SchemaObject[] {
  const rules = catalog.rules.dependents;
  if (rules === undefined) return [];
  return catalog.objects.values().filter((object) => {
    if (!hasBody(object)) return false;
    if (isUpdateOf(object, table, column)) return true;
    return bodiesOf(object, catalog, rules).some((body) => namesIn(catalog, body, table, column));
  });
}

type Rewriting = (references: BodyReferences) => SqlText;

function rewrittenText(text: ObjectText, kind: BodyKind, rewrite: Rewriting): ObjectText {
  const change = (part: string): string => writtenText(rewrite(referencesIn(sql.raw(part), kind)));
  const { statements, definition } = text;
  return {
    ...text,
    statements: statements.map(change),
    definition: definition === undefined ? undefined : change(definition),
  };
}

/** An object with other names in those of its texts into which the server carries them. */
function rewritten<O extends WithBody>(object: O, bodies: readonly Body[], rewrite: Rewriting): WithBody {
  const own: WithBody = object;
  const change = (text: SqlText): SqlText => {
    const meant = bodies.find((body) => body.text === text);
    return meant === undefined ? text : rewrite(referencesIn(text, meant.kind));
  };
  const kind = bodies[0]?.kind ?? {};
  switch (own.kind) {
    case "trigger": {
      const { content } = own;
      if (isObjectText(content)) return { ...own, content: rewrittenText(content, kind, rewrite) };
      const when = content.when === undefined ? undefined : change(content.when);
      return { ...own, content: { ...content, body: change(content.body), when } };
    }
    case "function":
      return { ...own, overloads: own.overloads.map((overload) => withContent(overload, bodies, change, rewrite)) };
    case "procedure":
      return { ...own, overloads: own.overloads.map((overload) => withContent(overload, bodies, change, rewrite)) };
    default: {
      const { content } = own;
      if (isObjectText(content)) return { ...own, content: rewrittenText(content, kind, rewrite) };
      return { ...own, content: { ...content, definition: change(content.definition) } };
    }
  }
}

function withContent<C extends ProcedureContent>(
  overload: Overload<C>,
  bodies: readonly Body[],
  change: (text: SqlText) => SqlText,
  rewrite: Rewriting,
): Overload<C> {
  const { content } = overload;
  if (!isObjectText(content)) return { ...overload, content: { ...content, body: change(content.body) } };
  const meant = bodies.find(({ text }) => textOfSql(text) === content.definition);
  return meant === undefined ? overload : { ...overload, content: rewrittenText(content, meant.kind, rewrite) };
}

/** The catalog with new names in the bodies that name something, as far as the server carries them there. */
function withFollowing(
  catalog: Catalog,
  table: TableName,
  column: Name | undefined,
  rewrite: Rewriting,
  further: (object: WithBody) => WithBody = (object) => object,
): Catalog {
  const rules = catalog.rules.dependents;
  if (rules === undefined) return catalog;
  let result = catalog;
  for (const object of catalog.objects.values()) {
    if (!hasBody(object)) continue;
    const bodies = bodiesOf(object, catalog, rules).filter(({ fates }) => fates.rename === "follows");
    const meant = bodies.filter((body) => namesIn(catalog, body, table, column));
    if (meant.length > 0) result = result.withObject(further(rewritten(object, meant, rewrite)));
    else if (further(object) !== object) result = result.withObject(further(object));
  }
  return result;
}

/** The catalog with the new name or schema of a table in the bodies that name it, where the server carries it there. */
export function followTableInBodies(catalog: Catalog, table: TableName, to: TableName): Catalog {
  return withFollowing(catalog, table, undefined, (references) => references.withTable(table, to));
}

/** The catalog with the new name of a column in the bodies that name it, where the server carries it there. */
export function followColumnInBodies(catalog: Catalog, table: TableName, from: Name, to: Name): Catalog {
  const hasColumn = hasColumnIn(catalog);
  const { resultsKeepNames, trigger } = catalog.rules.dependents ?? {};
  const withUpdateOf = (object: WithBody): WithBody => {
    if (trigger?.rename !== "follows" || !isUpdateOf(object, table, from) || object.kind !== "trigger") return object;
    if (isObjectText(object.content)) return object;
    const updateOf = object.content.updateOf.map((name) => (sameName(name, from) ? to : name));
    return { ...object, content: { ...object.content, updateOf } };
  };
  return withFollowing(
    catalog,
    table,
    from,
    (references) => references.withColumn(table, from, to, resultsKeepNames === true, hasColumn),
    withUpdateOf,
  );
}
