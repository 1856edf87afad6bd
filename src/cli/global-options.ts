import type { InferredOptionTypes, Options } from "yargs";

/** Options by name, as yargs takes them: the command line, its help and its suggestions are made of them. */
export type OptionTable = Readonly<Record<string, Options>>;

/** The options that every command takes. */
export const globalOptions = {
  config: {
    alias: "c",
    type: "string",
    nargs: 1,
    describe: "The configuration file or its folder; by default the nearest sqlembic.config.ts, here or above",
  },
  name: { alias: "n", type: "string", nargs: 1, describe: "One of the named targets of the configuration" },
  x: {
    type: "string",
    array: true,
    nargs: 1,
    describe: "key=value for the revisions, which find it in op.x; may be repeated",
  },
  dialect: {
    type: "string",
    nargs: 1,
    describe: "postgresql, mysql, mariadb, sqlite, mssql or oracle; goes before what the configuration says",
  },
  "target-version": { type: "string", nargs: 1, describe: "The version of the server that the SQL is for" },
  raiseerr: { type: "boolean", describe: "Show the full stack of an error" },
  quiet: { alias: "q", type: "boolean", describe: "Say nothing but errors" },
} as const satisfies OptionTable;

export type GlobalOptions = OptionValues<typeof globalOptions>;

/** `--output-dir` as `outputDir`. */
type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** What a command gets for its options. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table as CamelCase<Name & string>]: InferredOptionTypes<Table>[Name];
};

/** The same name in camel case, as the values of options are found under it. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}
