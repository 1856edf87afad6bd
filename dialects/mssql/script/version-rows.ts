import type { ScriptStep, VersionRowStatement } from "../../../src/compiler/script/model.js";
import { oneLine } from "../../../src/compiler/script/comments.js";
import { versionRowText, type ScriptText } from "../../../src/compiler/script/text.js";
import { stillInTransaction, stillOutside } from "./batch.js";
import { doneWhen } from "./done-when.js";
import { refuseIf } from "./session.js";
import type { ScriptStatement } from "./statements.js";
import { clientSafe } from "./text.js";

/** A statement with its comments. One that fails where its work is done is left out there by a run that goes on. */
export function statementLines({ comments, line, sql, place }: ScriptStatement): readonly ScriptText[] {
  const done = place === "outside" ? doneWhen(sql) : undefined;
  return [...comments, ...(done === undefined ? [line] : [`IF NOT (${done})`, ["  ", line]])];
}

/** Changes version rows, and makes sure that each change has hit its row. */
export function rowLines(changes: readonly VersionRowStatement[], step: ScriptStep): readonly ScriptText[] {
  return changes.flatMap(({ change, sql }) => {
    const row = change.change === "update" ? change.from : change.version;
    const problem = change.change === "insert" ? "was not added" : "is not there";
    return [
      versionRowText(`${sql};`, step),
      refuseIf("@@ROWCOUNT <> 1", `The version row ${clientSafe(row)} ${problem}.`),
    ];
  });
}

/**
 * The checks before the version rows change. A run that goes on leaves out a statement whose work is done. So the work must
 * not be done already when the statement has its first turn.
 */
export function endingLines(isOutside: boolean, outsideNext: readonly ScriptStatement[] = []): readonly string[] {
  const obstacles = outsideNext.flatMap(({ sql }) => {
    const done = doneWhen(sql);
    return done === undefined
      ? []
      : [refuseIf(done, `Before its turn it is so already: ${oneLine(sql).slice(0, 100)}`)];
  });
  return [isOutside ? stillOutside : stillInTransaction, ...obstacles];
}
