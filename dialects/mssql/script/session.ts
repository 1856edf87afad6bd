import { UsageError } from "../../../src/errors.js";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import {
  commentText,
  guardText,
  sessionText,
  type Fragment,
  type OwnedText,
} from "../../../src/compiler/script/text.js";
import { convertedLineEnds, dependsOnLineEnds } from "../../shared/sql-text/line-ends.js";
import { lexicalRules } from "../lexical-rules.js";
import { clientSafe, isForClient, messageString } from "./text.js";

/**
 * How long a statement waits for a lock when nothing says it: ALTER TABLE keeps everybody behind it waiting as long as it
 * waits itself, and the server's own default is for ever.
 */
const defaultLockTimeout = 10_000;

/** In milliseconds. */
export function lockTimeoutOf({ lockTimeout }: ScriptModel): number {
  return lockTimeout ?? defaultLockTimeout;
}

/** `SET name value`: most options are words, some take numbers, text or binary values. */
function setting([name, value]: readonly [string, string]): string {
  if (!/^[a-z][a-z_ ]*$/i.test(name) || !/^(?:-?[\w. ]+|N?'(?:[^']|'')*')$/.test(value) || isForClient(value)) {
    throw new UsageError("session-setting", `--set: "${name}=${value}" is no option of a session of SQL Server.`, {
      hint: 'Write --set "DEADLOCK_PRIORITY=LOW" for SET DEADLOCK_PRIORITY LOW.',
    });
  }
  return `SET ${name} ${value};`;
}

/**
 * What makes a batch mean the same in every session. Indexes on views and on computed columns need these options, and
 * sqlcmd begins without QUOTED_IDENTIFIER: https://learn.microsoft.com/sql/t-sql/statements/set-statements-transact-sql
 */
function sessionLines(model: ScriptModel): readonly string[] {
  const statementTimeout =
    model.statementTimeout === undefined
      ? []
      : [
          commentLine(
            `SQL Server does not limit the time of statements by itself; the client does: sqlcmd -t ${Math.ceil(model.statementTimeout / 1000)}`,
          ),
        ];
  return [
    "SET XACT_ABORT, NOCOUNT, QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL ON;",
    "SET NUMERIC_ROUNDABORT, IMPLICIT_TRANSACTIONS OFF;",
    "SET ROWCOUNT 0;",
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;",
    `SET LOCK_TIMEOUT ${lockTimeoutOf(model)};`,
    ...statementTimeout,
    ...model.session.map(setting),
  ];
}

/** Said where a guard refuses: transactions before this one may have been committed. */
export const untouched = "Nothing is changed from here on.";

/** `IF …` with an error that ends the batch; its state makes sqlcmd quit. */
export function refuseIf(condition: string, message: string): string {
  return `IF ${condition} THROW 50001, ${messageString(message)}, 127;`;
}

/** A check for line ends that were converted: by the file's way, or by a sqlcmd that puts those of its system between lines. */
function lineEndLines(model: ScriptModel): readonly string[] {
  if (!dependsOnLineEnds(model, lexicalRules)) return [];
  return [refuseIf("UNICODE(N'\n') <> 10", `Refused: ${convertedLineEnds}. ${untouched}`)];
}

/** What a batch begins with. */
export function batchOpening(variables: string, model: ScriptModel): Fragment {
  const settings = sessionLines(model);
  const lines = [
    variables,
    "",
    "BEGIN TRY",
    ...lineEndLines(model),
    refuseIf("@@TRANCOUNT > 0", `Refused: the session is in a transaction already. ${untouched}`),
  ];
  return { text: guardText([sessionText(settings.join("\n")), "\n", lines.join("\n")]) };
}

/** Says something to the one who applies the script. */
export function printed(text: string): string {
  return `PRINT ${messageString(text)};`;
}

/** What a script says at its end. */
export function reached(rows: readonly string[]): string {
  return printed(`OK: the database is at ${rows.length === 0 ? "base" : rows.join(", ")}.`);
}

/** What a batch says when it ends, and how it gives back its lock after an error. */
export interface BatchEnd {
  /** The statement that says that all went well. */
  readonly success: string;
  /** Stands behind the name of the revision that failed. */
  readonly failure: string;
  readonly release: readonly string[];
}

/**
 * What a batch ends with. Every error inside it comes to CATCH. THROW passes it on as it was; it cannot make sqlcmd stop,
 * which without -b goes on with the next batch: that one does, by state 127.
 * https://learn.microsoft.com/sql/t-sql/language-elements/try-catch-transact-sql
 * https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-commands
 */
export function batchEnding(model: ScriptModel, { success, failure, release }: BatchEnd): Fragment {
  const lines = [
    success,
    "END TRY",
    "BEGIN CATCH",
    "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;",
    ...release,
    `IF @step IS NOT NULL PRINT N'Stopped in revision ' + @step + ${messageString(failure)};`,
    "THROW;",
    "END CATCH;",
  ];
  const forClient = ["GO", "IF @@ERROR <> 0 RAISERROR(N'Not applied: see the error above.', 16, 127);", "GO"];
  return { text: guardText([...lines, ...(model.client.endsBatches ? forClient : [])].join("\n")) };
}

/** Names the step that an error belongs to. */
export function stepLine(revision: string): string {
  return `SET @step = ${messageString(revision)};`;
}

/** A line of comment that announces a revision, or a part of one. */
export function titleText(title: string, step: ScriptStep): OwnedText {
  return commentText(commentLine(clientSafe(title)), step);
}
