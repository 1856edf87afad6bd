import { differenceText, type Difference } from "../catalog/compare.js";
import type { Origin } from "../errors.js";
import { visibleText } from "../visible-text.js";
import type { Proof, RevisionProof, Verdict } from "./proof.js";

const verdictWords: Readonly<Record<Verdict, string>> = {
  reversible: "reversible",
  lossy: "reversible with data loss",
  irreversible: "not reversible",
  downgradeFailed: "downgrade cannot be compiled",
  notInverse: "downgrade is not the inverse",
  unproven: "cannot be proven",
  failed: "upgrade cannot be compiled",
};

function placed(text: string, origin: Origin | undefined): string {
  return origin === undefined ? text : `${text} (${origin.file}:${origin.line})`;
}

/** Everything that is said of one revision, a sentence for each line. */
function sentences(proof: RevisionProof): readonly string[] {
  return [
    ...proof.reasons.map(({ text, origin }) => placed(text, origin)),
    ...proof.differences.map((difference) => `after the downgrade, ${differenceText(difference)}`),
    ...proof.losses.map(({ what, direction, origin }) => placed(`the ${direction} loses ${what}`, origin)),
    ...proof.hazards.map(({ text, origin }) => placed(`the downgrade ${text}`, origin)),
    ...proof.dataStatements.map(({ text, direction, origin }) => placed(`the ${direction} ${text}`, origin)),
    ...(proof.movedColumns.length === 0
      ? []
      : [`added anew, ${proof.movedColumns.join(", ")} may stand behind other columns than before`]),
    ...(proof.engine ?? []).map((text) => `on the server: ${text}`),
  ];
}

function summary({ revisions }: Proof): string {
  const counts = (Object.keys(verdictWords) as Verdict[])
    .map((verdict) => [revisions.filter((proof) => proof.verdict === verdict).length, verdictWords[verdict]] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`);
  const total = `${revisions.length} revision${revisions.length === 1 ? "" : "s"}`;
  return counts.length === 0 ? total : `${total}: ${counts.join(", ")}`;
}

/**
 * A proof for people: a line for each revision, what was found of it below, and a summary.
 *
 * @example
 * // 6c55e0560fd4  reversible with data loss  add root_cause table
 * //     the downgrade loses all rows of root_cause (versions/6c55e0560fd4_add_root_cause_table.ts:33)
 * //
 * // 1 revision: 1 reversible with data loss
 */
export function proofText(proof: Proof): string {
  const width = Math.max(0, ...proof.revisions.map(({ revision }) => revision.length));
  const verdictWidth = Math.max(0, ...proof.revisions.map(({ verdict }) => verdictWords[verdict].length));
  const blocks = proof.revisions.map((one) => {
    const message = visibleText(one.message.replace(/\s+/g, " ").trim());
    const head =
      `${one.revision.padEnd(width)}  ${verdictWords[one.verdict].padEnd(verdictWidth)}  ${message}`.trimEnd();
    return [head, ...sentences(one).map((sentence) => `    ${sentence}`)].join("\n");
  });
  return `${[...blocks, "", summary(proof)].join("\n")}\n`;
}

function originJson(origin: Origin | undefined): object {
  return origin === undefined ? {} : { file: origin.file, line: origin.line };
}

function differenceJson(difference: Difference): object {
  const text = differenceText(difference);
  if (difference.difference === "order") return { ...difference, text };
  const { object, ...rest } = difference;
  const { kind, table, name } = object;
  return { ...rest, kind, ...(table !== undefined && { table }), name, text };
}

/** A proof for programs. */
export function proofJson({ revisions }: Proof): object {
  return {
    revisions: revisions.map((proof) => ({
      revision: proof.revision,
      message: proof.message,
      file: proof.file,
      verdict: proof.verdict,
      reasons: proof.reasons.map(({ text, origin }) => ({ text, ...originJson(origin) })),
      differences: proof.differences.map(differenceJson),
      losses: proof.losses.map(({ what, direction, origin }) => ({ direction, what, ...originJson(origin) })),
      hazards: proof.hazards.map(({ text, origin }) => ({ text, ...originJson(origin) })),
      dataStatements: proof.dataStatements.map(({ text, direction, origin }) => ({
        direction,
        text,
        ...originJson(origin),
      })),
      movedColumns: proof.movedColumns,
      ...(proof.engine !== undefined && { engine: proof.engine }),
    })),
  };
}
