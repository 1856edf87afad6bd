import { catalogKey, type Catalog } from "../catalog/catalog.js";
import { catalogFreeContext, type CompileSettings } from "../compiler/compile.js";
import type { RenderContext } from "../compiler/render-context.js";
import { computedOf, defaultOf, identityOf, type Column } from "../schema/columns.js";
import type { Constraint, ConstraintKind } from "../schema/constraints.js";
import { isSqlText, type SqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import { nameText, type Name } from "../schema/names.js";
import { autoincrementColumn, isNullableIn, type Table } from "../schema/tables.js";

function names(list: readonly Name[]): readonly string[] {
  return list.map(nameText);
}

function textOf(name: Name | undefined): string | null {
  return name === undefined ? null : nameText(name);
}

/** Option groups with SQL as text. */
function optionsOf(item: { readonly options: Table["options"] }, context: RenderContext): object {
  const entries = Object.entries(context.options(item.options)).filter(([, value]) => value !== undefined);
  const plain = entries.map(([name, value]): [string, unknown] => [
    name,
    isSqlText(value) ? context.sql(value) : value,
  ]);
  return plain.length === 0
    ? {}
    : { options: Object.fromEntries(plain.sort(([one], [other]) => (one < other ? -1 : 1))) };
}

/** What was said, without what was not; numbers that JSON cannot hold become text. */
function said(values: Readonly<Record<string, unknown>>): object {
  const entries = Object.entries(values).filter(([name, value]) => name !== "kind" && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === "bigint" ? String(value) : value]));
}

function columnJson(column: Column, table: Table, context: RenderContext): object {
  const value = defaultOf(column);
  const identity = identityOf(column);
  const computed = computedOf(column);
  return {
    name: nameText(column.name),
    type: context.type(column.type),
    nullable: isNullableIn(table, column),
    default: value === undefined ? null : isSqlText(value) ? context.sql(value) : context.literal(value),
    autoincrement: autoincrementColumn(table) === column,
    ...(identity && { identity: said({ ...identity }) }),
    ...(computed && {
      computed: { expression: context.sql(computed.expression), persisted: computed.persisted ?? null },
    }),
    comment: column.comment ?? null,
    ...optionsOf(column, context),
  };
}

function itemText(item: Name | SqlText, context: RenderContext): string {
  return context.columnOrExpression(item);
}

function constraintJson(constraint: Constraint, context: RenderContext): object {
  const { name, impliedName, deferrable, initially } = constraint;
  const common = {
    name: name === undefined ? (impliedName ?? null) : nameText(name),
    ...(name === undefined && impliedName !== undefined && { isNamedByServer: true }),
  };
  const rest = { ...said({ deferrable, initially }), ...optionsOf(constraint, context) };
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return { ...common, columns: names(constraint.columns), ...rest };
    case "foreignKey": {
      const { columns, referredSchema, referredTable, referredColumns, onDelete, onUpdate, match } = constraint;
      const target = {
        schema: textOf(referredSchema),
        table: nameText(referredTable),
        columns: names(referredColumns),
      };
      return {
        ...common,
        columns: names(columns),
        references: target,
        ...said({ onDelete, onUpdate, match }),
        ...rest,
      };
    }
    case "check":
      return { ...common, condition: context.sql(constraint.condition), ...rest };
    case "exclude": {
      const elements = constraint.elements.map(({ expression, operator }) => ({
        expression: itemText(expression, context),
        operator,
      }));
      const where = constraint.where === undefined ? undefined : context.sql(constraint.where);
      return { ...common, elements, ...said({ using: constraint.using, where }), ...rest };
    }
  }
}

function indexJson(index: Index, context: RenderContext): object {
  return {
    name: textOf(index.name),
    columns: index.columns.map((column) =>
      isSqlText(column) ? { expression: context.sql(column) } : nameText(column),
    ),
    unique: index.unique,
    ...optionsOf(index, context),
  };
}

function tableJson(table: Table, context: RenderContext): object {
  const constraints = [...table.constraints, ...table.columns.flatMap(({ checks }) => checks)].filter((constraint) =>
    context.isWritten(constraint, table),
  );
  const ofKind = (kind: ConstraintKind): readonly object[] =>
    constraints
      .filter((constraint) => constraint.kind === kind)
      .map((constraint) => constraintJson(constraint, context));
  return {
    schema: textOf(table.schema),
    name: nameText(table.name),
    comment: table.comment ?? null,
    columns: table.columns.map((column) => columnJson(column, table, context)),
    primaryKey: ofKind("primaryKey")[0] ?? null,
    foreignKeys: ofKind("foreignKey"),
    uniqueConstraints: ofKind("unique"),
    checkConstraints: ofKind("check"),
    excludeConstraints: ofKind("exclude"),
    indexes: table.indexes.map((index) => indexJson(index, context)),
    ...optionsOf(table, context),
  };
}

/**
 * The schema as plain data: tables, enum types and other objects sorted by name, everything in them in its own order.
 * Types, defaults and conditions are texts of the dialect.
 */
export function schemaJson(catalog: Catalog, revisions: readonly string[], settings: CompileSettings): object {
  const { dialect, version = dialect.defaultVersion } = settings;
  const context = catalogFreeContext(settings);
  const enums = dialect.features.enumTypes === true ? catalog.enums.values() : [];
  return {
    dialect: dialect.name,
    targetVersion: version,
    revisions,
    tables: catalog.tables.values().map((table) => tableJson(table, context)),
    enums: enums.map(({ schema, name, values }) => ({ schema: textOf(schema), name: nameText(name), values })),
    objects: catalog.objects.values().map(({ kind, schema, name, tableName, definition }) => ({
      kind,
      schema: textOf(schema),
      name: nameText(name),
      ...(tableName !== undefined && { table: catalogKey(schema, tableName) }),
      ...(definition !== undefined && { definition }),
    })),
    unknown: catalog.unknown.keys().map((object) => {
      const unknown = catalog.unknown.get(object);
      const { origin } = unknown ?? {};
      return { object, sql: unknown?.sql ?? "", file: origin?.file ?? null, line: origin?.line ?? null };
    }),
  };
}
