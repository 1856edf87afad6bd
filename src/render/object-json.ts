import { catalogKey } from "../catalog/catalog-key.js";
import { describeObject } from "../catalog/describe-objects.js";
import { NormalWriter, type NormalForm } from "../catalog/normal-form.js";
import type { RenderContext } from "../compiler/render-context.js";
import { nameText, type Name } from "../schema/names.js";
import { isObjectText } from "../schema/object-text.js";
import type { OtherObject } from "../schema/other-objects.js";
import { definitionOf, tableNameOf, type SchemaObject } from "../schema/schema-objects.js";

/** Texts as they are. */
const asWritten: NormalForm = {
  type: (text) => text,
  expression: (text) => text,
  key: (text) => text,
  default: (text) => text,
  definition: (text) => text,
};

function named(schema: Name | undefined, name: Name, tableName: Name | undefined): object {
  return {
    schema: schema === undefined ? null : nameText(schema),
    name: nameText(name),
    ...(tableName !== undefined && { table: catalogKey(schema, tableName) }),
  };
}

/** The SQL text of an object of which nothing else is known. */
function statementsOf(object: SchemaObject): readonly string[] {
  const contents =
    object.kind === "function" || object.kind === "procedure"
      ? object.overloads.map(({ content }) => content)
      : object.kind === "partition"
        ? []
        : [object.content];
  return contents.flatMap((content: object) => (isObjectText(content) ? content.statements : []));
}

/** An object beside tables and enum types: its definition, and what else is known of it, or its SQL text. */
export function objectJson(object: SchemaObject, context: RenderContext): object {
  const { kind, schema, name } = object;
  const definition = definitionOf(object);
  const { definition: _normal, ...attributes } = describeObject(
    object,
    new NormalWriter(context, asWritten),
  ).attributes;
  const sql = statementsOf(object);
  return {
    kind,
    ...named(schema, name, tableNameOf(object)),
    ...(definition !== undefined && { definition }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(sql.length > 0 && { sql }),
  };
}

/** What is known by its text alone. */
export function otherJson({ class: kind, schema, name, tableName, content }: OtherObject): object {
  return { class: kind, ...named(schema, name, tableName), sql: content.statements };
}
