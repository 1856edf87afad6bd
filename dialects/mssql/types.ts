import type { TypeRenderer, TypeRenderers } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type {
  BinaryArguments,
  EnumArguments,
  NumberArguments,
  TextArguments,
  TimeArguments,
} from "../../src/schema/types/type.js";
import { bare, enumLength, sharedTypes, unsupportedType } from "../shared/types.js";

/** ` COLLATE name`; a collation is no identifier to T-SQL and takes no brackets. */
function collation({ collation: name }: TextArguments, context: RenderContext): string {
  if (name === undefined) return "";
  if (!/^\w+$/.test(name)) {
    throw context.unsupported(
      `"${name}" is not the name of a collation of SQL Server.`,
      "Write it as SELECT name FROM sys.fn_helpcollations() lists it, such as Latin1_General_100_CI_AS.",
    );
  }
  return ` COLLATE ${name}`;
}

/** A type for text of up to so many characters; without a length, of any length. */
function variableText(name: string, longest: number) {
  return (parameters: TextArguments, context: RenderContext): string => {
    const { length } = parameters;
    return `${name}(${checkedLength(name, length || "max", longest, context)})${collation(parameters, context)}`;
  };
}

/** A type for text of exactly so many characters. */
function fixedText(name: string, longest: number) {
  return (parameters: TextArguments, context: RenderContext): string => {
    const { length } = parameters;
    const size = length ? `(${checkedLength(name, length, longest, context)})` : "";
    return name + size + collation(parameters, context);
  };
}

function checkedLength(name: string, length: number | "max", longest: number, context: RenderContext) {
  if (length !== "max" && length > longest) {
    throw context.unsupported(
      `${name}(${length}) is longer than the ${longest} that SQL Server takes.`,
      'Leave the length out, or write "max", for text and bytes of any length.',
    );
  }
  return length;
}

/** TEXT and NTEXT, which take no length. */
function oldText(name: string, instead: string) {
  return (parameters: TextArguments, context: RenderContext): string => {
    if (parameters.length) {
      throw context.unsupported(`${name} has no length on SQL Server.`, `Write ${instead}.`);
    }
    return name + collation(parameters, context);
  };
}

function bytes(parameters: BinaryArguments, context: RenderContext): string {
  const { length, filestream } = parameters;
  if (filestream && length !== undefined && length !== "max") {
    throw context.unsupported(
      "VARBINARY with filestream has a length.",
      'FILESTREAM columns have any length: mssql.VARBINARY("max", { filestream: true }).',
    );
  }
  return `VARBINARY(${checkedLength("VARBINARY", length || "max", 8000, context)})${filestream ? " FILESTREAM" : ""}`;
}

const precise = (name: string, precision: number | undefined): string =>
  precision === undefined ? name : `${name}(${precision})`;

function refuseTimezone({ timezone }: TimeArguments, name: string, context: RenderContext): void {
  if (timezone) {
    throw context.unsupported(
      `${name} keeps no time zone on SQL Server.`,
      "Use t.dateTime({ timezone: true }) or mssql.DATETIMEOFFSET().",
    );
  }
}

function time(parameters: TimeArguments, context: RenderContext): string {
  refuseTimezone(parameters, "TIME", context);
  return precise("TIME", parameters.precision);
}

function dateTime({ timezone, precision }: TimeArguments): string {
  if (timezone) return precise("DATETIMEOFFSET", precision);
  return precision === undefined ? "DATETIME" : precise("DATETIME2", precision);
}

function enumType(parameters: EnumArguments, context: RenderContext): string {
  const needsUnicode = parameters.values.some((value) => /[^\x00-\x7f]/.test(value));
  const render = needsUnicode ? variableText("NVARCHAR", 4000) : variableText("VARCHAR", 8000);
  return render({ length: enumLength(parameters), collation: parameters.collation }, context);
}

const float = ({ precision }: NumberArguments): string => (precision ? `FLOAT(${precision})` : "FLOAT");

/** TIMESTAMP is not a moment but the number of the row's last change: a synonym of ROWVERSION. */
const timestamp: TypeRenderer<"TIMESTAMP"> = ({ timezone, precision }, context) => {
  if (timezone || precision !== undefined) {
    throw context.unsupported(
      "TIMESTAMP on SQL Server is a row version, not a moment.",
      "Use t.dateTime(), mssql.DATETIME2() or mssql.DATETIMEOFFSET() for a moment.",
    );
  }
  context.notice("TIMESTAMP on SQL Server is a row version, not a moment: use t.dateTime() for a moment.");
  return "TIMESTAMP";
};

/** https://learn.microsoft.com/sql/t-sql/data-types/data-types-transact-sql */
export const types: TypeRenderers = {
  ...sharedTypes,
  string: variableText("VARCHAR", 8000),
  text: variableText("VARCHAR", 8000),
  unicode: variableText("NVARCHAR", 4000),
  unicodeText: variableText("NVARCHAR", 4000),
  boolean: bare("BIT"),
  dateTime,
  time,
  interval: bare("DATETIME"),
  float,
  double: bare("DOUBLE PRECISION"),
  largeBinary: bytes,
  enum: enumType,
  json: bare("NVARCHAR(max)"),
  uuid: bare("UNIQUEIDENTIFIER"),

  BIT({ length, varying }, context) {
    if (length !== undefined || varying) {
      throw context.unsupported(
        "BIT holds a single bit on SQL Server.",
        "Use mssql.BIT(), or t.BINARY(n) for several.",
      );
    }
    return "BIT";
  },
  BLOB: unsupportedType("BLOB", "Use t.largeBinary() or mssql.VARBINARY()."),
  BOOLEAN: unsupportedType("BOOLEAN", "Use t.boolean() or mssql.BIT()."),
  CHAR: fixedText("CHAR", 8000),
  CLOB: unsupportedType("CLOB", "Use t.text()."),
  DATETIME(parameters, context) {
    refuseTimezone(parameters, "DATETIME", context);
    return "DATETIME";
  },
  DATETIME2(parameters, context) {
    refuseTimezone(parameters, "DATETIME2", context);
    return precise("DATETIME2", parameters.precision);
  },
  DATETIMEOFFSET: ({ precision }) => precise("DATETIMEOFFSET", precision),
  DOUBLE: unsupportedType("DOUBLE", "Use t.double() or t.DOUBLE_PRECISION()."),
  FLOAT: float,
  IMAGE: bare("IMAGE"),
  JSON: bare("NVARCHAR(max)"),
  MONEY: bare("MONEY"),
  NCHAR: fixedText("NCHAR", 4000),
  NTEXT: oldText("NTEXT", "t.unicode(n) or mssql.NVARCHAR(n)"),
  NVARCHAR: variableText("NVARCHAR", 4000),
  ROWVERSION: bare("ROWVERSION"),
  SMALLDATETIME: bare("SMALLDATETIME"),
  SMALLMONEY: bare("SMALLMONEY"),
  SQL_VARIANT: bare("SQL_VARIANT"),
  TEXT: oldText("TEXT", "t.string(n) or t.VARCHAR(n)"),
  TIME: time,
  TIMESTAMP: timestamp,
  TINYINT: bare("TINYINT"),
  UNIQUEIDENTIFIER: bare("UNIQUEIDENTIFIER"),
  UUID: unsupportedType("UUID", "Use t.uuid() or mssql.UNIQUEIDENTIFIER()."),
  VARBINARY: bytes,
  VARCHAR: variableText("VARCHAR", 8000),
  XML: bare("XML"),
};
