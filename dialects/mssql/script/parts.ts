import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { marker } from "../../shared/half-applied.js";
import { executionsOf, type Execution } from "./statements.js";

/** What of a revision runs in one transaction, or one statement between two transactions. */
export interface Part {
  readonly isOutside: boolean;
  readonly executions: readonly Execution[];
  /** What it is called in the script. */
  readonly title: string;
  /** The row that says that the parts before are done; undefined for the first part. */
  readonly from: string | undefined;
  /** The row that says that this part is done too; undefined for the last part, which ends the revision. */
  readonly to: string | undefined;
}

type Piece = Pick<Part, "isOutside" | "executions">;

/** Transactions, and the statements between them one by one; a revision begins and ends with a transaction. */
function piecesOf(step: Pick<ScriptStep, "statements">): readonly Piece[] {
  const pieces: Piece[] = [];
  let together: Execution[] = [];
  const close = (): void => {
    if (together.length > 0) pieces.push({ isOutside: false, executions: together });
    together = [];
  };
  for (const execution of executionsOf(step)) {
    if (execution.place === "transaction") {
      together.push(execution);
      continue;
    }
    close();
    pieces.push({ isOutside: execution.place === "outside", executions: [execution] });
  }
  close();
  const empty: Piece = { isOutside: false, executions: [] };
  if (pieces[0]?.isOutside !== false) pieces.unshift(empty);
  if (pieces.at(-1)?.isOutside === true) pieces.push(empty);
  return pieces;
}

/**
 * The parts of a revision. Each but the last leaves a row that says how far it is, so that nothing else begins on a
 * database that is half-way between two versions, and the same script goes on behind what is done.
 */
export function partsOf(step: ScriptStep): readonly Part[] {
  const pieces = piecesOf(step);
  const count = pieces.filter(({ executions }) => executions.length > 0).length;
  let done = 0;
  let from: string | undefined;
  return pieces.map((piece, index): Part => {
    if (piece.executions.length > 0) done += 1;
    const to = index === pieces.length - 1 ? undefined : marker(step, done);
    const about = [
      index === 0 || (index === 1 && pieces[0]?.executions.length === 0) ? step.title : step.step.revision.revision,
      count > 1 && piece.executions.length > 0 && `part ${done} of ${count}`,
      piece.isOutside && "outside a transaction",
      index > 0 && piece.executions.length === 0 && "its version row",
    ];
    const part = { ...piece, title: about.filter((text) => text !== false).join(", "), from, to };
    from = to;
    return part;
  });
}
