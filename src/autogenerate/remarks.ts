import type { Catalog } from "../catalog/catalog.js";
import { bodyFactsOf } from "../facts/body.js";
import type { OperationNode } from "../operations/index.js";
import { computedOf, defaultOf, identityOf, type Column } from "../schema/columns.js";
import { nameText } from "../schema/names.js";
import { isNullableIn, type Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";

/** What stands as comments before an operation in the file, a line each. */
export type Remarks = ReadonlyMap<OperationNode, readonly string[]>;

/** A column that rows of its table have no value for when it is added. */
function isUnfilled(column: Column, addition: Table): boolean {
  const isFilled =
    defaultOf(column) !== undefined || identityOf(column) !== undefined || computedOf(column) !== undefined;
  return !isNullableIn(addition, column) && !isFilled && column.autoincrement !== "always";
}

/** The way to add such a column to a table with rows. */
function inThreeSteps(operation: Extract<OperationNode, { kind: "addColumn" }>): readonly string[] {
  const { addition } = operation;
  const [column] = addition.columns;
  if (column === undefined || !isUnfilled(column, addition)) return [];
  const [table, name] = [nameText(addition.name), nameText(column.name)];
  return [
    "The rows that are there have no value for it. Give it a default, or fill it in three steps:",
    `  op.addColumn("${table}", column("${name}", …, { nullable: true }));`,
    `  op.execute(sql\`UPDATE ${table} SET ${name} = …\`);`,
    `  op.alterColumn("${table}", "${name}", { nullable: false });`,
  ];
}

/** The columns of a table without their names, as one text. */
function shapeOf({ columns }: Table, text: (type: SqlType) => string): string {
  return JSON.stringify(columns.map(({ name, type }) => [nameText(name), text(type)]));
}

/** What is dropped while the like of it is added under another name: it may be a rename. */
function renameHints(
  operations: readonly OperationNode[],
  current: Catalog,
  text: (type: SqlType) => string,
): ReadonlyMap<OperationNode, string> {
  const hints = new Map<OperationNode, string>();
  const qualified = (schema: Table["schema"], ...names: readonly Table["name"][]): string =>
    [...(schema === undefined ? [] : [schema]), ...names].map(nameText).join(".");
  const taken = new Set<OperationNode>();
  for (const operation of operations) {
    if (operation.kind === "dropColumn") {
      const { schema, tableName, columnName } = operation;
      const column = current
        .table(schema, tableName)
        ?.columns.find(({ name }) => nameText(name) === nameText(columnName));
      if (column === undefined) continue;
      const added = operations.find(
        (other) =>
          other.kind === "addColumn" &&
          !taken.has(other) &&
          qualified(other.addition.schema, other.addition.name) === qualified(schema, tableName) &&
          other.addition.columns.some(({ type }) => text(type) === text(column.type)),
      );
      if (added?.kind !== "addColumn") continue;
      taken.add(added);
      const [next] = added.addition.columns;
      if (next === undefined || nameText(next.name) === nameText(columnName)) continue;
      hints.set(operation, `--rename ${qualified(schema, tableName, columnName)}=${nameText(next.name)}`);
    }
    if (operation.kind === "dropTable") {
      const { schema, tableName } = operation;
      const table = current.table(schema, tableName);
      if (table === undefined) continue;
      const created = operations.find(
        (other) =>
          other.kind === "createTable" &&
          !taken.has(other) &&
          qualified(other.table.schema) === qualified(schema) &&
          shapeOf(other.table, text) === shapeOf(table, text),
      );
      if (created?.kind !== "createTable") continue;
      taken.add(created);
      hints.set(operation, `--rename ${qualified(schema, tableName)}=${qualified(schema, created.table.name)}`);
    }
  }
  return hints;
}

/** What is to be said of operations before they run on a database with rows. */
export interface Remarked {
  readonly remarks: Remarks;
  /** What is lost, or may fail on the rows that are there, a sentence each, for the log. */
  readonly warnings: readonly string[];
  /** What may be a rename: how that is said on the command line. */
  readonly renames: readonly string[];
}

/**
 * What operations take away, what may make them fail, and what may have been meant otherwise.
 *
 * @param text a type in the form in which types are compared
 */
export function remarksOn(
  operations: readonly OperationNode[],
  current: Catalog,
  text: (type: SqlType) => string,
  variant: (type: SqlType) => SqlType,
): Remarked {
  // the facts of a body are told by the places of its calls: here the position stands for the place
  const placed = operations.map((operation, line) => ({ ...operation, origin: { file: "", line, column: 0 } }));
  const { losses, failures } = bodyFactsOf(placed, current, variant);
  const hints = renameHints(operations, current, text);
  const remarks = new Map<OperationNode, readonly string[]>();
  for (const [line, operation] of operations.entries()) {
    const hint = hints.get(operation);
    const lines = [
      ...losses.filter(({ origin }) => origin?.line === line).map(({ what }) => `Loses ${what}.`),
      ...failures.filter(({ origin }) => origin?.line === line).map((failure) => `This ${failure.text}.`),
      ...(hint === undefined ? [] : [`If it has another name now, make this revision again with ${hint}`]),
      ...(operation.kind === "addColumn" ? inThreeSteps(operation) : []),
    ];
    if (lines.length > 0) remarks.set(operation, lines);
  }
  return {
    remarks,
    warnings: [...losses.map(({ what }) => `loses ${what}`), ...failures.map((failure) => failure.text)],
    renames: [...hints.values()],
  };
}
