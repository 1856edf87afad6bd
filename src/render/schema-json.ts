import type { Catalog } from "../catalog/catalog.js";
import { forAllObjects, walkCatalog, walkTable } from "../catalog/walk.js";
import { catalogFreeContext, type CompileSettings } from "../compiler/compile.js";
import type { StatementAccount } from "../compiler/statement-account.js";
import type { RenderContext } from "../compiler/render-context.js";
import { computedOf, defaultOf, identityOf, type Column } from "../schema/columns.js";
import type { Constraint, ConstraintKind } from "../schema/constraints.js";
import { accountsJson } from "./accounts.js";
import { isSqlText, type SqlText } from "../schema/expressions.js";
import type { Index } from "../schema/indexes.js";
import { nameText, type Name } from "../schema/names.js";
import { objectJson, otherJson } from "./object-json.js";
import { countsUp, isNullableIn, type Table } from "../schema/tables.js";

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
    autoincrement: countsUp(table, column),
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
  const columns: object[] = [];
  const constraints: Record<ConstraintKind, object[]> = {
    primaryKey: [],
    foreignKey: [],
    unique: [],
    check: [],
    exclude: [],
  };
  const indexes: object[] = [];
  walkTable(table, {
    column: (column) => columns.push(columnJson(column, table, context)),
    constraint: (constraint) =>
      context.isWritten(constraint, table) && constraints[constraint.kind].push(constraintJson(constraint, context)),
    index: (index) => indexes.push(indexJson(index, context)),
  });
  return {
    schema: textOf(table.schema),
    name: nameText(table.name),
    comment: table.comment ?? null,
    columns,
    primaryKey: constraints.primaryKey[0] ?? null,
    foreignKeys: constraints.foreignKey,
    uniqueConstraints: constraints.unique,
    checkConstraints: constraints.check,
    excludeConstraints: constraints.exclude,
    indexes,
    ...optionsOf(table, context),
  };
}

/**
 * The schema as plain data: tables, enum types and other objects sorted by name, everything in them in its own order.
 * Types, defaults and conditions are texts of the dialect. At its end stands what became of each statement of SQL text.
 */
export function schemaJson(
  catalog: Catalog,
  revisions: readonly string[],
  settings: CompileSettings,
  accounts: readonly StatementAccount[] = [],
): object {
  const { dialect, version = dialect.defaultVersion } = settings;
  const context = catalogFreeContext(settings);
  const tables: object[] = [];
  const enums: object[] = [];
  const objects: object[] = [];
  const others: object[] = [];
  walkCatalog(catalog, {
    table: (table) => tables.push(tableJson(table, context)),
    enum: ({ schema, name, values }) =>
      dialect.features.enumTypes === true && enums.push({ schema: textOf(schema), name: nameText(name), values }),
    other: (object) => others.push(otherJson(object)),
    ...forAllObjects((object) => objects.push(objectJson(object, context))),
  });
  return {
    dialect: dialect.name,
    targetVersion: version,
    revisions,
    tables,
    enums,
    objects,
    others,
    unknown: catalog.unknown.keys().map((object) => {
      const unknown = catalog.unknown.get(object);
      const { origin } = unknown ?? {};
      return { object, sql: unknown?.sql ?? "", file: origin?.file ?? null, line: origin?.line ?? null };
    }),
    statements: accountsJson(accounts),
  };
}
