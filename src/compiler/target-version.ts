import { UnsupportedError } from "../errors.js";
import type { Dialect } from "./dialect.js";
import { compareVersions } from "./version.js";

/**
 * The version that a script is made for: the one that is asked for, else the dialect's default.
 *
 * @throws UnsupportedError for a version that is too old, and for one of a series that is not known here: a slip of the
 * pen, or a server whose rules nobody has looked at
 */
export function targetVersionOf(dialect: Dialect, version: string | undefined): string {
  if (version === undefined) return dialect.defaultVersion;
  const name = dialect.versionName?.(version) ?? version;
  const { oldestVersion: oldest, series } = dialect;
  const setTo = "set targetVersion, or --target-version, to";
  if (compareVersions(name, oldest) < 0) {
    throw new UnsupportedError("version-too-old", `Scripts for ${dialect.name} ${version} are not made here.`, {
      hint: `The oldest version is ${oldest}: ${setTo} it or a later one.`,
      data: { dialect: dialect.name, version, oldest },
    });
  }
  if (series.some((known) => isOfSeries(name, known))) return version;
  const newest = series.at(-1) ?? oldest;
  const isNewer = compareVersions(name, newest) > 0;
  throw new UnsupportedError("unknown-version", `${dialect.name} ${version} is not a version that is known here.`, {
    hint: isNewer
      ? `The newest that is known is ${newest}: if the server runs a later one, ${setTo} ${newest}.`
      : `Known are ${series.join(", ")}: ${setTo} one of them, or to a release of one.`,
    data: { dialect: dialect.name, version, oldest, newest, series: [...series] },
  });
}

/** Whether a version begins with the numbers of a series: 10.11.6 is of 10, and of 10.11. */
function isOfSeries(version: string, series: string): boolean {
  const numbers = series.split(".").length;
  return compareVersions(version.split(".").slice(0, numbers).join("."), series) === 0;
}
