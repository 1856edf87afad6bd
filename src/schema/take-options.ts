import { OperationError } from "../errors.js";
import { nearest } from "../suggestion.js";
import { saidOfGroupOption, saidOfKeyword } from "./alembic-keywords.js";
import type { DialectName, DialectOptions } from "./dialect-names.js";
import { dialectNames } from "./dialect-names.js";

/** What can carry dialect options. */
export type OptionOwner =
  | "table"
  | "column"
  | "index"
  | "dropIndex"
  | "primaryKey"
  | "unique"
  | "foreignKey"
  | "check"
  | "exclude"
  | "alterColumn"
  | "dropColumn"
  | "view"
  | "trigger"
  | "partition"
  | "none";

const mysqlView = ["algorithm", "definer", "sqlSecurity"];
const mysqlColumn = ["srid", "visible", "columnFormat", "storage"];
const mysqlTrigger = ["definer", "follows", "precedes"];
const mysqlIndex = ["using", "length", "prefix", "withParser", "comment", "visible"];

const indexOptions = {
  postgresql: ["using", "include", "where", "ops", "concurrently", "with", "tablespace", "nullsNotDistinct"],
  mysql: mysqlIndex,
  mariadb: mysqlIndex,
  sqlite: ["where"],
  mssql: ["clustered", "include", "where", "columnstore"],
  oracle: ["bitmap", "compress", "vector"],
};

type OptionNames = { readonly [D in DialectName]?: readonly string[] | "any" };

const optionNames: { readonly [O in Exclude<OptionOwner, "dropColumn">]: OptionNames } = {
  table: {
    postgresql: ["ignoreSearchPath", "tablespace", "partitionBy", "with", "withOids", "onCommit", "inherits", "using"],
    mysql: "any",
    mariadb: "any",
    sqlite: ["autoincrement", "withRowid", "strict"],
    mssql: [],
    oracle: ["resolveSynonyms", "onCommit", "compress", "tablespace"],
  },
  column: {
    sqlite: ["onConflictPrimaryKey", "onConflictNotNull", "onConflictUnique"],
    mssql: ["identityStart", "identityIncrement"],
    mysql: mysqlColumn,
    mariadb: mysqlColumn,
  },
  index: indexOptions,
  dropIndex: indexOptions,
  primaryKey: {
    postgresql: ["include", "usingIndex"],
    mysql: ["using", "length"],
    mariadb: ["using", "length"],
    sqlite: ["onConflict"],
    mssql: ["clustered"],
  },
  unique: { postgresql: ["include", "nullsNotDistinct", "usingIndex"], sqlite: ["onConflict"], mssql: ["clustered"] },
  foreignKey: { postgresql: ["notValid"] },
  check: { postgresql: ["notValid"], sqlite: ["onConflict"] },
  exclude: { postgresql: ["ops"] },
  alterColumn: { postgresql: ["using"] },
  view: {
    postgresql: ["with", "using", "tablespace"],
    mysql: mysqlView,
    mariadb: mysqlView,
    mssql: ["schemaBinding"],
    oracle: ["refresh"],
  },
  trigger: {
    postgresql: ["constraint", "deferrable", "initially", "referencing"],
    mysql: mysqlTrigger,
    mariadb: mysqlTrigger,
  },
  partition: { postgresql: ["partitionBy", "tablespace"] },
  none: {},
};

/** What only dropping a column takes. */
const ownDropColumnOptions: OptionNames = { mssql: ["dropCheck", "dropDefault", "dropForeignKey"] };

/**
 * Alembic's drop_column takes whatever keyword it is given, and knows those of SQL Server alone: what an option of the
 * dialect is called anywhere is taken, so that a typing error is not.
 */
const dropColumnOptions: OptionNames = Object.fromEntries(
  dialectNames.map((dialect) => {
    const all = [ownDropColumnOptions, ...Object.values(optionNames)].flatMap(({ [dialect]: names = [] }) =>
      names === "any" ? [] : names,
    );
    const takesAny = optionNames.table[dialect] === "any";
    return [dialect, takesAny ? "any" : [...new Set(all)]];
  }),
);

function namesOf(owner: OptionOwner): OptionNames {
  return owner === "dropColumn" ? dropColumnOptions : optionNames[owner];
}

function describe(names: readonly string[]): string {
  return names.length === 0 ? "It takes none." : `It takes ${names.join(", ")}.`;
}

/** Alembic's keyword of a dialect, `postgresql_where`, as it is written here: `postgresql: { where: … }`. */
function inGroup(option: string): string | undefined {
  const [dialect = "", ...words] = option.split("_");
  if (words.length === 0 || !(dialectNames as readonly string[]).includes(dialect)) return undefined;
  const name = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
  return `${dialect}: { ${name}: … }`;
}

interface Unknown {
  /** What was called, and the group in it. */
  readonly where: string;
  readonly option: string;
  readonly allowed: readonly string[];
  /** What Alembic does with it, or undefined when that is not to be said. */
  readonly inAlembic: string | undefined;
}

function unknownOption({ where, option, allowed, inAlembic }: Unknown): OperationError {
  const group = inGroup(option);
  const candidate = nearest(option, allowed);
  const hints =
    group !== undefined
      ? [`Options of one dialect stand in a group: ${group}.`]
      : candidate !== undefined
        ? [`Did you mean "${candidate}"?`, describe(allowed)]
        : [...(inAlembic === undefined ? [] : [inAlembic]), describe(allowed)];
  return new OperationError("unknown-option", `${where} has no option "${option}".`, {
    hint: hints.join(" "),
    data: { option, allowed },
  });
}

/** What most items have: one object for all of them, since a long history has a hundred thousand. */
const noOptions: DialectOptions = Object.freeze({});

/**
 * Checks the names in an options object and returns its dialect groups.
 *
 * @param where what was called, for the message: `op.createIndex`
 * @param names the options besides dialect groups
 * @throws OperationError for a name that is not an option, with the nearest one that is
 */
export function takeOptions(
  where: string,
  options: object,
  names: readonly string[],
  owner: OptionOwner,
): DialectOptions {
  let groups: { -readonly [D in DialectName]?: DialectOptions[D] } | undefined;
  for (const option in options) {
    if (names.includes(option)) continue;
    const value = (options as Readonly<Record<string, unknown>>)[option];
    if (!(dialectNames as readonly string[]).includes(option)) {
      const allowed = [...names, ...Object.keys(namesOf(owner))];
      throw unknownOption({ where, option, allowed, inAlembic: saidOfKeyword(option) });
    }
    if (value === undefined) continue;
    const dialect = option as DialectName;
    const allowed = namesOf(owner)[dialect] ?? [];
    for (const name of Object.keys(value as object)) {
      if (allowed === "any" || allowed.includes(name)) continue;
      const inAlembic = saidOfGroupOption(name, owner === "dropColumn" || owner === "alterColumn");
      throw unknownOption({ where: `${where}, group ${dialect}:`, option: name, allowed, inAlembic });
    }
    groups ??= {};
    groups[dialect] = value as Readonly<Record<string, unknown>>;
  }
  return groups ?? noOptions;
}
