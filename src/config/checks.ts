import { fileTemplateProblem } from "../revision/file-template.js";
import { dialectNames } from "../schema/dialect-names.js";
import { didYouMean } from "../suggestion.js";
import type { Config, TargetConfig } from "./config.js";
import { readDatabaseUrl } from "./database-url.js";

/** Collects one line per problem; each begins with the path of its key. */
export type Report = (path: string, problem: string) => void;
type Check = (value: unknown, path: string, report: Report) => void;

const targetChecks: Readonly<Record<keyof TargetConfig, Check>> = {
  dialect(value, path, report) {
    if ((dialectNames as readonly unknown[]).includes(value)) return;
    const suggestion = typeof value === "string" ? didYouMean(value, dialectNames) : "";
    report(path, `expected one of ${dialectNames.join(", ")}, found ${found(value)}.${suggestion}`);
  },
  targetVersion: text('a version in quotes, such as "16" or "8.0"', (value) => /^\d+(?:\.\d+)*[a-z]*$/i.test(value)),
  url(value, path, report) {
    // The value is not repeated: it may hold a password.
    if (typeof value !== "string")
      return report(path, `expected a database URL, found a value of type ${typeof value}`);
    const problem = readDatabaseUrl(value);
    if (typeof problem === "string") report(path, problem);
  },
  versionLocations(value, path, report) {
    if (!Array.isArray(value) || value.length === 0) {
      return report(path, `expected an array of folders, such as ["versions"], found ${found(value)}`);
    }
    value.forEach((item, index) => pathText(item, `${path}[${index}]`, report));
  },
  recursiveVersionLocations: flag,
  fileTemplate(value, path, report) {
    if (typeof value !== "string") return report(path, `expected a template, found ${found(value)}`);
    const problem = fileTemplateProblem(value);
    if (problem !== undefined) report(path, problem);
  },
  truncateSlugLength(value, path, report) {
    if (!Number.isInteger(value) || Number(value) < 1) {
      report(path, `expected a whole number above zero, found ${found(value)}`);
    }
  },
  timezone: text('the name of a time zone, such as "UTC" or "Europe/Berlin"', isTimeZone),
  revisionTemplate: pathText,
  versionTable: text("the name of a table"),
  versionTableSchema: text("the name of a schema"),
  versionTablePk: flag,
  transactionalDdl: flag,
  transactionPerMigration: flag,
  namingConvention: checkNamingConvention,
  baseline: pathText,
  schemaChecks: flag,
  lockTimeout: duration,
  statementTimeout: duration,
  targetSchema: checkTargetSchema,
  compareType: flag,
  compareServerDefault: flag,
  includeSchemas(value, path, report) {
    if (typeof value === "boolean") return;
    if (!Array.isArray(value)) {
      return report(path, `expected true, false or an array of names of schemas, found ${found(value)}`);
    }
    value.forEach((item, index) => text("the name of a schema")(item, `${path}[${index}]`, report));
  },
  includeName: callback("name, type, parentNames"),
  includeObject: callback("object, name, type, reflected, compareTo"),
  processRevisionDirectives: callback("context, revision, directives"),
  renderItem: callback("type, item, context"),
  renderAsBatch: flag,
  postWriteHooks(value, path, report) {
    if (!Array.isArray(value)) {
      return report(path, `expected an array of commands, such as ["prettier --write"], found ${found(value)}`);
    }
    value.forEach((item, index) => command(item, `${path}[${index}]`, report));
  },
  x(value, path, report) {
    if (!isObject(value)) return report(path, `expected an object of strings, found ${found(value)}`);
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== "string") report(`${path}.${key}`, `expected a string, found ${found(item)}`);
    }
  },
};

const configChecks: Readonly<Record<keyof Config, Check>> = {
  ...targetChecks,
  targets(value, path, report) {
    if (!isObject(value)) return report(path, `expected an object of named targets, found ${found(value)}`);
    for (const [name, target] of Object.entries(value)) checkKeys(target, targetChecks, `${path}.${name}`, report);
  },
};

