import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { commentLine, terminated, type ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { keepLockLine } from "./guard.js";
import type { OutsideStatement } from "./outside.js";
import { begin, commit, onlyIf } from "./session.js";

export interface OutsidePieces {
  readonly title: string;
  /** The guard that opens the latch. */
  readonly guard: string;
  readonly statements: readonly OutsideStatement[];
  /** When the statements are to be run, where that is not always: a condition that psql asks for. */
  readonly condition?: string;
}

/**
 * Statements outside a transaction. The session is read-only before them, and their guard alone changes that, in a
 * transaction: a client that goes on after its error finds nothing that it could change.
 */
export function outsidePieces(
  model: ScriptModel,
  { title, guard, statements, condition }: OutsidePieces,
): readonly ScriptPiece[] {
  // Timeouts are for what can be rolled back: a concurrent build that one of them ends leaves an invalid index.
  const closed = ["SET default_transaction_read_only = on;", "SET lock_timeout = 0;", "SET statement_timeout = 0;"];
  const open = ["RESET default_transaction_read_only;", "RESET lock_timeout;", "RESET statement_timeout;"];
  const pieces = statements.flatMap((statement) => statementPieces(statement, model));
  return [
    { comment: commentLine(title) },
    { statement: closed.join("\n") },
    begin(model),
    { statement: guard },
    commit,
    ...(condition === undefined ? pieces : onlyIf(condition, "sqlembic_wanted", pieces)),
    { statement: open.join("\n") },
  ];
}

function statementPieces({ sql, undone, failsWhenDone }: OutsideStatement, model: ScriptModel): readonly ScriptPiece[] {
  const piece = { statement: terminated(sql, model.dialect.script) };
  if (failsWhenDone !== true || undone === undefined) return [piece];
  return onlyIf(`(${undone.condition})`, "sqlembic_undone", [piece]);
}

/** What a guard does before it lets statements outside a transaction run. */
export function openingLines(statements: readonly OutsideStatement[], model: ScriptModel): readonly string[] {
  return [
    ...statements.flatMap(({ cleaning }) => cleaning ?? []),
    keepLockLine(model),
    "PERFORM set_config('default_transaction_read_only', 'off', false);",
  ];
}
