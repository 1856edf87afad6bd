import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import type { Origin } from "../../../src/errors.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { OperationNode } from "../../../src/operations/index.js";
import { mssqlTypes } from "../../../src/schema/types/mssql.js";
import { t } from "../../../src/schema/types/generic.js";
import type { SqlType } from "../../../src/schema/types/type.js";
import type { Cursor, QualifiedName } from "../../shared/reader/cursor.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { ignoring, type TableOptions, type Understood } from "../../shared/reader/grammar.js";
import { alterColumn } from "../../shared/reader/nodes.js";
import { changingWords, readerOf } from "../../shared/reader/statement-reader.js";
import { tokensOf } from "../../shared/sql-text/tokens.js";
import type { TypeMakers } from "../../shared/reader/types.js";
import { lengthAt, numberAt, standardMakers, typeArguments, typeNamed } from "../../shared/reader/types.js";
import { lexicalRules } from "../lexical-rules.js";

const precise =
  (make: typeof mssqlTypes.DATETIME2 | typeof mssqlTypes.DATETIMEOFFSET | typeof t.TIME) =>
  (args: readonly string[]): SqlType => {
    const precision = numberAt(args, 0);
    return make(precision === undefined ? {} : { precision });
  };

const makers: TypeMakers = {
  ...standardMakers,
  TINYINT: () => mssqlTypes.TINYINT(),
  BIT: () => mssqlTypes.BIT(),
  DATETIME2: precise(mssqlTypes.DATETIME2),
  DATETIMEOFFSET: precise(mssqlTypes.DATETIMEOFFSET),
  TIME: precise(t.TIME),
  SMALLDATETIME: () => mssqlTypes.SMALLDATETIME(),
  MONEY: () => mssqlTypes.MONEY(),
  SMALLMONEY: () => mssqlTypes.SMALLMONEY(),
  NTEXT: () => mssqlTypes.NTEXT(),
  IMAGE: () => mssqlTypes.IMAGE(),
  ROWVERSION: () => mssqlTypes.ROWVERSION(),
  SQL_VARIANT: () => mssqlTypes.SQL_VARIANT(),
  UNIQUEIDENTIFIER: () => mssqlTypes.UNIQUEIDENTIFIER(),
  VARBINARY: (args) => mssqlTypes.VARBINARY(lengthAt(args)),
  XML: () => mssqlTypes.XML(),
};

function readType(cursor: Cursor): SqlType {
  const start = cursor.place;
  const { name, schema } = cursor.qualifiedName();
  const isDouble = name.toUpperCase() === "DOUBLE" && cursor.accept("PRECISION");
  const args = typeArguments(cursor);
  const isOwn = schema === undefined || schema === "sys";
  const key = isOwn ? (isDouble ? "DOUBLE PRECISION" : name.toUpperCase()) : "";
  return typeNamed(makers, key, args, cursor.textFrom(start));
}

/** File groups and compression are where a table lies, not what it is. */
function readTableOptions(cursor: Cursor): TableOptions {
  while (!cursor.isAtEnd) {
    if (cursor.acceptOneOf("ON", "TEXTIMAGE_ON", "FILESTREAM_ON") !== undefined) {
      cursor.name();
      if (cursor.isAt("(")) cursor.parenthesized();
    } else if (cursor.accept("WITH")) cursor.parenthesized();
    else throw new NotUnderstood(`the option ${cursor.peek()?.text}`);
  }
  return { options: {} };
}

/** The arguments of a procedure, with their names where these are written. */
function procedureArguments(cursor: Cursor): readonly string[] {
  return cursor.commaSeparated().map((part) => {
    if (part.word()?.startsWith("@") === true && part.peek(1)?.text === "=") {
      part.next();
      part.next();
    }
    part.accept("N");
    const { value } = part.next();
    part.expectEnd();
    return value;
  });
}

/** `'dbo.t.c'`, brackets allowed, as its parts. */
function partsOf(text: string): readonly string[] {
  return tokensOf(text, { brackets: true })
    .filter(({ kind }) => kind !== "symbol")
    .map(({ kind, text: word, value }) => (kind === "word" ? word : value));
}

function qualified(parts: readonly string[]): QualifiedName {
  const [name = "", schema] = parts.toReversed();
  return { name, schema: schema === "dbo" ? undefined : schema };
}

/** https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-rename-transact-sql */
function rename(args: readonly string[], origin: Origin | undefined): readonly OperationNode[] | Understood {
  const [object, to, type] = args;
  if (object === undefined || to === undefined) throw new NotUnderstood("sp_rename without two names");
  const parts = partsOf(object);
  if (type?.toUpperCase() === "COLUMN") {
    const column = parts.at(-1) ?? "";
    return [alterColumn(qualified(parts.slice(0, -1)), column, { newColumnName: to }, origin)];
  }
  if (type?.toUpperCase() === "INDEX") {
    const table = qualified(parts.slice(0, -1));
    const from = parts.at(-1) ?? "";
    return [{ kind: "renameIndex", from, to, tableName: table.name, schema: table.schema, origin }];
  }
  if (type !== undefined && type.toUpperCase() !== "OBJECT") throw new NotUnderstood(`sp_rename of ${type}`);
  return { operations: [], changes: [{ change: "renameAny", from: qualified(parts), to, orConstraint: true }] };
}

