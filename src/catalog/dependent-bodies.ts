import { sql, type SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import { isObjectText, type ObjectText } from "../schema/object-text.js";
import type { SchemaObject } from "../schema/schema-objects.js";
import type { Trigger } from "../schema/triggers.js";
import type { MaterializedView, View } from "../schema/views.js";
import { BodyReferences, type HasColumn, type TableName } from "./body-references.js";
import { catalogKey } from "./catalog-key.js";
import type { Catalog } from "./catalog.js";
import type { ChangeOfSubject, DependentRules } from "./dependent-rules.js";

/** What has a body that names tables and columns. */
type WithBody = View | MaterializedView | Trigger;

function hasBody(object: SchemaObject): object is WithBody {
  return object.kind === "view" || object.kind === "materializedView" || object.kind === "trigger";
}

function textsOf(object: WithBody, { triggerBodiesAreText }: DependentRules): readonly SqlText[] {
  const { content } = object;
  if (isObjectText(content)) {
    if (object.kind === "trigger" && triggerBodiesAreText === true) return [];
    return content.definition === undefined ? [] : [sql.raw(content.definition)];
  }
  if ("definition" in content) return [content.definition];
  const { body, when } = content;
  return [...(triggerBodiesAreText === true ? [] : [body]), ...(when === undefined ? [] : [when])];
}

function ownTable(object: WithBody): TableName | undefined {
  return object.kind === "trigger" ? { schema: object.schema, name: object.tableName } : undefined;
}

const known = new WeakMap<SqlText, BodyReferences>();

function referencesIn(text: SqlText, own: TableName | undefined, rules: DependentRules): BodyReferences {
  const references = known.get(text) ?? new BodyReferences(text, own, rules.withIsRecursive);
  known.set(text, references);
  return references;
}

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

function reads(
  catalog: Catalog,
  object: WithBody,
  table: TableName,
  column: Name | undefined,
  rules: DependentRules,
): boolean {
  const own = ownTable(object);
  if (column === undefined) {
    const texts = textsOf(object, rules).filter((text) => mayName(text, table.name));
    return texts.some((text) => referencesIn(text, own, rules).readsTable(table));
  }
  const { content } = object;
  if (isTable(table, own) && "updateOf" in content && content.updateOf.some((name) => sameName(name, column))) {
    return true;
  }
  const texts = textsOf(object, rules).filter((text) => mayName(text, column));
  const hasColumn = hasColumnIn(catalog);
  return texts.some((text) => referencesIn(text, own, rules).readsColumn(table, column, hasColumn));
}

/** The name by which an object is told apart from others: its kind and its key. */
export function objectName({ kind, schema, name }: Pick<SchemaObject, "kind" | "schema" | "name">): string {
  return `${kind} ${catalogKey(schema, name)}`;
}

/** The name by which a table is told apart from other objects. */
export function tableTitle({ schema, name }: TableName): string {
  return `table ${catalogKey(schema, name)}`;
}

/** The views and triggers that stand in the way of a change of a table or column, or break by it. */
export function dependentBodies(
  catalog: Catalog,
  change: ChangeOfSubject,
  table: TableName,
  column?: Name,
): readonly { readonly object: SchemaObject; readonly fate: "refuses" | "breaks" }[] {
  const rules = catalog.rules.dependents;
  if (rules === undefined) return [];
  return catalog.objects.values().flatMap((object) => {
    if (!hasBody(object)) return [];
    const fate = rules[object.kind === "trigger" ? "trigger" : "view"][change];
    if (fate === "follows" || fate === "keeps") return [];
    const goesAlong = change === "dropTable" && isTable(table, ownTable(object));
    if (goesAlong || catalog.unknownBecauseOf(object.schema, object.name) !== undefined) return [];
    return reads(catalog, object, table, column, rules) ? [{ object, fate }] : [];
  });
}

/** The views and triggers whose bodies name a column of a table. */
export function bodiesWithColumn(catalog: Catalog, table: TableName, column: Name): readonly SchemaObject[] {
  const rules = catalog.rules.dependents;
  if (rules === undefined) return [];
  return catalog.objects.values().filter((object) => hasBody(object) && reads(catalog, object, table, column, rules));
}

/** SQL text as a string, with the names that were put in in quotes. */
function written(text: SqlText): string {
  return text.parts
    .map((part) => {
      if (typeof part === "string") return part;
      return part.part === "identifier"
        ? part.names.map((name) => `"${nameText(name).replaceAll('"', '""')}"`).join(".")
        : "";
    })
    .join("");
}

type Rewriting = (references: BodyReferences) => SqlText;

function rewrittenText(
  text: ObjectText,
  references: (text: SqlText) => BodyReferences,
  rewrite: Rewriting,
): ObjectText {
  const rewritten = (part: string): string => written(rewrite(references(sql.raw(part))));
  const { statements, definition } = text;
  return {
    statements: statements.map(rewritten),
    definition: definition === undefined ? undefined : rewritten(definition),
  };
}

/** An object with other names in its texts. */
function rewritten(object: WithBody, rules: DependentRules, rewrite: Rewriting): WithBody {
  const own = ownTable(object);
  const references = (text: SqlText): BodyReferences => referencesIn(text, own, rules);
  const change = (text: SqlText): SqlText => rewrite(references(text));
  if (object.kind === "trigger") {
    const { content } = object;
    if (isObjectText(content)) return { ...object, content: rewrittenText(content, references, rewrite) };
    const when = content.when === undefined ? undefined : change(content.when);
    return { ...object, content: { ...content, body: change(content.body), when } };
  }
  const { content } = object;
  if (isObjectText(content)) return { ...object, content: rewrittenText(content, references, rewrite) };
  return { ...object, content: { ...content, definition: change(content.definition) } };
}

function withFollowing(
  catalog: Catalog,
  isMeant: (object: WithBody, rules: DependentRules) => boolean,
  rewrite: (object: WithBody, rules: DependentRules) => WithBody,
): Catalog {
  const rules = catalog.rules.dependents;
  if (rules === undefined) return catalog;
  let result = catalog;
  for (const object of catalog.objects.values()) {
    if (!hasBody(object)) continue;
    if (rules[object.kind === "trigger" ? "trigger" : "view"].rename !== "follows") continue;
    if (isMeant(object, rules)) result = result.withObject(rewrite(object, rules));
  }
  return result;
}

/** The catalog with the new name of a table in the bodies that name it, where the server carries it there. */
export function followTableInBodies(catalog: Catalog, table: TableName, to: Name): Catalog {
  return withFollowing(
    catalog,
    (object, rules) => reads(catalog, object, table, undefined, rules),
    (object, rules) => rewritten(object, rules, (references) => references.withTable(table, to)),
  );
}

/** The catalog with the new name of a column in the bodies that name it, where the server carries it there. */
export function followColumnInBodies(catalog: Catalog, table: TableName, from: Name, to: Name): Catalog {
  const hasColumn = hasColumnIn(catalog);
  const renamed = (object: WithBody, rules: DependentRules): WithBody => {
    const keepsResults = rules.resultsKeepNames === true;
    const changed = rewritten(object, rules, (body) => body.withColumn(table, from, to, keepsResults, hasColumn));
    if (changed.kind !== "trigger" || isObjectText(changed.content)) return changed;
    if (!isTable(table, ownTable(changed))) return changed;
    const updateOf = changed.content.updateOf.map((name) => (sameName(name, from) ? to : name));
    return { ...changed, content: { ...changed.content, updateOf } };
  };
  return withFollowing(catalog, (object, rules) => reads(catalog, object, table, from, rules), renamed);
}
