import { UnsupportedError } from "../../../src/errors.js";
import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { oneLine } from "../../../src/compiler/script/comments.js";
import type { ServerWords } from "./server.js";
import { withoutOpening, type ScriptStatement } from "./statements.js";

function excerpt(sql: string): string {
  const text = oneLine(withoutOpening(sql));
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

function refusal(code: string, what: string, hint: string, { sql, statement }: ScriptStatement, step: ScriptStep) {
  const { revision } = step;
  return new UnsupportedError(code, `Revision ${revision}: ${what}: ${excerpt(sql)}`, {
    hint,
    origin: statement.operation.origin,
    data: { revision, sql },
  });
}

/**
 * @throws UnsupportedError for a statement that the server does not prepare, so that no script can skip it
 */
export function refuseUnpreparable(statement: ScriptStatement, step: ScriptStep, { cannotPrepare }: ServerWords): void {
  if (cannotPrepare?.test(withoutOpening(statement.sql)) !== true) return;
  throw refusal(
    "not-conditional",
    "MySQL cannot make this statement conditional, since it prepares no such statement",
    "Compile a guarded script for what the database lacks, without --idempotent and --resumable: --from reads its version rows.",
    statement,
    step,
  );
}

/** The error for a statement of which nothing tells, after a run was cut off, whether it ran. */
export function refuseUnresumable(statement: ScriptStatement, step: ScriptStep): UnsupportedError {
  return refusal(
    "not-resumable",
    "nothing would tell, after a run that was cut off here, whether this statement ran",
    "Give the object a name and use the directive of op for it, or write one statement with OR REPLACE or IF [NOT] EXISTS; or compile a guarded script.",
    statement,
    step,
  );
}
