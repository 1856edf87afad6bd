import { oracleTypes } from "../../../src/schema/types/oracle.js";
import { t } from "../../../src/schema/types/generic.js";
import { rawType, type SqlType } from "../../../src/schema/types/type.js";
import { attributeWords } from "../../shared/reader/columns.js";
import { NotUnderstood, type Cursor } from "../../shared/reader/cursor.js";
import type { TypeMakers } from "../../shared/reader/types.js";
import { numberAt } from "../../shared/reader/types.js";

/** A length in characters, as it is written here; one in bytes, or in what the session says, is another type. */
function inCharacters(make: (length: number) => SqlType): TypeMakers[string] {
  return ([text = ""]) => {
    const [, length] = /^(\d+)\s+char$/i.exec(text) ?? [];
    return length === undefined ? noType : make(Number(length));
  };
}

const timestamp =
  (zone: { readonly timezone?: boolean; readonly localTimezone?: boolean }): TypeMakers[string] =>
  (args) => {
    const precision = numberAt(args, 0);
    return t.TIMESTAMP({ ...zone, ...(precision !== undefined && { precision }) });
  };

const makers: TypeMakers = {
  // a star is as many digits as there can be: https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Data-Types.html
  NUMBER: (args) =>
    args[0] === "*" ? rawType(`NUMBER(${args.join(",")})`) : oracleTypes.NUMBER(numberAt(args, 0), numberAt(args, 1)),
  NUMERIC: (args) => t.NUMERIC(numberAt(args, 0), numberAt(args, 1)),
  DECIMAL: (args) => t.DECIMAL(numberAt(args, 0), numberAt(args, 1)),
  INTEGER: () => t.INTEGER(),
  INT: () => t.INTEGER(),
  SMALLINT: () => t.SMALLINT(),
  REAL: () => t.REAL(),
  "DOUBLE PRECISION": () => t.DOUBLE_PRECISION(),
  BINARY_FLOAT: () => oracleTypes.BINARY_FLOAT(),
  BINARY_DOUBLE: () => oracleTypes.BINARY_DOUBLE(),
  VARCHAR2: inCharacters((length) => oracleTypes.VARCHAR2(length)),
  VARCHAR: inCharacters((length) => t.VARCHAR(length)),
  NVARCHAR2: (args) => oracleTypes.NVARCHAR2(numberAt(args, 0)),
  CLOB: () => t.CLOB(),
  NCLOB: () => oracleTypes.NCLOB(),
  BLOB: () => t.BLOB(),
  BFILE: () => oracleTypes.BFILE(),
  LONG: () => oracleTypes.LONG(),
  RAW: (args) => oracleTypes.RAW(numberAt(args, 0)),
  ROWID: () => oracleTypes.ROWID(),
  DATE: () => t.DATE(),
  TIMESTAMP: timestamp({}),
  "TIMESTAMP WITH TIME ZONE": timestamp({ timezone: true }),
  "TIMESTAMP WITH LOCAL TIME ZONE": timestamp({ localTimezone: true }),
  BOOLEAN: () => t.BOOLEAN(),
  JSON: () => t.JSON(),
};

/** Words behind the first that belong to the name of a type, or stand behind its arguments. */
const further: Readonly<Record<string, readonly (readonly string[])[]>> = {
  DOUBLE: [["PRECISION"]],
  LONG: [["RAW"]],
  TIMESTAMP: [
    ["WITH", "TIME", "ZONE"],
    ["WITH", "LOCAL", "TIME", "ZONE"],
  ],
  INTERVAL: [["DAY"], ["YEAR"]],
};

/** Whether a type is written here: where only the attributes of a column change, there is none. */
function isType(cursor: Cursor): boolean {
  if (cursor.isAtEnd || cursor.isAt("DROP")) return false;
  const word = cursor.word();
  return word === undefined ? cursor.peek()?.kind === "name" : !attributeWords.has(word);
}

/** No type at all. */
export const noType = rawType("");

/**
 * A type as Oracle writes it; what has no name here is known by its text.
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/Data-Types.html
 */
export function readType(cursor: Cursor): SqlType {
  if (!isType(cursor)) return noType;
  const start = cursor.place;
  const { schema, name: first } = cursor.qualifiedName();
  const words = [first.toUpperCase()];
  let args: readonly string[] = [];
  const takeArguments = (): void => {
    if (!cursor.isAt("(")) return;
    const parts = cursor.parenthesized().commaSeparated();
    args = parts.map((part) => part.rest());
  };
  takeArguments();
  for (const more of further[words[0] ?? ""] ?? []) {
    if (!cursor.accept(...more)) continue;
    words.push(...more);
    takeArguments();
  }
  if (words[0] === "INTERVAL") {
    cursor.expect("TO");
    if (cursor.acceptOneOf("SECOND", "MONTH") === undefined) throw new NotUnderstood("an interval");
    takeArguments();
    return rawType(cursor.textFrom(start));
  }
  const name = words.join(" ");
  const make = schema === undefined && Object.hasOwn(makers, name) ? makers[name] : undefined;
  const made = make?.(args) ?? noType;
  return made.name === "raw" ? rawType(cursor.textFrom(start)) : made;
}
