import type { ScriptModel, VersionRowStatement } from "../../../src/compiler/script/model.js";
import { commentLine, terminated, type ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { UnsupportedError } from "../../../src/errors.js";
import {
  checkLines,
  exactGuard,
  holds,
  keepLockLine,
  lockGuard,
  releaseLockLine,
  rowChangeBlock,
  rowChangeLines,
  tableGuard,
} from "./guard.js";
import { openingLines, outsidePieces } from "./outside-pieces.js";
import { doBlock, executed } from "./plpgsql.js";
import { isResumption, segmentsOf, type OutsideSegment, type Segment, type TransactionSegment } from "./segments.js";
import { begin, closing, commit, opening } from "./session.js";

/**
 * A script that runs on its own version rows and nothing else, beside no other run.
 *
 * Each of its transactions begins with a guard, so that a client which goes on after an error gets no further than one
 * that stops. What PostgreSQL refuses inside a transaction stands between two of them: a read-only latch is closed before
 * it, which only its own guard opens, and the version table holds a marker as long as a revision is half-applied.
 */
export function guarded(model: ScriptModel): readonly ScriptPiece[] {
  const { steps, plan } = model;
  if (steps.length === 0 && !plan.purges && !model.makesTableAlone) return [];
  if (!model.transactionalDdl) {
    throw new UnsupportedError("guard-without-transactions", "A guard needs transactions that DDL can be part of.", {
      hint: "The configuration says transactionalDdl: false; for such a server compile with --plain.",
    });
  }
  return [...opening(model), ...piecesOf(model), ...closing(model)];
}

function piecesOf(model: ScriptModel): readonly ScriptPiece[] {
  if (model.makesTableAlone) return tableAlone(model);
  return model.plan.purges ? purging(model) : new GuardedScript(model).pieces();
}

/** The version table where it is missing, whatever rows it has where it is there. */
function tableAlone(model: ScriptModel): readonly ScriptPiece[] {
  const create = model.versionTable.createIfMissing.map((sql) => ({ statement: `${sql};` }));
  return [begin(model), { statement: tableGuard(model) }, ...create, commit];
}

/** A stamp that starts over: whatever rows there are, they go. */
function purging(model: ScriptModel): readonly ScriptPiece[] {
  const { versionTable, steps } = model;
  return [
    begin(model),
    { statement: lockGuard(model) },
    ...versionTable.createIfMissing.map((sql) => ({ statement: `${sql};` })),
    { statement: `LOCK TABLE ${versionTable.qualified} IN SHARE ROW EXCLUSIVE MODE;` },
    { statement: `${versionTable.purge};` },
    ...steps.flatMap(({ title, versionRows }) => [
      { comment: commentLine(title) },
      { statement: rowChangeBlock(versionRows, model) },
    ]),
    commit,
  ];
}

class GuardedScript {
  readonly #segments: readonly Segment[];

  constructor(readonly model: ScriptModel) {
    this.#segments = segmentsOf(model);
  }

  get #isPsql(): boolean {
    return this.model.client === "psql";
  }

  pieces(): readonly ScriptPiece[] {
    const pieces = this.#segments.map((segment, index) =>
      segment.kind === "transaction" ? this.#transaction(segment, index) : this.#outside(segment, index),
    );
    return this.#isPsql ? this.#resumable(pieces) : pieces.flat();
  }

  /** Leaves out, in psql, what stands before the place where a run was cut off. */
  #resumable(pieces: readonly (readonly ScriptPiece[])[]): readonly ScriptPiece[] {
    const { model } = this;
    const places = this.#resumptions(0);
    if (places.length === 0) return pieces.flat();
    const markers = places.map((index) => this.#segments[index]?.marker as string);
    const lookup = `(SELECT max(version_num) FROM ${model.versionTable.qualified} WHERE version_num IN (${literals(markers, model)}))`;
    const resume = doBlock("resume", [
      "PERFORM set_config('sqlembic.resume', '', false);",
      `IF to_regclass(${model.literal(model.versionTable.qualified)}) IS NOT NULL THEN`,
      `  PERFORM set_config('sqlembic.resume', coalesce(${lookup}, ''), false);`,
      "END IF;",
    ]);
    const sections = places.flatMap((place, position): readonly ScriptPiece[] => [
      { statement: `\\if :sqlembic_${position + 1}` },
      ...pieces.slice(position === 0 ? 0 : places[position - 1], place).flat(),
      { statement: "\\endif" },
    ]);
    const conditions = markers.map(
      (_marker, position) =>
        `current_setting('sqlembic.resume') NOT IN (${literals(markers.slice(position), model)}) AS sqlembic_${position + 1}`,
    );
    return [
      { comment: commentLine("a run that was cut off goes on where it was") },
      { statement: resume, tight: true },
      { statement: `SELECT ${conditions.join(",\n  ")} \\gset` },
      ...sections,
      ...pieces.slice(places.at(-1)).flat(),
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
    if (this.#isPsql || segment.split === undefined) return [];
    const places = this.#resumptions(index).map((place) => this.#segments[place] as Segment);
    return places.filter(({ split }) => split === segment.split);
  }

  #transaction(segment: TransactionSegment, index: number): readonly ScriptPiece[] {
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
      { statement: guard },
      ...table.map((sql) => ({ statement: terminated(sql, model.dialect.script) })),
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

  #body({ passages }: TransactionSegment, index: number): readonly ScriptPiece[] {
    const { script } = this.model.dialect;
    const pieces: ScriptPiece[] = [];
    for (const { title, statements, changes } of passages) {
      pieces.push({ comment: commentLine(title) });
      for (const sql of statements) pieces.push({ statement: terminated(sql, script) });
      pieces.push({ statement: doBlock("version", this.#changeLines(changes, index)) });
    }
    return pieces;
  }

  /** The same as one block, for clients that cannot leave out statements. */
  #conditionalBody({ passages }: TransactionSegment, index: number, later: readonly Segment[]): readonly ScriptPiece[] {
    const markers = later.flatMap(({ marker }) => marker ?? []);
    return passages.flatMap(({ title, statements, changes }): readonly ScriptPiece[] => {
      const lines = [
        `IF ${holds(markers, this.model)} THEN`,
        "  RETURN; -- applied by a run that was cut off",
        "END IF;",
        ...statements.map(executed),
        ...this.#changeLines(changes, index),
      ];
      return [{ comment: commentLine(title) }, { statement: doBlock("revision", lines) }];
    });
  }

  #outside(segment: OutsideSegment, index: number): readonly ScriptPiece[] {
    const { model } = this;
    if (!this.#isPsql) refuseWhatOnlyPsqlCan(segment, this.#later(segment, index).length > 0);
    const { title, statements, wanted, first } = segment;
    const guard = exactGuard(model, {
      wanted,
      first: first && {
        rows: first.rows,
        lines: [...obstacleLines(segment, model), ...rowChangeLines([first.change], model)],
      },
      then: openingLines(statements, model),
      hasTable: index > 0,
    });
    return outsidePieces(model, { title, guard, statements });
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
  throw new UnsupportedError(
    "needs-psql",
    `Revision ${split} has statements outside a transaction that a second run must leave out, which only psql can do.`,
    {
      hint: `Compile with --client psql${isStubborn ? "" : ", or split the revision behind those statements"}.`,
      data: { revision: split },
    },
  );
}
