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

/** The year of the target version: 15.0.4153.1 is 2019. */
function targetYear(context: RenderContext): string {
  const [major = ""] = context.version.split(".");
  return years[major] ?? major;
}

/** Whether the target is of that year or later. */
export function since(context: RenderContext, year: string): boolean {
  return compareVersions(targetYear(context), year) >= 0;
}

/** `IF EXISTS `, from SQL Server 2016 on. */
export function ifExistsText(ifExists: boolean, context: RenderContext): string {
  if (!ifExists) return "";
  if (!since(context, "2016")) {
    throw context.unsupported(
      `SQL Server ${context.version} has no DROP … IF EXISTS; 2016 has.`,
      "Remove ifExists, or set targetVersion to 2016.",
    );
  }
  return "IF EXISTS ";
}
