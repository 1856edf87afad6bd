import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { terminated, withComments } from "../../../src/compiler/script/terminated.js";
import {
  commentText,
  sessionText,
  fromStatement,
  type Fragment,
  type OwnedText,
} from "../../../src/compiler/script/text.js";
import { keepLockLine } from "./guard.js";
import type { OutsideStatement } from "./outside.js";
import { begin, commit, onlyIf } from "./session.js";

export interface OutsideFragments {
  readonly step: ScriptStep;
  readonly title: string;
  /** The guard that lets the session change something. */
  readonly guard: OwnedText;
  readonly statements: readonly OutsideStatement[];
  /** When the statements are to be run, where that is not always: a condition that psql asks for. */
  readonly condition?: string;
}

/**
 * Statements outside a transaction. The session is read-only before them, and their guard alone changes that, in a
 * transaction: a client that goes on after its error finds nothing that it could change.
 */
export function outsideFragments(
  model: ScriptModel,
  { step, title, guard, statements, condition }: OutsideFragments,
): readonly Fragment[] {
  // Timeouts are for what can be rolled back: a concurrent build that one of them ends leaves an invalid index.
  const closed = ["SET default_transaction_read_only = on;", "SET lock_timeout = 0;", "SET statement_timeout = 0;"];
  const open = ["RESET default_transaction_read_only;", "RESET lock_timeout;", "RESET statement_timeout;"];
  const fragments = statements.flatMap((statement) => statementFragments(statement, step, model));
  return [
    { text: commentText(commentLine(title), step) },
    { text: sessionText(closed.join("\n")) },
    begin(model),
    { text: guard },
    commit,
    ...(condition === undefined ? fragments : onlyIf(condition, "sqlembic_wanted", fragments)),
    { text: sessionText(open.join("\n")) },
  ];
}

function statementFragments(
  { statement, sql, undone, failsWhenDone }: OutsideStatement,
  step: ScriptStep,
  model: ScriptModel,
): readonly Fragment[] {
  const text = terminated(withComments({ ...statement, sql }), model.dialect.script);
  const fragment = { text: fromStatement(text, statement, step) };
  if (failsWhenDone !== true || undone === undefined) return [fragment];
  return onlyIf(`(${undone.condition})`, "sqlembic_undone", [fragment]);
}

/** What a guard does before it lets statements outside a transaction run. */
export function openingLines(statements: readonly OutsideStatement[], model: ScriptModel): readonly string[] {
  return [
    ...statements.flatMap(({ cleaning }) => cleaning ?? []),
    keepLockLine(model),
    "PERFORM set_config('default_transaction_read_only', 'off', false);",
  ];
}