/** Checks a whole configuration, its targets included, and reports every problem. */
export function checkConfig(value: unknown, report: Report): value is Config {
  let isValid = true;
  checkKeys(value, configChecks, "", (path, problem) => {
    isValid = false;
    report(path, problem);
  });
  return isValid;
}

/** Reads a duration that has been checked, in milliseconds. */
export function milliseconds(value: string | number): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? value : undefined;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)$/.exec(value) ?? [];
  const factor = unit === undefined ? undefined : { ms: 1, s: 1000, min: 60_000, h: 3_600_000 }[unit];
  return factor === undefined ? undefined : Math.round(Number(amount) * factor);
}

function checkKeys(value: unknown, checks: Readonly<Record<string, Check>>, path: string, report: Report): void {
  if (!isObject(value)) return report(path || "the configuration", `expected an object, found ${found(value)}`);
  for (const [key, item] of Object.entries(value)) {
    const keyPath = path === "" ? key : `${path}.${key}`;
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check === undefined) report(keyPath, `unknown key.${suggestKey(key, checks)}`);
    else if (item !== undefined) check(item, keyPath, report);
  }
}

function suggestKey(key: string, checks: Readonly<Record<string, Check>>): string {
  // Settings are often copied from an alembic.ini.
  const camelCase = key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(checks, camelCase)) return ` Did you mean "${camelCase}"?`;
  if (key === "targets") return " A target cannot have targets of its own.";
  return didYouMean(key, Object.keys(checks));
}

function checkNamingConvention(value: unknown, path: string, report: Report): void {
  if (!isObject(value)) return report(path, `expected an object, found ${found(value)}`);
  const kinds = ["fk", "pk", "ix", "ck", "uq"];
  const templates = kinds.map((kind) => value[kind]).join(" ");
  for (const [key, item] of Object.entries(value)) {
    const keyPath = `${path}.${key}`;
    if (kinds.includes(key)) {
      if (typeof item !== "string" || item === "") {
        report(keyPath, `expected a template such as "${key}_%(table_name)s", found ${found(item)}`);
      }
    } else if (typeof item !== "function" && typeof item !== "string") {
      report(keyPath, `expected a function that makes the text of the token %(${key})s, found ${found(item)}`);
    } else if (!templates.includes(`%(${key})`)) {
      report(keyPath, `is neither a kind (${kinds.join(", ")}) nor a token that a template uses`);
    }
  }
}

function checkTargetSchema(value: unknown, path: string, report: Report): void {
  if (isObject(value)) {
    checkKeys(value, { command }, path, report);
    if (value["command"] === undefined) report(`${path}.command`, "is missing");
  } else if (Array.isArray(value)) {
    if (value.length === 0) report(path, "expected at least one file, found an empty array");
    value.forEach((item, index) => pathText(item, `${path}[${index}]`, report));
  } else if (typeof value !== "string" || value.trim() === "") {
    report(
      path,
      `expected a file such as "./schema.ts", an array of files, or { command: "…" }, found ${found(value)}`,
    );
  }
}

function command(value: unknown, path: string, report: Report): void {
  text("a command, as it is typed")(value, path, report);
}

function callback(parameters: string): Check {
  return (value, path, report) => {
    if (typeof value !== "function") report(path, `expected a function (${parameters}) => …, found ${found(value)}`);
  };
}

function text(expected: string, isValid = (value: string): boolean => value.trim() !== ""): Check {
  return (value, path, report) => {
    if (typeof value !== "string" || !isValid(value)) report(path, `expected ${expected}, found ${found(value)}`);
  };
}

function pathText(value: unknown, path: string, report: Report): void {
  text("a path, relative to the configuration file")(value, path, report);
}

function flag(value: unknown, path: string, report: Report): void {
  if (typeof value !== "boolean") report(path, `expected true or false, found ${found(value)}`);
}

function duration(value: unknown, path: string, report: Report): void {
  if ((typeof value !== "number" && typeof value !== "string") || milliseconds(value) === undefined) {
    report(path, `expected milliseconds or a time such as "5s" or "2min", found ${found(value)}`);
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function found(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object") return "an object";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "undefined" ? "undefined" : `a ${typeof value}`;
}
