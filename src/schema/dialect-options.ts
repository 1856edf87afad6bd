import { OperationError } from "../errors.js";
import { nearest } from "../suggestion.js";
import { saidOfGroupOption, saidOfKeyword } from "./alembic-keywords.js";
import type { DialectName, DialectOptions } from "./dialect-names.js";
import { dialectNames } from "./dialect-names.js";
import type { SqlText } from "./expressions.js";

/** Options of a table that one dialect has. */
export interface TableDialectOptions {
  readonly postgresql?: {
    readonly ignoreSearchPath?: boolean;
    readonly tablespace?: string;
    readonly partitionBy?: string;
    readonly with?: Readonly<Record<string, string | number | boolean>>;
    readonly withOids?: boolean;
    readonly onCommit?: string;
    readonly inherits?: string | readonly string[];
    readonly using?: string;
  };
  /** Any table option in camelCase: `engine`, `charset`, `rowFormat` → ROW_FORMAT, `defaultCharset` → DEFAULT CHARSET. */
  readonly mysql?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly mariadb?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly sqlite?: { readonly autoincrement?: boolean; readonly withRowid?: boolean; readonly strict?: boolean };
  readonly mssql?: Readonly<Record<string, never>>;
  readonly oracle?: {
    readonly resolveSynonyms?: boolean;
    readonly onCommit?: string;
    readonly compress?: boolean | string;
    readonly tablespace?: string;
  };
}

/** What is taken of a dialect where Alembic takes it and writes nothing for it, as in what a drop says of what it drops. */
type WithoutEffect = Readonly<Record<string, unknown>>;

/** SQL Server refuses to drop a column that a constraint uses: `mssql` looks the constraint up and drops it first. */
export interface DropColumnDialectOptions {
  readonly postgresql?: WithoutEffect;
  readonly mysql?: WithoutEffect;
  readonly mariadb?: WithoutEffect;
  readonly sqlite?: WithoutEffect;
  readonly mssql?: { readonly dropCheck?: boolean; readonly dropDefault?: boolean; readonly dropForeignKey?: boolean };
  readonly oracle?: WithoutEffect;
}

/** Options of an index that one dialect has. */
export interface IndexDialectOptions {
  readonly postgresql?: {
    readonly using?: string;
    readonly include?: readonly string[];
    readonly where?: string | SqlText;
    readonly ops?: Readonly<Record<string, string>>;
    readonly concurrently?: boolean;
    readonly with?: Readonly<Record<string, string | number | boolean>>;
    readonly tablespace?: string;
    readonly nullsNotDistinct?: boolean;
  };
  readonly mysql?: MysqlIndexOptions;
  readonly mariadb?: MysqlIndexOptions;
  readonly sqlite?: { readonly where?: string | SqlText };
  readonly mssql?: {
    readonly clustered?: boolean;
    readonly include?: readonly string[];
    readonly where?: string | SqlText;
    readonly columnstore?: boolean;
  };
  readonly oracle?: {
    readonly bitmap?: boolean;
    readonly compress?: boolean | number;
    readonly vector?: boolean | Readonly<Record<string, string | number>>;
  };
}

/** Options of a primary key on MySQL and MariaDB. */
export interface MysqlKeyOptions {
  readonly using?: string;
  /** How many characters of a column are in the key: of all, or by their names. */
  readonly length?: number | Readonly<Record<string, number>>;
}

export interface MysqlIndexOptions extends MysqlKeyOptions {
  readonly comment?: string;
  /** False: the optimiser does not use it. */
  readonly visible?: boolean;
  /** FULLTEXT or SPATIAL. */
  readonly prefix?: string;
  readonly withParser?: string;
}

export interface MysqlColumnOptions {
  /** The spatial reference system of all values of the column. */
  readonly srid?: number;
  /** False: `SELECT *` leaves it out. */
  readonly visible?: boolean;
  /** FIXED, DYNAMIC or DEFAULT. */
  readonly columnFormat?: string;
  /** DISK, MEMORY or DEFAULT. */
  readonly storage?: string;
}

/** Options of a column that one dialect has. */
export interface ColumnDialectOptions {
  readonly sqlite?: {
    readonly onConflictPrimaryKey?: string;
    readonly onConflictNotNull?: string;
    readonly onConflictUnique?: string;
  };
  readonly mssql?: { readonly identityStart?: number; readonly identityIncrement?: number };
  readonly mysql?: MysqlColumnOptions;
  readonly mariadb?: MysqlColumnOptions;
}

/** Options of a constraint that one dialect has. */
export interface ConstraintDialectOptions {
  readonly postgresql?: {
    /** CHECK and FOREIGN KEY. */
    readonly notValid?: boolean;
    /** PRIMARY KEY and UNIQUE. */
    readonly include?: readonly string[];
    /** UNIQUE. */
    readonly nullsNotDistinct?: boolean;
    /** PRIMARY KEY and UNIQUE that are added to a table: the unique index that becomes the constraint's own. */
    readonly usingIndex?: string;
    /** EXCLUDE: operator classes by column name. */
    readonly ops?: Readonly<Record<string, string>>;
  };
  readonly mysql?: MysqlKeyOptions;
  readonly mariadb?: MysqlKeyOptions;
  readonly sqlite?: { readonly onConflict?: string };
  /** PRIMARY KEY and UNIQUE. */
  readonly mssql?: { readonly clustered?: boolean };
}

/** Options of a view that one dialect has. */
export interface ViewDialectOptions {
  readonly postgresql?: {
    /** Options of the view, such as `{ security_invoker: true }`; storage parameters when it is materialised. */
    readonly with?: Readonly<Record<string, string | number | boolean>>;
    /** Materialised views: the access method and the tablespace. */
    readonly using?: string;
    readonly tablespace?: string;
  };
  readonly mysql?: MysqlViewOptions;
  readonly mariadb?: MysqlViewOptions;
  readonly mssql?: { readonly schemaBinding?: boolean };
  /** Materialised views: words behind REFRESH, such as `"FAST ON COMMIT"`. */
  readonly oracle?: { readonly refresh?: string };
}

export interface MysqlViewOptions {
  /** UNDEFINED, MERGE or TEMPTABLE. */
  readonly algorithm?: string;
  /** An account, such as `"admin@localhost"`. */
  readonly definer?: string;
  /** DEFINER or INVOKER. */
  readonly sqlSecurity?: string;
}

/** Options of a trigger that one dialect has. */
export interface TriggerDialectOptions {
  readonly postgresql?: {
    /** A constraint trigger, which may wait for the end of the transaction. */
    readonly constraint?: boolean;
    readonly deferrable?: boolean;
    readonly initially?: string;
    /** SQL behind REFERENCING, such as `"NEW TABLE AS added"`. */
    readonly referencing?: string;
  };
  readonly mysql?: MysqlTriggerOptions;
  readonly mariadb?: MysqlTriggerOptions;
}

export interface MysqlTriggerOptions {
  readonly definer?: string;
  /** The trigger behind which, or before which, this one runs. */
  readonly follows?: string;
  readonly precedes?: string;
}

/** Options of a partition that one dialect has. */
export interface PartitionDialectOptions {
  readonly postgresql?: {
    /** How the partition is parted itself. */
    readonly partitionBy?: string;
    readonly tablespace?: string;
  };
}

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
