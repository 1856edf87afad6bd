import { isSqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import { nameText } from "../schema/names.js";
import type { OtherObject } from "../schema/other-objects.js";
import { isObjectText } from "../schema/object-text.js";
import type { BoundItem, PlainBound, PlainBounds } from "../schema/partitions.js";
import type { FunctionContent, Overload, ProcedureContent } from "../schema/routines.js";
import {
  definitionOf,
  tableNameOf,
  type ObjectKind,
  type ObjectOf,
  type SchemaObject,
} from "../schema/schema-objects.js";
import { isSqlType } from "../schema/types/type.js";
import type { ViewContent } from "../schema/views.js";
import { countingText, given, list, optionText, type Attributes } from "./described-texts.js";
import { describedName, type DescribedObject } from "./description.js";
import type { NormalWriter } from "./normal-form.js";
import { normaliseSql } from "./normalise.js";

function isRow(item: BoundItem): item is readonly PlainBound[] {
  return Array.isArray(item);
}

function boundsText(bounds: PlainBounds, writer: NormalWriter): string {
  const one = (bound: PlainBound): string => (isSqlText(bound) ? writer.expression(bound) : writer.literal(bound));
  // a row of one column is its value
  const value = (item: BoundItem): string => (isRow(item) ? item : [item]).map(one).join(", ");
  const row = (item: BoundItem): string => `(${value(item)})`;
  if (bounds === "default") return bounds;
  if ("in" in bounds) return `in ${bounds.in.map(row).join(", ")}`;
  if ("modulus" in bounds) return `modulus ${bounds.modulus} remainder ${bounds.remainder}`;
  return `${bounds.from === undefined ? "" : `from ${row(bounds.from)} `}to ${row(bounds.to)}`;
}

function viewAttributes({ columns, checkOption, options }: ViewContent, writer: NormalWriter): Attributes {
  return {
    columns: list(columns),
    // WITH CHECK OPTION alone is the cascaded one
    "check option": checkOption === false ? undefined : checkOption === true ? "cascaded" : checkOption,
    options: optionText(writer.options(options), writer),
  };
}

function routineAttributes(
  overloads: readonly Overload<ProcedureContent | FunctionContent>[],
  writer: NormalWriter,
): Attributes {
  const last = overloads.at(-1);
  const all = overloads.flatMap((overload): readonly (readonly [string, string | undefined])[] => {
    const { content, signature } = overload;
    if (isObjectText(content)) return [];
    const prefix = overload === last ? "" : `(${signature}) `;
    const { language, attributes, body } = content;
    const returns = "returns" in content ? content.returns : undefined;
    return [
      [`${prefix}returns`, isSqlType(returns) ? writer.type(returns) : returns && writer.expression(returns)],
      [`${prefix}language`, language?.toLowerCase()],
      [`${prefix}attributes`, attributes && normaliseSql(writer.written.sql(attributes))],
      // that of the last one is its definition
      ...(prefix === "" ? [] : [[`${prefix}body`, writer.definition(writer.written.sql(body))] as const]),
    ];
  });
  return {
    ...Object.fromEntries(all),
    parameters: overloads
      .map(({ signature }) => `(${normaliseSql(signature)})`)
      .sort()
      .join(" "),
  };
}

/** Whether SQL text is all that is known of a routine, or of one of its name. */
function isTextOnly(overloads: readonly Overload<ProcedureContent | FunctionContent>[]): boolean {
  return overloads.some(({ content }) => isObjectText(content));
}

/** What is known of an object besides its definition; undefined where SQL text is all that is known. */
const attributesOf: {
  readonly [K in ObjectKind]: (object: ObjectOf<K>, writer: NormalWriter) => Attributes | undefined;
} = {
  domain({ content }, writer) {
    if (isObjectText(content)) return undefined;
    const { type, nullable, serverDefault, checks, collation } = content;
    return {
      type: writer.type(type),
      NULL: nullable === false ? "not allowed" : "allowed",
      default: serverDefault === undefined ? undefined : writer.default(serverDefault, type),
      checks: checks
        .map(({ name, condition }) => `${name === undefined ? "" : `${nameText(name)} `}${writer.condition(condition)}`)
        .sort()
        .join(", "),
      collation,
    };
  },
  extension({ content }) {
    if (isObjectText(content)) return undefined;
    const { objectsIn, version } = content;
    return { schema: objectsIn && nameText(objectsIn), version };
  },
  function: ({ overloads }, writer) => (isTextOnly(overloads) ? undefined : routineAttributes(overloads, writer)),
  procedure: ({ overloads }, writer) => (isTextOnly(overloads) ? undefined : routineAttributes(overloads, writer)),
  materializedView: ({ content }, writer) => (isObjectText(content) ? undefined : viewAttributes(content, writer)),
  partition: ({ bounds, options }, writer) => ({
    bounds: boundsText(bounds, writer),
    options: optionText(writer.options(options), writer),
  }),
  schema({ content }) {
    if (isObjectText(content)) return undefined;
    return { authorization: content.authorization && nameText(content.authorization) };
  },
  sequence({ content }, writer) {
    if (isObjectText(content)) return undefined;
    const { type, options, ownedBy } = content;
    return {
      type: type && writer.type(type),
      counting: countingText(options),
      "owned by": ownedBy?.join("."),
    };
  },
  trigger({ content }, writer) {
    if (isObjectText(content)) return undefined;
    const { timing, events, updateOf, forEach, when, options } = content;
    return {
      timing,
      events: [...events].sort().join(", "),
      "update of": list(updateOf),
      "for each": forEach,
      when: when && writer.condition(when),
      options: optionText(writer.options(options), writer),
    };
  },
  view: ({ content }, writer) => (isObjectText(content) ? undefined : viewAttributes(content, writer)),
};

function knownOf<K extends ObjectKind>(kind: K, object: ObjectOf<K>, writer: NormalWriter): Attributes | undefined {
  return attributesOf[kind](object, writer);
}

/** What is known by its text alone. */
export function describeOther(object: OtherObject): DescribedObject {
  const { class: kind, schema, name, tableName, content } = object;
  return {
    kind: "other",
    ...(tableName !== undefined && { table: describedName(schema, tableName) }),
    name: `${kind} ${tableName === undefined ? describedName(schema, name) : nameText(name)}`,
    attributes: { definition: normaliseSql(content.statements.join("; ")) },
    isText: true,
  };
}

/** The indexes of a view, whatever their order. */
function viewIndexesText(indexes: readonly Index[], writer: NormalWriter): string {
  return indexes
    .map(({ name, columns, unique, options }) => {
      const keys = columns.map((key) => (isSqlText(key) ? writer.key(key, undefined) : nameText(key)));
      const { concurrently: _how, ...others } = writer.options(options, "index");
      const words = [unique ? "unique" : "", name === undefined ? "" : nameText(name), `(${keys.join(", ")})`];
      return [...words, optionText(others, writer)].filter((word) => word !== "").join(" ");
    })
    .sort()
    .join("; ");
}

/** An object beside tables and enum types. */
export function describeObject(object: SchemaObject, writer: NormalWriter): DescribedObject {
  const { kind, schema, name } = object;
  const tableName = tableNameOf(object);
  const definition = definitionOf(object);
  const known = knownOf(kind, object, writer);
  return {
    kind,
    ...(tableName !== undefined && { table: describedName(schema, tableName) }),
    name: describedName(schema, name),
    attributes: given({
      ...known,
      definition: definition === undefined ? undefined : writer.definition(definition),
      indexes: "indexes" in object ? viewIndexesText(object.indexes ?? [], writer) : undefined,
    }),
    ...(known === undefined && { isText: true }),
  };
}
