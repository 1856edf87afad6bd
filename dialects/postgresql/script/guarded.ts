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
  holds,
  keepLockLine,
  lockGuard,
  releaseLockLine,
  rowChangeLines,
  rowLinesOf,
  tableGuard,
  versionBlock,
} from "./guard.js";
import { openingLines, outsideFragments } from "./outside-layout.js";
import { doBlock, executed } from "./text.js";
import { isResumption, segmentsOf, type OutsideSegment, type Segment, type TransactionSegment } from "./segments.js";
import { begin, closing, commit, opening } from "./session.js";

/**
 * A script that runs on its own version rows and nothing else, beside no other run.
 *
 * Each of its transactions begins with a guard, so that a client which goes on after an error gets no further than one
 * that stops. What PostgreSQL refuses inside a transaction stands between two of them: a read-only latch is closed before
 * it, which only its own guard opens, and the version table holds a marker as long as a revision is half-applied.
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

/** The version table where it is missing, whatever rows it has where it is there. */
function tableAlone(model: ScriptModel): readonly Fragment[] {
  const create = model.versionTable.createIfMissing.map((sql) => ({ text: versionTableText(`${sql};`) }));
  return [begin(model), { text: tableGuard(model) }, ...create, commit];
}

/** A stamp that starts over: whatever rows there are, they go. */
function purging(model: ScriptModel): readonly Fragment[] {
  const { versionTable, steps } = model;
  return [
    begin(model),
    { text: lockGuard(model) },
    ...versionTable.createIfMissing.map((sql) => ({ text: versionTableText(`${sql};`) })),
    { text: guardText(`LOCK TABLE ${versionTable.qualified} IN SHARE ROW EXCLUSIVE MODE;`) },
    { text: versionTableText(`${versionTable.purge};`) },
    ...steps.flatMap((step) => [
      { text: commentText(commentLine(step.title), step) },
      { text: versionBlock(step, rowChangeLines(step.versionRows, model)) },
    ]),
    commit,
  ];
}

class GuardedScript {
  readonly #segments: readonly Segment[];

  constructor(readonly model: ScriptModel) {
    this.#segments = segmentsOf(model);
  }

