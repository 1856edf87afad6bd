import { compareVersions } from "../../src/compiler/version.js";
import type { RenderContext } from "../../src/compiler/render-context.js";

/** The years by which Microsoft names its versions, for targets given as the number that a server reports. */
const years: Readonly<Record<string, string>> = {
  "12": "2014",
  "13": "2016",
  "14": "2017",
  "15": "2019",
  "16": "2022",
  "17": "2025",
};

/** The year of a version: 15.0.4153.1 is 2019. */
export function yearOf(version: string): string {
  const [major = ""] = version.split(".");
  return years[major] ?? major;
}

/** Whether the target is of that year or later. */
export function since(context: RenderContext, year: string): boolean {
  return compareVersions(yearOf(context.version), year) >= 0;
}

/** `IF EXISTS `, where it is asked for. */
export function ifExistsText(ifExists: boolean): string {
  return ifExists ? "IF EXISTS " : "";
}
