import type { ScriptModel, VersionRowStatement } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { terminated, withComments } from "../../../src/compiler/script/terminated.js";
import {
  commentText,
  guardText,
  fromStatement,
  versionTableText,
  type Fragment,
} from "../../../src/compiler/script/text.js";
import { UnsupportedError } from "../../../src/errors.js";
import {
  checkLines,
  exactGuard,
  type ExactGuard,
  keepLockLine,
  makeTableIfNone,
  purgeGuard,
  releaseLockLine,
  rowChangeLines,
  rowLinesOf,
  tableGuard,
  versionBlock,
} from "./guard.js";
import { openingLines, outsideFragments } from "./outside-layout.js";
import { doBlock, executed } from "./text.js";
import { Resumption } from "./resumption.js";
import { segmentsOf, type OutsideSegment, type Segment, type TransactionSegment } from "./segments.js";
import { begin, closing, commit, opening } from "./session.js";

/**
 * A script that runs on its own version rows and nothing else, beside no other run.
 *
 * Each of its transactions begins with a guard, so that a client that goes on after an error changes nothing more. What
 * PostgreSQL refuses inside a transaction stands between two of them: the session is read-only before it until its own
 * guard has run, and the version table holds a marker as long as a revision is half-applied.
 */
export function guarded(model: ScriptModel): readonly Fragment[] {
  const { steps, plan } = model;
  if (steps.length === 0 && !plan.purges && !model.makesTableAlone) return [];
  if (!model.transactionalDdl) {
    throw new UnsupportedError("guard-without-transactions", "A guard needs transactions that DDL can be part of.", {
      hint: "The configuration says transactionalDdl: false; for such a server compile with --plain.",
    });
  }
  return [...opening(model), ...transactions(model), ...closing(model)];
}

function transactions(model: ScriptModel): readonly Fragment[] {
  if (model.makesTableAlone) return tableAlone(model);
  return model.plan.purges ? purging(model) : new GuardedScript(model).fragments();
}

/** Whether a script has commits before its end, and accepts each as a place to go on from. */
export function goesOn(model: ScriptModel): boolean {
  const { makesTableAlone, plan, steps, transactionPerMigration } = model;
  if (makesTableAlone || plan.purges || steps.length === 0) return false;
  const hasCommits =
    transactionPerMigration || steps.some(({ statements }) => statements.some(({ autocommit }) => autocommit));
  return hasCommits && new Resumption(segmentsOf(model), model).isKept;
}

/** The version table where it is missing, whatever rows it has where it is there. */
function tableAlone(model: ScriptModel): readonly Fragment[] {
  return [begin(model), { text: tableGuard(model) }, ...versionTable(model), commit];
}

/** A stamp that starts over: it removes all rows, whatever they are. */
function purging(model: ScriptModel): readonly Fragment[] {
  const {
    versionTable: { qualified, purge },
    steps,
  } = model;
  return [
    begin(model),
    { text: purgeGuard(model) },
    ...versionTable(model),
    { text: guardText(`LOCK TABLE ${qualified} IN SHARE ROW EXCLUSIVE MODE;`) },
    { text: versionTableText(`${purge};`) },
    ...steps.flatMap((step) => [
      { text: commentText(commentLine(step.title), step) },
      { text: versionBlock(step, rowChangeLines(step.versionRows, model)) },
    ]),
    commit,
  ];
}

function versionTable(model: ScriptModel): readonly Fragment[] {
  return makeTableIfNone(model).map((text) => ({ text }));
}

class GuardedScript {
  readonly #segments: readonly Segment[];
  readonly #resumption: Resumption;

  constructor(readonly model: ScriptModel) {
    this.#segments = segmentsOf(model);
    this.#resumption = new Resumption(this.#segments, model);
  }

