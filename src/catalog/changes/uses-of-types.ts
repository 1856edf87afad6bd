import type { Column } from "../../schema/columns.js";
import { isSqlText, sql, textOfSql, type SqlText } from "../../schema/expressions.js";
import { nameText, sameName } from "../../schema/names.js";
import { isOfKind, type SchemaObject } from "../../schema/schema-objects.js";
import type { Table } from "../../schema/tables.js";
import { isType, type SqlType } from "../../schema/types/type.js";
import { tokensOf } from "../body-tokens.js";
import { typesIn } from "../body-variables.js";
import { catalogKey } from "../catalog-key.js";
import type { Catalog } from "../catalog.js";
import { enumTypeOf } from "../enums.js";
import { removeColumn } from "../table-changes.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";
import { withoutBodies } from "./tables.js";

/**
 * What uses a type goes before it, by CASCADE: columns of it with the views on these, checks and defaults that cast to it,
 * and routines that take or give it.
 */
export interface DropUsesOfType extends Change {
  readonly change: "dropUsesOfType";
  readonly type: QualifiedName;
}

function isOfType(type: SqlType, dropped: QualifiedName): boolean {
  if (isType(type, "array")) return isOfType(type.parameters.item, dropped);
  if (isType(type, "raw")) {
    const text = type.parameters.text.replaceAll('"', "").replace(/(?:\[\])+$/, "");
    return text.toLowerCase() === catalogKey(dropped.schema, dropped.name).toLowerCase();
  }
  if (isType(type, "DOMAIN")) {
    return sameName(type.parameters.name, dropped.name) && sameName(type.parameters.schema, dropped.schema);
  }
  const found = enumTypeOf(type);
  return found !== undefined && sameName(found.name, dropped.name) && sameName(found.schema, dropped.schema);
}

/** The columns of a type, each with its table. */
export function columnsOfType(
  catalog: Catalog,
  type: QualifiedName,
): readonly { readonly table: Table; readonly column: Column }[] {
  return catalog.tables
    .values()
    .flatMap((table) => table.columns.map((column) => ({ table, column })))
    .filter(({ column }) => isOfType(column.type, type));
}

/** Whether a text casts to a type: `x::mood`, `CAST (x AS mood)`. */
function casts(text: SqlText, { name }: QualifiedName): boolean {
  const type = name.replace(/\W/g, "\\$&");
  return new RegExp(`(?:::|\\bas)\\s*(?:"?\\w+"?\\.)?"?${type}"?(?![\\w$])`, "i").test(textOfSql(text));
}

function isRoutineOf(object: SchemaObject, { name }: QualifiedName): boolean {
  if (!isOfKind(object, "function") && !isOfKind(object, "procedure")) return false;
  return object.overloads.some(({ signature, content }) => {
    const returns = "returns" in content && isSqlText(content.returns) ? [content.returns] : [];
    return [sql.raw(signature), ...returns].some((text) => typesIn(tokensOf(text)).includes(name.toLowerCase()));
  });
}

/** A table without the checks, defaults and indexes that cast to a type. */
function withoutCasts(table: Table, type: QualifiedName): Table {
  const { columns, constraints, indexes } = table;
  return {
    ...table,
    columns: columns.map((column) => ({
      ...column,
      type: column.type,
      checks: column.checks.filter(({ condition }) => !casts(condition, type)),
      serverDefault:
        isSqlText(column.serverDefault) && casts(column.serverDefault, type) ? undefined : column.serverDefault,
    })),
    constraints: constraints.filter((one) => one.kind !== "check" || !casts(one.condition, type)),
    indexes: indexes.filter((index) => !index.columns.some((item) => isSqlText(item) && casts(item, type))),
  };
}

export const dropUsesOfType: ChangeDefinition<DropUsesOfType> = {
  keys: ({ type }) => [catalogKey(type.schema, type.name)],
  apply(catalog, { type }, because) {
    let result: Catalog = catalog;
    for (const table of catalog.tables.values()) {
      const gone = table.columns.filter((column) => isOfType(column.type, type));
      for (const { name } of gone) result = withoutBodies(result, table, nameText(name), because);
      const rest = gone.reduce((current, { name }) => removeColumn(current, name, catalog.rules), table);
      const kept = withoutCasts(rest, type);
      const isSame =
        gone.length === 0 &&
        kept.constraints.length === table.constraints.length &&
        kept.indexes.length === table.indexes.length &&
        kept.columns.every(
          ({ serverDefault, checks }, at) =>
            serverDefault === table.columns[at]?.serverDefault && checks.length === table.columns[at]?.checks.length,
        );
      if (!isSame) result = result.withTable(kept);
    }
    return result.objects
      .values()
      .filter((object) => isRoutineOf(object, type))
      .reduce((current, routine) => current.without(routine), result);
  },
};
