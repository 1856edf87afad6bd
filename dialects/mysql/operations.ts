import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import { plainString } from "./literals.js";
import type { AddColumn } from "../../src/operations/add-column.js";
import type { BulkInsert } from "../../src/operations/bulk-insert.js";
import type { ConstraintType, DropConstraint } from "../../src/operations/drop-constraint.js";
import { kindOfType } from "../../src/operations/drop-constraint.js";
import { nameText, sameName } from "../../src/schema/names.js";
import { insertStatements } from "../shared/inserts.js";
import { refuseNested } from "../shared/lowering.js";
import { addedColumn, alterTable, createTableText, dropTableText, executeText } from "../shared/operations.js";
import { alterColumn } from "./alter-column.js";
import { isAutoincrement } from "./columns.js";
import { acceptableForeignKey } from "./constraints.js";
import { need } from "./features.js";
import { createIndex, dropIndex, indexesInside, indexItem } from "./indexes.js";
import { objects } from "./objects.js";
import { tableOptions } from "./table-options.js";

/** A column that counts has to be a key from the start. */
function refuseKeylessCounter({ addition, inlinePrimaryKey }: AddColumn, context: RenderContext): void {
  const [column] = addition.columns;
  if (column === undefined || inlinePrimaryKey || !isAutoincrement(column, addition)) return;
  const problem = `Column "${nameText(column.name)}" gets AUTO_INCREMENT, which the server takes only on a key.`;
  const remedy = "Write inlinePrimaryKey: true, or autoincrement: false on the column.";
  context.refuseUnlessOnTrust(problem, remedy);
}

/** VALUE is no reserved word, but behind INSERT INTO it begins the list of values: a table of that name needs quotes. */
function insertRows(operation: BulkInsert, context: RenderContext): readonly string[] {
  const { table } = operation;
  if (!/^values?$/i.test(nameText(table.name))) return insertStatements(operation, context);
  const name = { text: nameText(table.name), quote: true };
  return insertStatements({ ...operation, table: { ...table, name } }, context);
}

function addColumn(operation: AddColumn, context: RenderContext): string {
  const { addition, ifNotExists } = operation;
  if (ifNotExists) need("existenceTests", "ADD COLUMN IF NOT EXISTS", "Leave ifNotExists out.", context);
  refuseKeylessCounter(operation, context);
  const constraints = addition.constraints.map((constraint) =>
    constraint.kind === "foreignKey" ? acceptableForeignKey(constraint, context) : constraint,
  );
  const text = addedColumn({ ...operation, addition: { ...addition, constraints } }, context);
  const exists = ifNotExists ? "IF NOT EXISTS " : "";
  return `${alterTable(context, addition.schema, addition.name)} ADD COLUMN ${exists}${text}`;
}

const typeOfKind = Object.fromEntries(Object.entries(kindOfType).map(([type, kind]) => [kind, type])) as Readonly<
  Record<string, ConstraintType | undefined>
>;

/** The type of a constraint that is dropped: as the author says, else as replayed. */
function constraintType(operation: DropConstraint, context: RenderContext): ConstraintType {
  const { type, schema, tableName, constraintName } = operation;
  if (type !== undefined) return type;
  const table = context.before.table(schema, tableName);
  const all = [...(table?.constraints ?? []), ...(table?.columns.flatMap(({ checks }) => checks) ?? [])];
  const known = all.find(({ name }) => name !== undefined && sameName(name, constraintName));
  const found = known === undefined ? undefined : typeOfKind[known.kind];
  if (found !== undefined) return found;
  throw context.unsupported(
    `The type of a constraint of table "${nameText(tableName)}" is not known, and each is dropped by a statement of its own.`,
    'Say it: { type: "foreignkey" | "primary" | "unique" | "check" }.',
  );
}

/** DROP CONSTRAINT, by the words of each type; `check` is where MySQL and MariaDB differ. */
export function dropConstraintWith(check: "CHECK" | "CONSTRAINT"): Dialect["operations"]["dropConstraint"] {
  const words = { foreignkey: "FOREIGN KEY", unique: "INDEX", check };
  return (operation, context) => {
    const { schema, tableName, constraintName, ifExists } = operation;
    const type = constraintType(operation, context);
    const drop = `${alterTable(context, schema, tableName)} DROP`;
    if (ifExists) need("existenceTests", "DROP CONSTRAINT IF EXISTS", "Leave ifExists out.", context);
    if (type === "primary") {
      if (!ifExists) return `${drop} PRIMARY KEY`;
      throw context.unsupported("DROP PRIMARY KEY takes no IF EXISTS.", "Leave ifExists out.");
    }
    if (type === "check") need("checks", "CHECK constraints to drop", "Leave the call out.", context);
    if (constraintName === undefined) {
      throw context.unsupported("A constraint is dropped without a name.", "Name the constraint that is to go.");
    }
    return `${drop} ${words[type]} ${ifExists ? "IF EXISTS " : ""}${context.constraintName(constraintName)}`;
  };
}

function noEnumTypes(context: RenderContext): never {
  throw context.unsupported(
    `${context.dialect.name} has no enum types of their own.`,
    "An enum is part of its column: column(…, t.enum([…])), changed by op.alterColumn.",
  );
}

export const operations: Dialect["operations"] = {
  ...refuseNested,
  ...objects,
  addColumn,
  addConstraint: ({ schema, tableName, constraint }, context) =>
    `${alterTable(context, schema, tableName)} ADD ${context.constraint(constraint)}`,
  alterColumn,
  bulkInsert: insertRows,
  createEnumType: (_operation, context) => noEnumTypes(context),
  createIndex,
  createTable(operation, context) {
    const { table } = operation;
    if (table.columns.length === 0) {
      throw context.unsupported(`Table "${nameText(table.name)}" has no columns.`, "The server needs at least one.");
    }
    const indexes = indexesInside(operation, context).map((index) => indexItem(index, context));
    return createTableText(operation, context, tableOptions(table, context), indexes);
  },
  dropColumn({ schema, tableName, columnName, ifExists }, context) {
    if (ifExists) need("existenceTests", "DROP COLUMN IF EXISTS", "Leave ifExists out.", context);
    const exists = ifExists ? "IF EXISTS " : "";
    return `${alterTable(context, schema, tableName)} DROP COLUMN ${exists}${context.name(columnName)}`;
  },
  dropConstraint: dropConstraintWith("CHECK"),
  dropEnumType: (_operation, context) => noEnumTypes(context),
  dropIndex,
  dropTable: dropTableText,
  execute: executeText,
  // without the schema, the table would move to the database of the session
  renameTable: ({ schema, from, to }, context) =>
    `${alterTable(context, schema, from)} RENAME TO ${context.qualified(schema, to)}`,
  tableComment: ({ schema, tableName, comment }, context) =>
    `${alterTable(context, schema, tableName)} COMMENT ${plainString(comment ?? "", "A comment", context)}`,
};
