import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Table } from "../../src/schema/tables.js";
import { addedColumn, alterTable, createTableText, dropTableText, executeText } from "../shared/operations.js";
import { refuseNested } from "../shared/lowering.js";
import { refuseConcurrentSql } from "./concurrently.js";
import { alterColumn } from "./alter-column.js";
import { bulkInsert } from "./bulk-insert.js";
import { createIndex, dropIndex, storageParameters, type StorageParameters } from "./indexes.js";
import { objects } from "./objects.js";

/** What stands behind the parentheses of CREATE TABLE. */
function tableSuffix(table: Table, context: RenderContext): string {
  const options = context.options(table.options);
  const parents = options["inherits"] === undefined ? [] : [options["inherits"] as string | readonly string[]].flat();
  const parameters = options["with"] as StorageParameters | undefined;
  return [
    parents.length > 0 && `INHERITS (${context.names(parents)})`,
    options["partitionBy"] !== undefined && `PARTITION BY ${context.authorsText(options["partitionBy"] as string)}`,
    options["using"] !== undefined && `USING ${context.authorsText(options["using"] as string)}`,
    parameters !== undefined && `WITH (${storageParameters(parameters)})`,
    options["withOids"] !== undefined && (options["withOids"] === true ? "WITH OIDS" : "WITHOUT OIDS"),
    options["onCommit"] !== undefined &&
      `ON COMMIT ${(options["onCommit"] as string).replaceAll("_", " ").toUpperCase()}`,
    options["tablespace"] !== undefined && `TABLESPACE ${context.name(options["tablespace"] as string)}`,
  ]
    .filter(Boolean)
    .map((clause) => `\n ${String(clause)}`)
    .join("");
}

export const operations: Dialect["operations"] = {
  ...refuseNested,
  ...objects,
  addColumn(operation, context) {
    const { schema, name } = operation.addition;
    const exists = operation.ifNotExists ? "IF NOT EXISTS " : "";
    return `${alterTable(context, schema, name)} ADD COLUMN ${exists}${addedColumn(operation, context)}`;
  },
  addConstraint: ({ schema, tableName, constraint }, context) =>
    `${alterTable(context, schema, tableName)} ADD ${context.constraint(constraint)}`,
  alterColumn,
  bulkInsert,
  createEnumType({ name, schema, values }, context) {
    const list = values.map((value) => context.literal(value)).join(", ");
    return `CREATE TYPE ${context.qualified(schema, name)} AS ENUM (${list})`;
  },
  createIndex,
  createTable: (operation, context) => createTableText(operation, context, tableSuffix(operation.table, context)),
  dropColumn: ({ schema, tableName, columnName, ifExists }, context) =>
    `${alterTable(context, schema, tableName)} DROP COLUMN ${ifExists ? "IF EXISTS " : ""}${context.name(columnName)}`,
  dropConstraint({ schema, tableName, constraintName, ifExists }, context) {
    if (constraintName === undefined) {
      throw context.unsupported("A constraint is dropped without a name.", "Name the constraint that is to go.");
    }
    const name = context.constraintName(constraintName);
    return `${alterTable(context, schema, tableName)} DROP CONSTRAINT ${ifExists ? "IF EXISTS " : ""}${name}`;
  },
  dropEnumType: ({ name, schema, ifExists }, context) =>
    `DROP TYPE ${ifExists ? "IF EXISTS " : ""}${context.qualified(schema, name)}`,
  dropIndex,
  dropTable: dropTableText,
  execute: (operation, context) => {
    refuseConcurrentSql(operation, context);
    return executeText(operation, context);
  },
  renameTable: ({ schema, from, to }, context) => `${alterTable(context, schema, from)} RENAME TO ${context.name(to)}`,
  tableComment({ schema, tableName, comment }, context) {
    const text = comment === undefined ? "NULL" : context.literal(comment);
    return `COMMENT ON TABLE ${context.qualified(schema, tableName)} IS ${text}`;
  },
};