  fragments(): readonly Fragment[] {
    const segments = this.#segments.map((segment, index) =>
      segment.kind === "transaction" ? this.#transaction(segment, index) : this.#outside(segment, index),
    );
    return this.model.client.skipsStatements ? this.#resumption.skipping(segments) : segments.flat();
  }

  /** The condition under which a segment still has to be done, where the client cannot leave out what is done. */
  #isDue(index: number): string | undefined {
    return this.model.client.skipsStatements ? undefined : this.#resumption.isDue(index);
  }

  /** Where the client cannot leave out what is done, the first guard accepts the rows of each commit, and notes which it is. */
  #accepted(index: number): Pick<ExactGuard, "later" | "unlessDone"> {
    const { client } = this.model;
    if (client.skipsStatements || !this.#resumption.isKept) return {};
    if (index > 0) return { unlessDone: this.#isDue(index) };
    return { later: { rows: this.#resumption.rows, keep: this.#resumption.keepLine("array_to_string(actual, ', ')") } };
  }

  #transaction(segment: TransactionSegment, index: number): readonly Fragment[] {
    const { model } = this;
    const guard = exactGuard(model, {
      wanted: segment.wanted,
      ...this.#accepted(index),
      then: this.#afterOutside(segment, index),
      hasTable: index > 0,
    });
    const isDue = this.#isDue(index);
    return [
      begin(model),
      { text: guard },
      ...(index === 0 && model.plan.rowsBefore.length === 0 ? versionTable(model) : []),
      ...(isDue === undefined ? this.#body(segment, index) : this.#conditionalBody(segment, index, isDue)),
      commit,
    ];
  }

  /** Checks that the statements before a transaction have done their work, and what becomes of the lock. */
  #afterOutside({ split, unfinished }: TransactionSegment, index: number): readonly string[] {
    const before = this.#segments[index - 1];
    const statements = before?.kind === "outside" ? before.statements : [];
    const checks = statements.flatMap(({ undone }) => (undone === undefined ? [] : checkLines(undone, this.model)));
    if (split === undefined) return checks;
    return [...checks, unfinished ? keepLockLine(this.model) : releaseLockLine];
  }

  /** Changes of version rows, behind checks that the statements that come next have not done their work already. */
  #changeLines(changes: readonly VersionRowStatement[], index: number): readonly string[] {
    const next = this.#segments[index + 1];
    const obstacles = next?.kind === "outside" && next.first === undefined ? obstacleLines(next, this.model) : [];
    return [...obstacles, ...rowChangeLines(changes, this.model)];
  }

  #body({ parts }: TransactionSegment, index: number): readonly Fragment[] {
    const { script } = this.model.dialect;
    const fragments: Fragment[] = [];
    for (const { step, title, statements, changes } of parts) {
      fragments.push({ text: commentText(commentLine(title), step) });
      for (const statement of statements) {
        fragments.push({ text: fromStatement(terminated(withComments(statement), script), statement, step) });
      }
      fragments.push({ text: versionBlock(step, this.#changeLines(changes, index)) });
    }
    return fragments;
  }

  /** The same as one block, for clients that cannot leave out statements. */
  #conditionalBody({ parts }: TransactionSegment, index: number, isDue: string): readonly Fragment[] {
    return parts.flatMap(({ step, title, statements, changes }): readonly Fragment[] => {
      const lines = [
        `IF NOT ${isDue} THEN`,
        "  RETURN; -- applied by a run that ended early",
        "END IF;",
        ...statements.map((statement) => executed(statement, step)),
        ...rowLinesOf(step, this.#changeLines(changes, index)),
      ];
      return [{ text: commentText(commentLine(title), step) }, { text: guardText(doBlock("revision", lines)) }];
    });
  }

  #outside(segment: OutsideSegment, index: number): readonly Fragment[] {
    const { model } = this;
    const { title, statements, wanted, first, split } = segment;
    const guard = exactGuard(model, {
      wanted,
      ...this.#accepted(index),
      first: first && {
        rows: first.rows,
        lines: [...obstacleLines(segment, model), ...rowLinesOf(split, rowChangeLines([first.change], model))],
      },
      then: openingLines(statements, model),
      hasTable: index > 0,
    });
    return outsideFragments(model, { step: split, title, guard, statements });
  }
}

function obstacleLines({ statements }: OutsideSegment, model: ScriptModel): readonly string[] {
  return statements.flatMap(({ obstacle }) => (obstacle === undefined ? [] : checkLines(obstacle, model)));
}
