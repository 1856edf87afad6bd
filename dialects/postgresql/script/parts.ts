import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { marker } from "../../shared/half-applied.js";
import { canBeAlone, rerunnable, type OutsideStatement } from "./outside.js";

/** The statements of one transaction, or some that stand between two. */
export type Part =
  | { readonly kind: "transaction"; readonly statements: readonly Statement[] }
  | { readonly kind: "outside"; readonly statements: readonly OutsideStatement[] };

/** The rows of a version table, in the order in which the server's "C" collation sorts them. */
export type Rows = readonly string[];

/** Rows in the order of the "C" collation: by bytes. */
export function sortedRows(rows: Iterable<string>): Rows {
  return [...new Set(rows)].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

/**
 * The parts of a revision. One that runs in a single transaction has one part. Any other is split: its first and its last
 * part are transactions, empty if need be, the last one with the version rows.
 */
export function partsOf({ statements }: ScriptStep, model: ScriptModel): readonly Part[] {
  const empty: Part = { kind: "transaction", statements: [] };
  const parts: Part[] = [];
  let together: Statement[] = [];
  let between: OutsideStatement[] = [];
  const closeTransaction = (): void => {
    if (together.length > 0) parts.push({ kind: "transaction", statements: together });
    together = [];
  };
  const closeOutside = (): void => {
    if (between.length > 0) parts.push({ kind: "outside", statements: between });
    between = [];
  };
  /** What is known of an index now must be known before it changes again: an empty transaction looks between the two. */
  const addOutside = (outside: OutsideStatement): void => {
    if (outside.index !== undefined && between.some(({ index }) => index === outside.index)) {
      closeOutside();
      parts.push(empty);
    }
    between.push(outside);
  };
  for (const statement of statements) {
    if (!statement.autocommit) {
      closeOutside();
      together.push(statement);
      continue;
    }
    closeTransaction();
    if (!canBeAlone(statement.sql)) {
      addOutside(rerunnable(statement, model));
      continue;
    }
    closeOutside();
    parts.push({ kind: "transaction", statements: [statement] });
  }
  closeTransaction();
  closeOutside();
  if (parts[0]?.kind !== "transaction") parts.unshift(empty);
  if (parts.at(-1)?.kind !== "transaction") parts.push(empty);
  return parts;
}

/** How many parts that have statements end with the part at an index. */
export function partsDone(parts: readonly Part[], index: number): number {
  return parts.slice(0, index + 1).filter(({ statements }) => statements.length > 0).length;
}

/** The markers of a split revision: one at the end of each transaction but the last. */
export function markersOf(step: ScriptStep, parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part, index) =>
    part.kind === "transaction" && index < parts.length - 1 ? [marker(step, partsDone(parts, index))] : [],
  );
}

/** What a part of a revision is called in the script. */
export function titleOf({ step, title }: ScriptStep, parts: readonly Part[], index: number): string {
  const { revision } = step.revision;
  const count = partsDone(parts, parts.length - 1);
  const part = parts[index];
  const about = [
    index === 0 || (index === 1 && parts[0]?.statements.length === 0) ? title : revision,
    count > 1 && part?.statements.length !== 0 && `part ${partsDone(parts, index)} of ${count}`,
    part?.kind === "outside" && "outside a transaction",
    index > 0 && part?.statements.length === 0 && "its version row",
  ];
  return about.filter((text) => text !== false).join(", ");
}
