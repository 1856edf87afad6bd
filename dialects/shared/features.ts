import { compareVersions } from "../../src/compiler/version.js";

/** What a feature is asked of: the context of an operation, or the model of a script. */
export interface Target {
  /** The version that is written for, such as "8.0.16" or "23". */
  readonly version: string;
}

/**
 * Whether a version of a server has what came with another, or "never" did. A version without a patch number names a
 * series, and stands for its newest release.
 *
 * @example hasSince("8.0", "8.0.16") // true
 * @example hasSince("8.0.15", "8.0.16") // false
 */
export function hasSince(version: string, since: string): boolean {
  if (since === "never") return false;
  const series = version.split(".").length;
  return compareVersions(version, since.split(".").slice(0, series).join(".")) >= 0;
}
