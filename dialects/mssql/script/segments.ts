import type { ScriptModel, ScriptStep, VersionRowStatement } from "../../../src/compiler/script/model.js";
import { markerChange } from "../../shared/half-applied.js";
import { partsOf } from "./parts.js";
import type { ScriptStatement } from "./statements.js";

/** What of one revision runs in one transaction, or between two. */
export interface RevisionPart {
  readonly step: ScriptStep;
  readonly title: string;
  readonly statements: readonly ScriptStatement[];
  /** Changes of the version rows: those of the revision, or of the row that says how far it is. */
  readonly changes: readonly VersionRowStatement[];
}

/** A transaction of a script, or a statement between two. */
export interface Segment {
  readonly isOutside: boolean;
  /** The version rows that it starts from. */
  readonly wanted: readonly string[];
  readonly parts: readonly RevisionPart[];
  /** It begins behind a commit of the script: a run that ended early may go on here. */
  readonly isResumption: boolean;
  /** It leaves or finds a revision half-applied, or both. */
  readonly isPart: boolean;
}

/** Version rows in the order of the guard's query: by code. */
function sorted(rows: readonly string[]): readonly string[] {
  return [...rows].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

/** Cuts the revisions of a script into transactions and what stands between them. */
export function segmentsOf(model: ScriptModel): readonly Segment[] {
  const segments: (Segment & { readonly parts: RevisionPart[] })[] = [];
  let isOpen = false;
  for (const step of model.steps) {
    const parts = partsOf(step);
    for (const [index, { isOutside, statements, title, from, to }] of parts.entries()) {
      const changes = [
        ...(from === to ? [] : [markerChange(from, to, model)]),
        ...(index === parts.length - 1 ? step.versionRows : []),
      ];
      const part: RevisionPart = { step, title, statements, changes };
      const open = isOpen && parts.length === 1 ? segments.at(-1) : undefined;
      if (open !== undefined) open.parts.push(part);
      else {
        const { rowsBefore } = step.planned;
        const wanted = sorted(from === undefined ? rowsBefore : [...rowsBefore, from]);
        const isPart = parts.length > 1;
        segments.push({ isOutside, wanted, parts: [part], isResumption: segments.length > 0, isPart });
      }
    }
    isOpen = !model.transactionPerMigration;
  }
  return segments;
}
