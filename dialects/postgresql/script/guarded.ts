import type { ScriptModel, VersionRowStatement } from "../../../src/compiler/script/model.js";
import { commentLine, terminated, type ScriptPiece } from "../../../src/compiler/script/pieces.js";
import { UnsupportedError } from "../../../src/errors.js";
import { checkLines, exactGuard, lockGuard, lockKey, rowChangeBlock, rowChangeLines, wantedSetting } from "./guard.js";
import { openingLines, outsidePieces } from "./outside-pieces.js";
import { doBlock, executed } from "./plpgsql.js";
import { resumptions, segmentsOf, type OutsideSegment, type Segment, type TransactionSegment } from "./segments.js";
import { begin, closing, commit, onlyIf, opening } from "./session.js";

/**
 * A script that runs on its own version rows and nothing else, beside no other run.
 *
 * Each of its transactions begins with a guard, so that a client which goes on after an error gets no further than one
 * that stops. What PostgreSQL refuses inside a transaction stands between two of them: a read-only latch is closed before
 * it, which only its own guard opens, and the version table holds a marker as long as a revision is half-applied.
 */
export function guarded(model: ScriptModel): readonly ScriptPiece[] {
  const { steps, plan } = model;
  if (steps.length === 0 && !plan.purges) return [];
  if (!model.transactionalDdl) {
    throw new UnsupportedError("guard-without-transactions", "A guard needs transactions that DDL can be part of.", {
      hint: "The configuration says transactionalDdl: false; for such a server compile with --plain.",
    });
  }
  return [...opening(model), ...(plan.purges ? purging(model) : new GuardedScript(model).pieces()), ...closing(model)];
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
    return this.#segments.flatMap((segment, index) =>
      segment.kind === "transaction" ? this.#transaction(segment, index) : this.#outside(segment, index),
    );
  }

  /**
   * Where the same script goes on after it was cut off. psql leaves out whatever stands before; other clients only what
   * DO can leave out, which is the transactions of the revision that is half-applied.
   */
  #later(segment: Segment, index: number): readonly Segment[] {
    const later = resumptions(this.#segments, index);
    return this.#isPsql ? later : later.filter(({ split }) => split !== undefined && split === segment.split);
  }

  #transaction(segment: TransactionSegment, index: number): readonly ScriptPiece[] {
    const { model } = this;
    const later = this.#later(segment, index);
    const isOptional = later.length > 0;
    const guard = exactGuard(model, {
      wanted: segment.wanted,
      later: later.map(({ wanted }) => wanted),
      then: this.#afterOutside(index),
      hasTable: index > 0,
    });
    let body = this.#body(segment, index);
    if (isOptional && this.#isPsql) body = onlyIf(`current_setting('${wantedSetting}')`, "sqlembic_wanted", body);
    else if (isOptional) body = this.#conditionalBody(segment, index);
    return [begin(model), { statement: guard }, ...body, commit];
  }

  /** What the statements between two transactions have to have reached before the second one goes on. */
  #afterOutside(index: number): readonly string[] {
    const before = this.#segments[index - 1];
    if (before?.kind !== "outside") return [];
    const checks = before.statements.flatMap(({ undone }) =>
      undone === undefined ? [] : checkLines(undone, this.model),
    );
    return [...checks, `PERFORM pg_advisory_unlock(${lockKey(this.model)});`];
  }

  #createsTable(index: number): readonly string[] {
    const { plan, versionTable } = this.model;
    return index === 0 && plan.rowsBefore.length === 0 ? versionTable.createIfMissing : [];
  }

  /** Changes of version rows, behind what must not be when the statements that come next run for the first time. */
  #changeLines(changes: readonly VersionRowStatement[], index: number): readonly string[] {
    const next = this.#segments[index + 1];
    const obstacles = next?.kind === "outside" && next.first === undefined ? obstacleLines(next, this.model) : [];
    return [...obstacles, ...rowChangeLines(changes, this.model)];
  }

  #body({ passages }: TransactionSegment, index: number): readonly ScriptPiece[] {
    const { script } = this.model.dialect;
    return [
      ...this.#createsTable(index).map((sql) => ({ statement: terminated(sql, script) })),
      ...passages.flatMap(({ title, statements, changes }): readonly ScriptPiece[] => [
        { comment: commentLine(title) },
        ...statements.map((sql) => ({ statement: terminated(sql, script) })),
        { statement: doBlock("version", this.#changeLines(changes, index)) },
      ]),
    ];
  }

  /** The same as one block, for clients that cannot leave out statements. */
  #conditionalBody({ passages }: TransactionSegment, index: number): readonly ScriptPiece[] {
    return passages.map(({ title, statements, changes }) => {
      const lines = [
        `IF NOT current_setting('${wantedSetting}')::boolean THEN RETURN; END IF;`,
        ...[...this.#createsTable(index), ...statements].map(executed),
        ...this.#changeLines(changes, index),
      ];
      return { statement: `${commentLine(title)}\n${doBlock("revision", lines)}` };
    });
  }

  #outside(segment: OutsideSegment, index: number): readonly ScriptPiece[] {
    const { model } = this;
    const later = this.#later(segment, index);
    if (!this.#isPsql) refuseWhatOnlyPsqlCan(segment, later.length > 0);
    const isOptional = later.length > 0;
    const { title, statements, wanted, first } = segment;
    const guard = exactGuard(model, {
      wanted,
      first: first && {
        rows: first.rows,
        lines: [...obstacleLines(segment, model), ...rowChangeLines([first.change], model)],
      },
      later: later.map((segment) => segment.wanted),
      then: openingLines(statements, model),
      hasTable: index > 0,
    });
    return outsidePieces(model, { title, guard, statements, isOptional });
  }
}

function obstacleLines({ statements }: OutsideSegment, model: ScriptModel): readonly string[] {
  return statements.flatMap(({ obstacle }) => (obstacle === undefined ? [] : checkLines(obstacle, model)));
}

function refuseWhatOnlyPsqlCan({ split, statements }: OutsideSegment, isOptional: boolean): void {
  const isStubborn = statements.some(({ failsWhenDone }) => failsWhenDone === true);
  if (!isStubborn && !isOptional) return;
  throw new UnsupportedError(
    "needs-psql",
    `Revision ${split} has statements outside a transaction that a second run must leave out, which only psql can do.`,
    {
      hint: `Compile with --client psql${isStubborn ? "" : ", or split the revision behind those statements"}.`,
      data: { revision: split },
    },
  );
}
