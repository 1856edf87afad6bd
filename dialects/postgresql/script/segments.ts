import type { ScriptModel, ScriptStep, VersionRowStatement } from "../../../src/compiler/script/model.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { marker, markerChange } from "../../shared/half-applied.js";
import type { OutsideStatement } from "./outside.js";
import { partsDone, partsOf, sortedRows, titleOf, type Part, type Rows } from "./parts.js";

/** What of one revision runs in one transaction. */
interface RevisionPart {
  readonly step: ScriptStep;
  readonly title: string;
  readonly statements: readonly Statement[];
  /** Changes of the version rows: those of the revision, or of the marker that says how far it is. */
  readonly changes: readonly VersionRowStatement[];
}

/** A transaction of a script. */
export interface TransactionSegment {
  readonly kind: "transaction";
  /** The version rows that it starts from. */
  readonly wanted: Rows;
  readonly parts: RevisionPart[];
  /** The revision that it is a part of, when that has several. */
  readonly split: ScriptStep | undefined;
  /** The row that says how far the revision is, when that has begun. */
  readonly marker: string | undefined;
  /** It leaves the revision half-applied. */
  readonly unfinished: boolean;
}

/** Statements between two transactions. */
export interface OutsideSegment {
  readonly kind: "outside";
  readonly wanted: Rows;
  /** What turns other rows into those wanted, when the revision has no transaction before these statements. */
  readonly first: { readonly rows: Rows; readonly change: VersionRowStatement } | undefined;
  readonly title: string;
  readonly statements: readonly OutsideStatement[];
  readonly split: ScriptStep;
  readonly marker: string;
}

export type Segment = TransactionSegment | OutsideSegment;

/** Cuts the revisions of a script into transactions and what stands between them. */
class Segmentation {
  readonly segments: Segment[] = [];
  /** The transaction that the next revision may join. */
  #open: TransactionSegment | undefined;

  constructor(readonly model: ScriptModel) {
    for (const step of model.steps) {
      const parts = partsOf(step, model);
      if (parts.length === 1) this.#whole(step, parts[0]?.statements as readonly Statement[]);
      else this.#split(step, parts);
      if (model.transactionPerMigration) this.#open = undefined;
    }
  }

  #whole(step: ScriptStep, statements: readonly Statement[]): void {
    this.#open ??= this.#transaction(step.planned.rowsBefore, undefined, undefined, false);
    this.#open.parts.push({ step, title: step.title, statements, changes: step.versionRows });
  }

  /** A revision in several parts has transactions of its own; only its last one goes on with the revisions behind it. */
  #split(step: ScriptStep, parts: readonly Part[]): void {
    const { model } = this;
    const { rowsBefore } = step.planned;
    let reached: string | undefined;
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1;
      const title = titleOf(step, parts, index);
      const done = partsDone(parts, part.kind === "outside" ? index - 1 : index);
      const next = isLast ? undefined : marker(step, done);
      if (part.kind === "outside") {
        const first =
          reached === undefined
            ? { rows: sortedRows(rowsBefore), change: markerChange(reached, next, model) }
            : undefined;
        reached ??= next as string;
        const wanted = sortedRows([...rowsBefore, reached]);
        this.segments.push({ ...part, wanted, first, title, split: step, marker: reached });
      } else if (part.statements.length > 0 || index > 0 || !this.#hasTable(step)) {
        this.#open = this.#transaction(rowsBefore, step, reached, !isLast);
        const changes = [markerChange(reached, next, model), ...(isLast ? step.versionRows : [])];
        this.#open.parts.push({ step, title, statements: part.statements, changes });
        reached = next;
      }
    }
  }

  /** Whether the version table is there for certain when a step begins. */
  #hasTable({ planned }: ScriptStep): boolean {
    return planned.rowsBefore.length > 0 || this.segments.length > 0;
  }

  #transaction(
    rows: readonly string[],
    split: ScriptStep | undefined,
    marker: string | undefined,
    unfinished: boolean,
  ): TransactionSegment {
    const wanted = sortedRows(marker === undefined ? rows : [...rows, marker]);
    const segment: TransactionSegment = { kind: "transaction", wanted, parts: [], split, marker, unfinished };
    this.segments.push(segment);
    return segment;
  }
}

/** The transactions of a script and what stands between them, in order. */
export function segmentsOf(model: ScriptModel): readonly Segment[] {
  return new Segmentation(model).segments;
}
