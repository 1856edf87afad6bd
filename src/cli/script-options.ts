import { UsageError } from "../errors.js";
import type { GlobalOptions, OptionTable, OptionValues } from "./global-options.js";
import { versionRowOptions } from "./version-rows.js";

/** Where a script goes, and how it is compared. */
export const destinationOptions = {
  output: {
    alias: "o",
    type: "string",
    nargs: 1,
    describe: "Write the script to this file instead of standard output",
  },
  check: {
    type: "string",
    nargs: 1,
    describe: "Write nothing; fail with a diff when this file (or folder) is not what compiles now",
  },
  plain: { type: "boolean", describe: "Alembic's own layout and nothing else" },
  sql: { type: "boolean", describe: "Accepted for the sake of Alembic's users: there is no other mode" },
} as const satisfies OptionTable;

/** How a script defends itself; `plain` is among the options of its destination. */
const layoutOptions = {
  idempotent: { type: "boolean", describe: "A script for any version of the range, which skips what is applied" },
  resumable: { type: "boolean", describe: "For servers without transactional DDL: goes on where a run was cut off" },
  block: { type: "boolean", describe: "For MariaDB: one block, which the server runs without the client" },
} as const satisfies OptionTable;

/** What a script is applied with, and what it says of its session. */
export const sessionOptions = {
  client: {
    type: "string",
    nargs: 1,
    describe: "What applies the script: psql, mysql, sqlite3, sqlcmd, sqlplus, or any for drivers and the like",
  },
  set: {
    type: "string",
    array: true,
    nargs: 1,
    describe: "name=value, a setting of the session such as work_mem=1GB; may be repeated",
  },
  ascii: { type: "boolean", describe: "Write ASCII only: values by codes, safe from every code page" },
  "lock-timeout": { type: "string", nargs: 1, describe: "How long a statement may wait for a lock, such as 5s" },
  "statement-timeout": { type: "string", nargs: 1, describe: "How long a statement may run, such as 10min" },
} as const satisfies OptionTable;

/** The options of `upgrade`, `downgrade` and `stamp`. */
export const scriptOptions = {
  ...versionRowOptions,
  ...destinationOptions,
  ...layoutOptions,
  ...sessionOptions,
  "output-dir": {
    type: "string",
    nargs: 1,
    describe: "Write one numbered file for each revision into this folder",
  },
  "transaction-per-migration": { type: "boolean", describe: "Give each revision a transaction of its own" },
  tag: { type: "string", nargs: 1, describe: "A word for the revisions, which find it in op.tag" },
  "no-parse": { type: "boolean", describe: "Do not check the syntax of SQL in op.execute" },
} as const satisfies OptionTable;

/** What `upgrade` and `downgrade` have besides. */
export const rangeOptions = {
  ...scriptOptions,
  "no-schema-checks": { type: "boolean", describe: "Do not check operations against the replayed schema" },
  "whole-history": {
    type: "boolean",
    describe: "Replay the revisions before the range too, so that an upgrade is checked against the whole schema",
  },
  "with-before": {
    type: "boolean",
    describe: "Tell, as comments before a statement, what it takes away or changes",
  },
  "keep-going": {
    type: "boolean",
    describe: "Put statements that refuse to run in the place of revisions that cannot be compiled, and fail",
  },
} as const satisfies OptionTable;

export type DestinationOptions = GlobalOptions & OptionValues<typeof destinationOptions>;
type SessionOptions = OptionValues<typeof sessionOptions>;
export type LayoutOptions = OptionValues<typeof layoutOptions> & SessionOptions & Pick<DestinationOptions, "plain">;
export type ScriptOptions = GlobalOptions &
  OptionValues<typeof scriptOptions> &
  Partial<OptionValues<typeof rangeOptions>>;

/** Where the SQL goes. Paths are as the user wrote them. */
export type Destination =
  | { readonly kind: "stdout" }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "check"; readonly path: string };

/** @throws UsageError when more than one is named */
export function destinationOf(options: DestinationOptions & { readonly outputDir?: string | undefined }): Destination {
  const { output, outputDir, check } = options;
  const named = Object.entries({ "--output": output, "--output-dir": outputDir, "--check": check });
  const given = named.filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    const names = given.map(([name]) => name);
    throw new UsageError("two-destinations", `${names.join(" and ")} cannot be combined.`, {
      hint: "--check FILE compares with a file that an earlier run wrote; it writes nothing itself.",
      data: { options: names },
    });
  }
  const empty = given.find(([, value]) => value === "");
  if (empty !== undefined) throw new UsageError("missing-value", `${empty[0]} has an empty value.`);
  if (check !== undefined) return { kind: "check", path: check };
  if (outputDir !== undefined) return { kind: "folder", path: outputDir };
  return output === undefined || output === "-" ? { kind: "stdout" } : { kind: "file", path: output };
}