/** `ALTER SCHEMA … TRANSFER`: https://learn.microsoft.com/sql/t-sql/statements/alter-schema-transact-sql */
function transfer(cursor: Cursor): Understood {
  const schema = cursor.name();
  cursor.expect("TRANSFER");
  cursor.accept("OBJECT", ":", ":");
  const from = cursor.qualifiedName();
  cursor.expectEnd();
  const to = { schema: schema === "dbo" ? undefined : schema, name: from.name };
  return { operations: [], changes: [{ change: "moveTable", from, to }] };
}

/** https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-addextendedproperty-transact-sql */
function describe(
  comment: string | null,
  levels: readonly string[],
  origin: Origin | undefined,
): readonly OperationNode[] {
  const [, schemaName, tableWord, tableName, columnWord, columnName] = levels;
  if (tableWord?.toUpperCase() !== "TABLE" || tableName === undefined) return [];
  const schema = schemaName === "dbo" ? undefined : schemaName;
  if (columnWord?.toUpperCase() === "COLUMN" && columnName !== undefined) {
    return [alterColumn({ schema, name: tableName }, columnName, { comment }, origin)];
  }
  if (columnWord !== undefined) return [];
  return [
    { kind: "tableComment", tableName, schema, comment: comment ?? undefined, existingComment: undefined, origin },
  ];
}

function described(operations: readonly OperationNode[]): Understood {
  return operations.length === 0 ? ignoring("other object") : { operations };
}

/**
 * Procedures of the server's own that change no object, and by which rule they are ignored.
 * https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/security-stored-procedures-transact-sql
 * https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/database-engine-stored-procedures-transact-sql
 */
const ignoredProcedures: ReadonlyMap<string, IgnoringRule> = new Map([
  ...[
    ...["sp_addrolemember", "sp_droprolemember", "sp_addsrvrolemember", "sp_dropsrvrolemember", "sp_addrole"],
    ...["sp_droprole", "sp_adduser", "sp_dropuser", "sp_grantdbaccess", "sp_revokedbaccess", "sp_addlogin"],
    ...["sp_droplogin", "sp_grantlogin", "sp_denylogin", "sp_revokelogin"],
  ].map((name) => [name, "roles"] as const),
  ...["sp_recompile", "sp_refreshview", "sp_refreshsqlmodule", "sp_updatestats"].map(
    (name) => [name, "maintenance"] as const,
  ),
  ["sp_set_session_context", "session"],
]);

function execute(cursor: Cursor, origin: Origin | undefined): readonly OperationNode[] | Understood {
  const { name } = cursor.qualifiedName();
  const ignoredBy = ignoredProcedures.get(name.toLowerCase());
  if (ignoredBy !== undefined && cursor.isAtEnd) return ignoring(ignoredBy);
  const args = procedureArguments(cursor);
  if (ignoredBy !== undefined) return ignoring(ignoredBy);
  switch (name.toLowerCase()) {
    case "sp_rename":
      return rename(args, origin);
    case "sp_addextendedproperty":
    case "sp_updateextendedproperty":
      return args[0] === "MS_Description"
        ? described(describe(args[1] ?? null, args.slice(2), origin))
        : ignoring("other object");
    case "sp_dropextendedproperty":
      return args[0] === "MS_Description" ? described(describe(null, args.slice(1), origin)) : ignoring("other object");
    default:
      throw new NotUnderstood(`the procedure ${name}`);
  }
}

/**
 * `SELECT … INTO t` makes a table, and since no semicolon is needed before the next statement, what changes objects may
 * stand behind what does not. GRANT and the like name such statements: https://learn.microsoft.com/sql/t-sql/statements/grant-transact-sql
 */
function isHarmless(words: readonly string[]): boolean {
  const [first = ""] = words;
  if ((first === "SELECT" || first === "WITH") && words.includes("INTO")) return false;
  return ["GRANT", "DENY", "REVOKE"].includes(first) || !words.slice(1).some((word) => changingWords.has(word));
}

/** How an index is stored, and the file group in which. */
function passIndexPart(cursor: Cursor): boolean {
  if (cursor.accept("WITH")) {
    cursor.parenthesized();
    return true;
  }
  if (!cursor.accept("ON")) return false;
  cursor.name();
  return true;
}

/** Reads SQL Server's DDL, in batches or not. */
export function loadReader(): SqlReader {
  return readerOf({
    script: { ...lexicalRules, client: { batchLine: /^go(?:\s+\d+)?$/i } },
    names: { defaultSchema: "dbo" },
    group: "mssql",
    readType,
    readTableOptions,
    keysCountSilently: false,
    isHarmless,
    // https://learn.microsoft.com/sql/t-sql/statements/disable-trigger-transact-sql
    ignoredWords: new Map([
      ["ENABLE", "constraint state"],
      ["DISABLE", "constraint state"],
    ]),
    semicolonsAreOptional: true,
    // how an index is stored, and whether it is in use
    ignoredStatements: [[["ALTER", "INDEX"], "storage"]],
    indexWords: new Set(["INDEX"]),
    passIndexPart,
    // the older form: https://learn.microsoft.com/sql/t-sql/statements/drop-index-transact-sql
    indexesAreDroppedByTable: true,
    alterTable: {
      defaultsAreConstraints: true,
      verbsStandOnce: true,
      clausesBeginWithCheck: true,
      columnProperties: ["SPARSE", "MASKED", "ROWGUIDCOL", "HIDDEN", "NOT"],
      retypingAllowsNull: true,
    },
    alterSchema: transfer,
    redefinedByAlter: ["view", "trigger", "function", "procedure"],
    statements: {
      EXEC: execute,
      EXECUTE: execute,
      // the first statement of a batch may leave EXEC out
      SP_RENAME: (cursor, origin) => rename(procedureArguments(cursor), origin),
    },
  });
}
