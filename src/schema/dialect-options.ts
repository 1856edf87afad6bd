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
