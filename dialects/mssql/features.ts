import { hasSince, type Target } from "../shared/features.js";

/** The first version of SQL Server that has each feature. Those from 2016 on are all that scripts are made for. */
const versions = {
  /** STRING_AGG: https://learn.microsoft.com/sql/t-sql/functions/string-agg-transact-sql */
  stringAggregate: "2017",
};

export type Feature = keyof typeof versions;

/** The years by which Microsoft names its versions, for targets given as the number that a server reports. */
const years: Readonly<Record<string, string>> = {
  "12": "2014",
  "13": "2016",
  "14": "2017",
  "15": "2019",
  "16": "2022",
  "17": "2025",
};

/** What no year reaches: a number that Microsoft has given after these is later than all of them. */
const laterThanAll = "9999";

/** The year of a version: 15.0.4153.1 is 2019. */
export function yearOf(version: string): string {
  const [major = ""] = version.split(".");
  const isLater = Object.keys(years).every((number) => Number(number) < Number(major)) && Number(major) < 1000;
  return years[major] ?? (isLater ? laterThanAll : major);
}

/** The target has a feature. */
export function has(feature: Feature, { version }: Target): boolean {
  return hasSince(yearOf(version), versions[feature]);
}
