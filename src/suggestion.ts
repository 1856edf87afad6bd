import { requirePackage } from "./on-demand.js";

/**
 * The candidate nearest to a mistyped name, or undefined when none is near enough to be meant.
 *
 * @example nearest("nullabel", ["nullable", "unique"]) // "nullable"
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const { distance } = requirePackage("fastest-levenshtein") as typeof import("fastest-levenshtein");
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const candidateDistance = distance(name.toLowerCase(), candidate.toLowerCase());
    if (candidateDistance < bestDistance) {
      best = candidate;
      bestDistance = candidateDistance;
    }
  }
  return best;
}

/** ` Did you mean "x"?`, or an empty string when nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const candidate = nearest(name, candidates);
  return candidate === undefined ? "" : ` Did you mean "${candidate}"?`;
}
