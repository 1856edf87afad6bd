import type { ScriptModel } from "../../../src/compiler/script/model.js";
import { commentLine } from "../../../src/compiler/script/comments.js";
import { commentText, guardText, type Fragment } from "../../../src/compiler/script/text.js";
import { UnsupportedError } from "../../../src/errors.js";
import type { Rows } from "./parts.js";
import type { OutsideSegment, Segment } from "./segments.js";
import { doBlock } from "./text.js";

/** Version rows that a run of the script may have left behind before its end. */
interface CommitPoint {
  readonly rows: Rows;
  /** The segment that goes on from them. */
  readonly segment: number;
  /** They have a marker, which no other script knows. */
  readonly isMarked: boolean;
}

/**
 * How many of a script's commits earlier runs have reached. It is a setting of the session, so that what stands between
 * two transactions knows it too. No transaction relies on it alone: each that runs reads the version rows again.
 */
const commitsReached = "current_setting('sqlembic.place')::int";

/**
 * Lets a script run again after it has ended early, with each of its commits as a place to go on from: all before it is left
 * out. https://www.postgresql.org/docs/current/app-psql.html#PSQL-METACOMMAND-IF
 */
export class Resumption {
  readonly #points: readonly CommitPoint[];

  constructor(
    readonly segments: readonly Segment[],
    readonly model: ScriptModel,
  ) {
    const points = commitPointsOf(segments);
    this.#points = model.client.skipsStatements ? points : withoutSkippedStatements(points, segments);
  }

  /** The version rows, besides those of the start, that the first guard of the script accepts. */
  get rows(): readonly Rows[] {
    return this.#points.map(({ rows }) => rows);
  }

  /** A condition that holds as long as a segment has not been done by an earlier run; undefined where none can have done it. */
  isDue(segment: number): string | undefined {
    const reached = this.#points.filter((point) => point.segment <= segment).length;
    return reached === this.#points.length ? undefined : `${commitsReached} <= ${reached}`;
  }

  /** Whether the script keeps how many commits were reached, so that a guard may rely on it. */
  get isKept(): boolean {
    return this.#points.length > 0;
  }

  /** PL/pgSQL that keeps at which commit the database is by its version rows, which are a text, NULL for none. */
  keepLine(rows: string): string {
    const { literal } = this.model;
    const texts = this.#points.map((point) => literal(joinedRows(point.rows)));
    const reached = `coalesce(array_position(ARRAY[${texts.join(", ")}], ${rows}), 0)`;
    return `PERFORM set_config('sqlembic.place', ${reached}::text, false);`;
  }

  /** The segments of a script for psql, which leaves out what is done. */
  skipping(texts: readonly (readonly Fragment[])[]): readonly Fragment[] {
    if (!this.isKept) return texts.flat();
    const { qualified } = this.model.versionTable;
    const found = `SELECT string_agg(version_num::text, ', ' ORDER BY version_num::text COLLATE "C") INTO actual FROM ${qualified};`;
    const look = doBlock(
      "resume",
      [
        `IF to_regclass(${this.model.literal(qualified)}) IS NOT NULL THEN`,
        `  ${found}`,
        "END IF;",
        this.keepLine("actual"),
      ],
      ["actual text;"],
    );
    const fragments: Fragment[] = [
      {
        text: commentText(
          commentLine("If an earlier run of this file ended behind one of its commits, this run goes on from there."),
        ),
      },
      { text: guardText(look), tight: true },
    ];
    let open: string | undefined;
    for (const [segment, text] of texts.entries()) {
      const condition = this.isDue(segment);
      if (condition !== open) {
        if (open !== undefined) fragments.push({ text: guardText("\\endif") });
        if (condition !== undefined) {
          fragments.push({ text: guardText(`SELECT ${condition} AS sqlembic_due \\gset\n\\if :sqlembic_due`) });
        }
      }
      open = condition;
      fragments.push(...text);
    }
    return fragments;
  }
}

/** Version rows as one text. */
function joinedRows(rows: Rows): string {
  return rows.join(", ");
}

function commitPointsOf(segments: readonly Segment[]): readonly CommitPoint[] {
  return segments.flatMap((segment, index): readonly CommitPoint[] => {
    if (index === 0) return [];
    const { wanted, marker } = segment;
    const before = joinedRows((segments[index - 1] as Segment).wanted);
    const points = [{ rows: wanted, segment: index, isMarked: marker !== undefined }];
    if (segment.kind === "outside" && segment.first !== undefined) {
      points.unshift({ rows: segment.first.rows, segment: index, isMarked: false });
    }
    return points.filter(({ rows }) => joinedRows(rows) !== before);
  });
}

/**
 * The commits up to which no statement outside a transaction has to be left out: other clients than psql can leave out only
 * what stands in DO. Behind them, another script goes on where the version rows are those of a revision.
 */
function withoutSkippedStatements(
  points: readonly CommitPoint[],
  segments: readonly Segment[],
): readonly CommitPoint[] {
  const outside = segments.findIndex(({ kind }) => kind === "outside");
  if (outside === -1) return points;
  for (const [index, segment] of segments.entries()) {
    if (segment.kind !== "outside") continue;
    const isFollowed = points.some(
      (point) => point.isMarked && point.segment > index && segment.marker !== segments[point.segment]?.marker,
    );
    refuseWhatOnlyPsqlCan(segment, isFollowed);
  }
  return points.filter(({ segment }) => segment <= outside);
}

function refuseWhatOnlyPsqlCan({ split, statements }: OutsideSegment, isFollowed: boolean): void {
  const isStubborn = statements.some(({ failsWhenDone }) => failsWhenDone === true);
  if (!isStubborn && !isFollowed) return;
  const { revision } = split;
  throw new UnsupportedError(
    "needs-psql",
    `Revision ${revision} has statements outside a transaction that a second run must leave out, which only psql can do.`,
    {
      hint: `Compile with --client psql${isStubborn ? "" : ", or end the script, or the revision, behind those statements"}.`,
      data: { revision },
    },
  );
}