  fragments(): readonly Fragment[] {
    const segments = this.#segments.map((segment, index) =>
      segment.kind === "transaction" ? this.#transaction(segment, index) : this.#outside(segment, index),
    );
    return this.model.client.skipsStatements ? this.#resumable(segments) : segments.flat();
  }

  /** Leaves out, in psql, what stands before the place where a run was cut off. */
  #resumable(segments: readonly (readonly Fragment[])[]): readonly Fragment[] {
    const { model } = this;
    const places = this.#resumptions(0);
    if (places.length === 0) return segments.flat();
    const markers = places.map((index) => this.#segments[index]?.marker as string);
    const lookup = `(SELECT max(version_num) FROM ${model.versionTable.qualified} WHERE version_num IN (${literals(markers, model)}))`;
    const resume = doBlock("resume", [
      "PERFORM set_config('sqlembic.resume', '', false);",
      `IF to_regclass(${model.literal(model.versionTable.qualified)}) IS NOT NULL THEN`,
      `  PERFORM set_config('sqlembic.resume', coalesce(${lookup}, ''), false);`,
      "END IF;",
    ]);
    const skipped = places.flatMap((place, position): readonly Fragment[] => [
      { text: guardText(`\\if :sqlembic_${position + 1}`) },
      ...segments.slice(position === 0 ? 0 : places[position - 1], place).flat(),
      { text: guardText("\\endif") },
    ]);
    const conditions = markers.map(
      (_marker, position) =>
        `current_setting('sqlembic.resume') NOT IN (${literals(markers.slice(position), model)}) AS sqlembic_${position + 1}`,
    );
    return [
      { text: commentText(commentLine("a run that was cut off goes on where it was")) },
      { text: guardText(resume), tight: true },
      { text: guardText(`SELECT ${conditions.join(",\n  ")} \\gset`) },
      ...skipped,
      ...segments.slice(places.at(-1)).flat(),
    ];
  }

  /** The places behind one where a run that was cut off goes on. */
  #resumptions(index: number): readonly number[] {
    return this.#segments.flatMap((_segment, position) =>
      position > index && isResumption(this.#segments, position) ? [position] : [],
    );
  }

  /** Without psql nothing is left out but what DO can: the transactions of the revision that is half-applied. */
  #later(segment: Segment, index: number): readonly Segment[] {
    if (this.model.client.skipsStatements || segment.split === undefined) return [];
    const places = this.#resumptions(index).map((place) => this.#segments[place] as Segment);
    return places.filter(({ split }) => split === segment.split);
  }

  #transaction(segment: TransactionSegment, index: number): readonly Fragment[] {
    const { model } = this;
    const { plan, versionTable } = model;
    const later = this.#later(segment, index);
    const guard = exactGuard(model, {
      wanted: segment.wanted,
      later: later.map(({ wanted }) => wanted),
      then: this.#afterOutside(segment, index),
      hasTable: index > 0,
    });
    const table = index === 0 && plan.rowsBefore.length === 0 ? versionTable.createIfMissing : [];
    return [
      begin(model),
      { text: guard },
      ...table.map((sql) => ({ text: versionTableText(terminated(sql, model.dialect.script)) })),
      ...(later.length === 0 ? this.#body(segment, index) : this.#conditionalBody(segment, index, later)),
      commit,
    ];
  }

  /** What the statements in front of a transaction have to have reached, and what becomes of the lock. */
  #afterOutside({ split, unfinished }: TransactionSegment, index: number): readonly string[] {
    const before = this.#segments[index - 1];
    const statements = before?.kind === "outside" ? before.statements : [];
    const checks = statements.flatMap(({ undone }) => (undone === undefined ? [] : checkLines(undone, this.model)));
    if (split === undefined) return checks;
    return [...checks, unfinished ? keepLockLine(this.model) : releaseLockLine];
  }

  /** Changes of version rows, behind what must not be when the statements that come next run for the first time. */
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
  #conditionalBody({ parts }: TransactionSegment, index: number, later: readonly Segment[]): readonly Fragment[] {
    const markers = later.flatMap(({ marker }) => marker ?? []);
    return parts.flatMap(({ step, title, statements, changes }): readonly Fragment[] => {
      const lines = [
        `IF ${holds(markers, this.model)} THEN`,
        "  RETURN; -- applied by a run that was cut off",
        "END IF;",
        ...statements.map((statement) => executed(statement, step)),
        ...rowLinesOf(step, this.#changeLines(changes, index)),
      ];
      return [{ text: commentText(commentLine(title), step) }, { text: guardText(doBlock("revision", lines)) }];
    });
  }

  #outside(segment: OutsideSegment, index: number): readonly Fragment[] {
    const { model } = this;
    if (!model.client.skipsStatements) refuseWhatOnlyPsqlCan(segment, this.#later(segment, index).length > 0);
    const { title, statements, wanted, first, split } = segment;
    const guard = exactGuard(model, {
      wanted,
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

function literals(rows: readonly string[], { literal }: ScriptModel): string {
  return rows.map((row) => literal(row)).join(", ");
}

function obstacleLines({ statements }: OutsideSegment, model: ScriptModel): readonly string[] {
  return statements.flatMap(({ obstacle }) => (obstacle === undefined ? [] : checkLines(obstacle, model)));
}

function refuseWhatOnlyPsqlCan({ split, statements }: OutsideSegment, isFollowed: boolean): void {
  const isStubborn = statements.some(({ failsWhenDone }) => failsWhenDone === true);
  if (!isStubborn && !isFollowed) return;
  const { revision } = split.step.revision;
  throw new UnsupportedError(
    "needs-psql",
    `Revision ${revision} has statements outside a transaction that a second run must leave out, which only psql can do.`,
    {
      hint: `Compile with --client psql${isStubborn ? "" : ", or split the revision behind those statements"}.`,
      data: { revision },
    },
  );
}
