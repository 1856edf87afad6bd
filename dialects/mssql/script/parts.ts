import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { marker } from "../../shared/half-applied.js";
import { SessionOptions } from "./session-options.js";
import { statementsOf, type ScriptStatement } from "./statements.js";

/** What of a revision runs in one transaction, or one statement between two transactions. */
export interface Part {
  readonly isOutside: boolean;
  readonly statements: readonly ScriptStatement[];
  /** What it is called in the script. */
  readonly title: string;
  /** The row that says that the parts before are done; undefined for the first part. */
  readonly from: string | undefined;
  /** The row that says that this part is done too; undefined for the last part, which ends the revision. */
  readonly to: string | undefined;
}

type Cut = Pick<Part, "isOutside" | "statements">;

/**
 * Transactions, and the statements between them one by one; a revision begins and ends with a transaction. What a revision
 * has set for its session is said again in each, since a run may go on with that one in another session.
 */
function cutsOf(step: ScriptStep): readonly Cut[] {
  const cuts: Cut[] = [];
  const options = new SessionOptions();
  let settings: readonly ScriptStatement[] = [];
  let together: ScriptStatement[] = [];
  const close = (): void => {
    if (together.length > 0) cuts.push({ isOutside: false, statements: [...settings, ...together] });
    together = [];
    settings = options.statements;
  };
  for (const statement of statementsOf(step)) {
    options.add(statement);
    if (statement.place === "transaction") {
      together.push(statement);
      continue;
    }
    close();
    cuts.push({ isOutside: statement.place === "outside", statements: [...settings, statement] });
  }
  close();
  const empty: Cut = { isOutside: false, statements: [] };
  if (cuts[0]?.isOutside !== false) cuts.unshift(empty);
  if (cuts.at(-1)?.isOutside === true) cuts.push(empty);
  return cuts;
}

/**
 * The parts of a revision. Each but the last leaves a row that says how far it is, so that nothing else begins on a
 * database that is half-way between two versions, and the same script goes on behind what is done.
 */
export function partsOf(step: ScriptStep): readonly Part[] {
  const cuts = cutsOf(step);
  const count = cuts.filter(({ statements }) => statements.length > 0).length;
  let done = 0;
  let from: string | undefined;
  return cuts.map((cut, index): Part => {
    if (cut.statements.length > 0) done += 1;
    const to = index === cuts.length - 1 ? undefined : marker(step, done);
    const about = [
      index === 0 || (index === 1 && cuts[0]?.statements.length === 0) ? step.title : step.revision,
      count > 1 && cut.statements.length > 0 && `part ${done} of ${count}`,
      cut.isOutside && "outside a transaction",
      index > 0 && cut.statements.length === 0 && "its version row",
    ];
    const part = { ...cut, title: about.filter((text) => text !== false).join(", "), from, to };
    from = to;
    return part;
  });
}
