import { UnsupportedError } from "../errors.js";
import type { Dialect } from "./dialect.js";
import { compareVersions } from "./version.js";

/**
 * The version that a script is made for: the one that is asked for, else the dialect's default.
 *
 * @throws UnsupportedError for a version that is too old: its rules are not known here
 */
export function targetVersionOf(dialect: Dialect, version: string | undefined): string {
  if (version === undefined) return dialect.defaultVersion;
  const name = dialect.versionName?.(version) ?? version;
  if (compareVersions(name, dialect.oldestVersion) >= 0) return version;
  throw new UnsupportedError("version-too-old", `Scripts for ${dialect.name} ${version} are not made here.`, {
    hint: `The oldest version is ${dialect.oldestVersion}: set targetVersion, or --target-version, to it or a later one.`,
    data: { dialect: dialect.name, version, oldest: dialect.oldestVersion },
  });
}
