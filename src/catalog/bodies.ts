import { sql, textOfSql, type SqlText } from "../schema/expressions.js";
import { sameName, nameText } from "../schema/names.js";
import { isObjectText, type ObjectText } from "../schema/object-text.js";
import type { Functions, Procedures } from "../schema/routines.js";
import { definitionOf, isOfKind, type SchemaObject } from "../schema/schema-objects.js";
import type { Trigger } from "../schema/triggers.js";
import type { MaterializedView, View } from "../schema/views.js";
import { BodyReferences, type BodyKind, type TableName } from "./body-references.js";
import { tokensOf } from "./body-tokens.js";
import { parametersIn } from "./body-variables.js";
import type { Catalog } from "./catalog.js";
import type { DependentRules, Fates } from "./dependent-rules.js";

/** What has a body that names tables and columns. */
export type WithBody = View | MaterializedView | Trigger | Functions | Procedures;

/** Whether an object has a body that may name tables and columns. */
export function hasBody(object: SchemaObject): object is WithBody {
  return (["view", "materializedView", "trigger", "function", "procedure"] as const).some((kind) =>
    isOfKind(object, kind),
  );
}

/** A text of an object in which tables and columns are named, and what the server does when these change. */
export interface Body {
  readonly text: SqlText;
  readonly fates: Fates;
  readonly kind: BodyKind;
  /** The trigger for whose table a function is run. */
  readonly through?: Trigger | undefined;
}

/** The table of a trigger. */
export function ownTable(object: SchemaObject): TableName | undefined {
  return object.kind === "trigger" ? { schema: object.schema, name: object.tableName } : undefined;
}

const texts = new WeakMap<ObjectText, SqlText>();

/** The definition of an object of which only text is known; the same value each time, so that it is read once. */
function definitionIn(content: ObjectText): SqlText | undefined {
  if (content.definition === undefined) return undefined;
  const text = texts.get(content) ?? sql.raw(content.definition);
  texts.set(content, text);
  return text;
}

function triggerBodies(trigger: Trigger, rules: DependentRules): readonly Body[] {
  const { content } = trigger;
  const own = { own: ownTable(trigger), withIsRecursive: rules.withIsRecursive };
  const body = isObjectText(content) ? definitionIn(content) : content.body;
  const when = isObjectText(content) ? undefined : content.when;
  const parameters = rules.triggerVariablesGoFirst === true ? [] : undefined;
  return [
    ...(when === undefined ? [] : [{ text: when, fates: rules.trigger, kind: own }]),
    ...(body === undefined
      ? []
      : [{ text: body, fates: rules.triggerBody ?? rules.trigger, kind: { ...own, starIsOfUse: true, parameters } }]),
  ];
}

/** The only trigger that runs a function, whose table NEW and OLD in it are rows of. */
function triggerOf(routine: Functions | Procedures, catalog: Catalog): Trigger | undefined {
  if (routine.kind === "procedure") return undefined;
  const name = nameText(routine.name).replace(/\W/g, "\\$&");
  const call = new RegExp(`^\\s*execute\\s+(?:function|procedure)\\s+(?:[^\\s(]+\\.)?"?${name}"?\\s*\\(`, "i");
  const [only, ...others] = catalog.objects
    .values()
    .filter((object) => isOfKind(object, "trigger"))
    .filter((trigger) => call.test(definitionOf(trigger) ?? ""));
  return others.length === 0 ? only : undefined;
}

function routineBodies(routine: Functions | Procedures, catalog: Catalog, rules: DependentRules): readonly Body[] {
  return routine.overloads.flatMap(({ signature, content }): readonly Body[] => {
    const text = isObjectText(content) ? definitionIn(content) : content.body;
    if (text === undefined) return [];
    const { language } = content;
    const attributes = isObjectText(content) || content.attributes === undefined ? undefined : content.attributes;
    const how = rules.routine?.({
      body: textOfSql(text).trim(),
      language,
      attributes: attributes && textOfSql(attributes),
    });
    if (how === undefined) return [];
    const { fates, starIsOfUse, variablesGoFirst } = how;
    const results = "returns" in content && "parts" in content.returns ? columnsOfResult(content.returns) : [];
    const parameters = variablesGoFirst ? [...parametersIn(tokensOf(sql.raw(signature))), ...results] : undefined;
    const through = rules.triggerBody === undefined ? undefined : triggerOf(routine, catalog);
    const own = through && ownTable(through);
    return [{ text, fates, kind: { withIsRecursive: rules.withIsRecursive, own, starIsOfUse, parameters }, through }];
  });
}

/** The columns of `TABLE (a int, b text)`, which are variables of the function. */
function columnsOfResult(returns: SqlText): readonly string[] {
  const inner = /^\s*table\s*\(([\s\S]*)\)\s*$/i.exec(textOfSql(returns))?.[1];
  return inner === undefined ? [] : parametersIn(tokensOf(sql.raw(inner)));
}

/** The texts of an object in which tables and columns are named. */
export function bodiesOf(object: WithBody, catalog: Catalog, rules: DependentRules): readonly Body[] {
  switch (object.kind) {
    case "trigger":
      return triggerBodies(object, rules);
    case "function":
    case "procedure":
      return routineBodies(object, catalog, rules);
    default: {
      const { content } = object;
      const text = isObjectText(content) ? definitionIn(content) : content.definition;
      const kind = { withIsRecursive: rules.withIsRecursive, starIsOfUse: rules.viewStarIsOfUse };
      const said = isObjectText(content)
        ? { options: undefined, statement: content.statements[0] }
        : { options: content.options, statement: undefined };
      const fates = rules.viewThatSays?.(said) ?? rules.view;
      return text === undefined ? [] : [{ text, fates, kind }];
    }
  }
}

const known = new WeakMap<SqlText, BodyReferences>();

/** What a text names; it is read once. */
export function referencesIn(text: SqlText, kind: BodyKind): BodyReferences {
  const found = known.get(text);
  const isSame =
    found !== undefined &&
    sameName(found.kind.own?.name, kind.own?.name) &&
    sameName(found.kind.own?.schema, kind.own?.schema);
  if (isSame) return found;
  const references = new BodyReferences(text, kind);
  known.set(text, references);
  return references;
}
