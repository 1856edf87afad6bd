import type { Column } from "../schema/columns.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { enumType } from "../schema/types/generic.js";
import { isType, SqlType } from "../schema/types/type.js";
import type { Catalog } from "./catalog.js";
import { spelledConstraint, spelledIndex } from "./spelling.js";

/** A type that is known by its text alone may be the enum type of that name. */
export function settledType(catalog: Catalog, type: SqlType): SqlType {
  if (isType(type, "array")) {
    const item = settledType(catalog, type.parameters.item);
    return item === type.parameters.item ? type : new SqlType("array", { ...type.parameters, item });
  }
  if (!isType(type, "raw")) return type;
  const found = catalog.enums.get(type.parameters.text.replaceAll('"', ""));
  if (found === undefined) return type;
  const { name, schema, values } = found;
  return enumType(values, { name, ...(schema !== undefined && { schema: nameText(schema) }), createType: false });
}

function withType(catalog: Catalog, column: Column): Column {
  const type = settledType(catalog, column.type);
  return type === column.type ? column : { ...column, type };
}

/** A table of SQL text in the terms of the catalog before it. */
export function settledTable(catalog: Catalog, table: Table, whole: Table): Table {
  return {
    ...table,
    columns: table.columns.map((column) => withType(catalog, column)),
    constraints: table.constraints.map((constraint) => spelledConstraint(catalog, constraint, whole)),
    indexes: table.indexes.map((index) => spelledIndex(index, whole)),
  };
}
