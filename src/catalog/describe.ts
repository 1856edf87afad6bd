import type { Column } from "../schema/columns.js";
import { computedOf, defaultOf, identityOf } from "../schema/columns.js";
import type { Constraint } from "../schema/constraints.js";
import { isSqlText, type SqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { countsUp, isNullableIn, primaryKeyOf } from "../schema/tables.js";
import type { Catalog, CatalogDifferences } from "./catalog.js";
import { describedName, type DescribedObject, type SchemaDescription } from "./description.js";
import type { EnumType } from "../schema/enum-types.js";
import { describeObject, describeOther } from "./describe-objects.js";
import { countingText, given, list, optionText, type Attributes } from "./described-texts.js";
import type { CatalogRules } from "./rules.js";
import { forAllObjects, walkCatalog, walkTable } from "./walk.js";
import { NormalWriter, type NormalForm, type SchemaWriter } from "./normal-form.js";

export function describeColumn(
  column: Column,
  table: Table,
  writer: NormalWriter,
  rules: CatalogRules,
): DescribedObject {
  const identity = identityOf(column);
  const computed = computedOf(column);
  const value = defaultOf(column);
  const forcedByKey =
    rules.keysTakeNull !== true &&
    (primaryKeyOf(table)?.columns.some((name) => nameText(name) === nameText(column.name)) ?? false);
  return {
    kind: "column",
    table: describedName(table.schema, table.name),
    name: nameText(column.name),
    attributes: given({
      type: writer.type(column.type, table),
      NULL: isNullableIn(table, column) && !forcedByKey ? "allowed" : "not allowed",
      default: value === undefined ? undefined : writer.default(value, column.type, column),
      counting: rules.onlyIdentitiesCount !== true && countsUp(table, column) ? "by itself" : undefined,
      identity: identity && `${identity.always ? "always" : "by default"} ${countingText(identity)}`.trim(),
      computed: computed && writer.expression(computed.expression, table),
      storage: writer.storage(computed?.persisted),
      sequence: column.sequence && countingText(column.sequence),
      comment: column.comment,
      options: optionText(writer.options(column.options, "column"), writer),
    }),
  };
}

/** What a clause says, unless it says what holds without it. */
function unusual(text: string | undefined, usual: string): string | undefined {
  const upper = text?.toUpperCase();
  return upper === usual ? undefined : upper;
}

function constraintAttributes(constraint: Constraint, table: Table, writer: NormalWriter): Attributes {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return { columns: list(constraint.columns) };
    case "foreignKey": {
      const { columns, referredSchema, referredTable, referredColumns, onDelete, onUpdate, match } = constraint;
      return {
        columns: list(columns),
        target: `${describedName(referredSchema, referredTable)} (${list(referredColumns)})`,
        "ON DELETE": writer.action(onDelete),
        "ON UPDATE": writer.action(onUpdate),
        MATCH: unusual(match, "SIMPLE"),
      };
    }
    case "check":
      return { condition: writer.condition(constraint.condition, table) };
    case "exclude":
      return {
        elements: constraint.elements
          .map(({ expression, operator }) => `${keyText(expression, table, writer)} WITH ${operator}`)
          .join(", "),
        method: constraint.using ?? "gist",
        condition: constraint.where && writer.condition(constraint.where, table),
      };
  }
}

function keyText(key: Name | SqlText, table: Table, writer: NormalWriter): string {
  return isSqlText(key) ? writer.key(key, table) : nameText(key);
}

const constraintWords: Readonly<Record<Constraint["kind"], string>> = {
  primaryKey: "PRIMARY KEY",
  unique: "UNIQUE",
  foreignKey: "FOREIGN KEY",
  check: "CHECK",
  exclude: "EXCLUDE",
};

export function describeConstraint(constraint: Constraint, table: Table, writer: NormalWriter): DescribedObject {
  const { name, impliedName, deferrable, initially } = constraint;
  const attributes = given({
    kind: constraintWords[constraint.kind],
    ...constraintAttributes(constraint, table, writer),
    deferrable: deferrable === true ? "yes" : undefined,
    initially: unusual(initially, "IMMEDIATE"),
    options: optionText(writer.options(constraint.options, "constraint"), writer, table),
  });
  const { kind = "", columns, condition, elements } = attributes;
  const known = name === undefined ? impliedName : nameText(name);
  return {
    kind: "constraint",
    table: describedName(table.schema, table.name),
    name: known ?? `${kind} (${columns ?? condition ?? elements ?? ""})`,
    attributes,
  };
}

export function describeIndex(index: Index, table: Table, writer: NormalWriter): DescribedObject {
  const { concurrently: _how, ...options } = writer.options(index.options, "index");
  const columns = index.columns.map((item) => keyText(item, table, writer)).join(", ");
  return {
    kind: "index",
    table: describedName(table.schema, table.name),
    name: index.name === undefined ? `(${columns})` : nameText(index.name),
    attributes: given({ columns, unique: index.unique ? "yes" : "no", options: optionText(options, writer, table) }),
  };
}

/** A table without its parts. */
function describeTableAlone(table: Table, writer: NormalWriter): DescribedObject {
  return {
    kind: "table",
    name: describedName(table.schema, table.name),
    attributes: given({
      comment: table.comment,
      prefixes: table.prefixes.join(" "),
      options: optionText(writer.options(table.options, "table"), writer),
    }),
  };
}

/** A table with everything that belongs to it. */
function describeTable(table: Table, writer: NormalWriter, rules: CatalogRules): readonly DescribedObject[] {
  const parts = walkTable<readonly DescribedObject[]>(table, {
    column: (column) => (column.system ? [] : [describeColumn(column, table, writer, rules)]),
    constraint: (constraint) =>
      writer.isWritten(constraint, table) ? [describeConstraint(constraint, table, writer)] : [],
    index: (index) => [describeIndex(index, table, writer)],
  });
  return [describeTableAlone(table, writer), ...parts.flat()];
}

function describeEnum({ schema, name, values }: EnumType): DescribedObject {
  return { kind: "enum", name: describedName(schema, name), attributes: { values: values.join(", ") } };
}

/**
 * What a catalog holds, as texts that can be compared with those of another catalog on the same dialect: everything, or
 * what has the given keys.
 *
 * @param form the form in which texts are compared: word by word unless said otherwise
 */
export function describeCatalog(
  catalog: Catalog,
  written: SchemaWriter,
  only?: CatalogDifferences,
  form?: NormalForm,
): SchemaDescription {
  const { rules } = catalog;
  const writer = new NormalWriter(written, form, rules.canonicalType);
  const settled = (table: Table): Table => form?.table?.(table, catalog) ?? table;
  return walkCatalog<readonly DescribedObject[]>(
    catalog,
    {
      table: (table) => describeTable(settled(table), writer, rules),
      enum: (type) => [describeEnum(type)],
      other: (object) => [describeOther(object)],
      ...forAllObjects((object) => [describeObject(object, writer)]),
    },
    only,
  ).flat();
}
