import type { Catalog } from "../catalog/catalog.js";
import { likelyRenames } from "./likely-renames.js";
import { bodyFactsOf } from "../facts/body.js";
import type { OperationNode } from "../operations/index.js";
import { computedOf, defaultOf, identityOf, type Column } from "../schema/columns.js";
import { nameText } from "../schema/names.js";
import { isNullableIn, type Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";

/** Operations that make the same under another name. */
const madeAgain: ReadonlySet<OperationNode["kind"]> = new Set<OperationNode["kind"]>(["addConstraint", "createIndex"]);

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
  const renames = likelyRenames(operations, current, text);
  const hints = new Map(renames.map(({ dropped, hint }) => [dropped, hint]));
  // what is made again as it was holds for the rows that are there
  const again = new Set(renames.map(({ added }) => added).filter((added) => madeAgain.has(added.kind)));
  const mayFail = failures.filter(({ origin }) => !again.has(operations[origin?.line ?? -1] as OperationNode));
  const remarks = new Map<OperationNode, readonly string[]>();
  for (const [line, operation] of operations.entries()) {
    const hint = hints.get(operation);
    const lines = [
      ...losses.filter(({ origin }) => origin?.line === line).map(({ what }) => `Loses ${what}.`),
      ...mayFail.filter(({ origin }) => origin?.line === line).map((failure) => `This ${failure.text}.`),
      ...(hint === undefined ? [] : [`If it has another name now, make this revision again with ${hint}`]),
      ...(operation.kind === "addColumn" ? inThreeSteps(operation) : []),
    ];
    if (lines.length > 0) remarks.set(operation, lines);
  }
  return {
    remarks,
    warnings: [...losses.map(({ what }) => `loses ${what}`), ...mayFail.map((failure) => failure.text)],
    renames: renames.map(({ hint }) => hint),
  };
}
