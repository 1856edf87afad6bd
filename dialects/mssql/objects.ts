import type { RenderContext } from "../../src/compiler/render-context.js";
import { tableOfIndex } from "../../src/operations/drop-index.js";
import type { CreateDomain } from "../../src/operations/domains.js";
import type { Grant } from "../../src/operations/privileges.js";
import type { RenameIndex } from "../../src/operations/rename-index.js";
import type { CreateFunction, CreateProcedure, DropFunction, DropProcedure } from "../../src/operations/routines.js";
import type { CreateSchema } from "../../src/operations/schemas.js";
import type { CreateSequence } from "../../src/operations/sequences.js";
import type { CreateTrigger } from "../../src/operations/triggers.js";
import type { CreateView } from "../../src/operations/views.js";
import type { SequenceOptions } from "../../src/schema/columns.js";
import { isSqlText } from "../../src/schema/expressions.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import { sequenceOptions } from "../shared/columns.js";
import type { ObjectOperations } from "../shared/objects.js";
import {
  checkOptionText,
  eventsText,
  innerText,
  lacking,
  privilegeStatements,
  type PrivilegeRules,
  refuse,
  refuseNoData,
  timingText,
  triggerBody,
  viewText,
  words,
} from "../shared/objects.js";
import { alterTable } from "../shared/operations.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";
import { ifExistsText } from "./existence.js";

function national(text: string): string {
  return `N${singleQuotes(text)}`;
}

/** A line that says GO ends a batch for the client, wherever it stands. */
function wholeBatch(text: string, context: RenderContext): string {
  if (!/^[ \t]*go(?:[ \t]+\d+)?[ \t]*$/im.test(text)) return text;
  throw context.unsupported(
    "A line of the text says nothing but GO, where sqlcmd ends the batch.",
    "Take the line out, or write GO beside something else.",
  );
}

/** `CREATE OR ALTER`, which the oldest version that scripts are made for has. */
function createText(replace: boolean): string {
  return replace ? "CREATE OR ALTER" : "CREATE";
}

function createSchema({ name, ifNotExists, authorization }: CreateSchema, context: RenderContext): string {
  const create = words(
    `CREATE SCHEMA ${context.name(name)}`,
    authorization !== undefined && `AUTHORIZATION ${context.name(authorization)}`,
  );
  // CREATE SCHEMA has to be the first of its batch
  return ifNotExists ? `IF SCHEMA_ID(${national(nameText(name))}) IS NULL EXEC(${national(create)})` : create;
}

/**
 * The options of a sequence in the order of the manual, which is not SQLAlchemy's:
 * https://learn.microsoft.com/sql/t-sql/statements/create-sequence-transact-sql
 */
function sequenceText(options: SequenceOptions): string {
  const { start, increment, minvalue, nominvalue, maxvalue, nomaxvalue, cycle, cache } = options;
  const parts = [{ start }, { increment }, { minvalue, nominvalue }, { maxvalue, nomaxvalue }, { cycle }, { cache }];
  return words(...parts.map(sequenceOptions));
}

/** A sequence would begin with the smallest number of its type; here it begins with 1, as on the other servers. */
function createSequence(operation: CreateSequence, context: RenderContext): string {
  const { schema, name, type, options, ownedBy, ifNotExists } = operation;
  refuse(ownedBy !== undefined, "SQL Server has no OWNED BY.", "Leave ownedBy out.", context);
  refuse(options.order !== undefined, "SQL Server has no ORDER for sequences.", "Leave order out.", context);
  const bounds = [options.start, options.minvalue, options.increment];
  const start = bounds.every((value) => value === undefined) ? { start: 1 } : {};
  const qualified = context.qualified(schema, name);
  const create = words(
    `CREATE SEQUENCE ${qualified}`,
    type !== undefined && `AS ${context.type(type)}`,
    sequenceText({ ...options, ...start }),
  );
  return ifNotExists ? `IF OBJECT_ID(${national(qualified)}, N'SO') IS NULL\n${create}` : create;
}

/** An alias type, which is all that SQL Server has of a domain. */
function createDomain(operation: CreateDomain, context: RenderContext): string {
  const { schema, name, type, nullable, serverDefault, checks, collation } = operation;
  refuse(
    serverDefault !== undefined || checks.length > 0 || collation !== undefined,
    `The type "${nameText(name)}" cannot have a default, check or collation on SQL Server.`,
    "Give them to the columns: column(…, { serverDefault, check }).",
    context,
  );
  return words(
    `CREATE TYPE ${context.qualified(schema, name)} FROM ${context.type(type)}`,
    nullable !== undefined && (nullable ? "NULL" : "NOT NULL"),
  );
}

function createView(operation: CreateView, context: RenderContext): string {
  const { replace, ifNotExists, materialized, checkOption } = operation;
  refuse(
    materialized,
    "SQL Server has no materialised views.",
    "Give a view a clustered index: op.createView(…, { mssql: { schemaBinding: true } }) and " +
      "op.createIndex(…, { unique: true, mssql: { clustered: true } }).",
    context,
  );
  refuseNoData(operation, context);
  refuse(ifNotExists, "SQL Server has no CREATE VIEW IF NOT EXISTS.", "Write replace: true.", context);
  refuse(
    typeof checkOption === "string",
    "SQL Server has no LOCAL and CASCADED CHECK OPTION.",
    "Write checkOption: true.",
    context,
  );
  const { schemaBinding = false }: { readonly schemaBinding?: boolean } = context.options(operation.options);
  const text = viewText(`${createText(replace)} VIEW`, operation, context, {
    clauses: schemaBinding ? "WITH SCHEMABINDING" : "",
    ending: checkOptionText(operation),
  });
  return wholeBatch(text, context);
}

/**
 * The body of a routine. A function that returns a value wants its RETURN in a block; one that returns a table has it
 * bare. https://learn.microsoft.com/sql/t-sql/statements/create-function-transact-sql#syntax
 */
function routineBody(body: string, returns: string | undefined): string {
  const isBare = returns !== undefined && !/^table$/i.test(returns) && /^return\b/i.test(body);
  return isBare ? `BEGIN\n${body}\nEND` : body;
}

function createRoutine(operation: CreateFunction | CreateProcedure, context: RenderContext): string {
  const { schema, name, parameters, attributes, body, language, replace } = operation;
  const kind = operation.kind === "createFunction" ? "FUNCTION" : "PROCEDURE";
  refuse(language !== undefined, "SQL Server has no LANGUAGE.", "Leave language out.", context);
  const list = parameters === undefined ? "" : context.sql(parameters).trim();
  const type = operation.kind === "createFunction" ? operation.returns : undefined;
  const returns = type === undefined || !isSqlText(type) ? type && context.type(type) : context.sql(type).trim();
  const text = words(
    `${createText(replace)} ${kind} ${context.qualified(schema, name)}`,
    (operation.kind === "createFunction" || list !== "") && `(${list})`,
    returns !== undefined && `RETURNS ${returns}`,
    attributes !== undefined && context.sql(attributes).trim(),
    `AS\n${routineBody(innerText(body, `body of ${kind.toLowerCase()} "${nameText(name)}"`, context), returns)}`,
  );
  return wholeBatch(text, context);
}

function dropRoutine(operation: DropFunction | DropProcedure, context: RenderContext): string {
  const kind = operation.kind === "dropFunction" ? "FUNCTION" : "PROCEDURE";
  const { schema, name, ifExists } = operation;
  return `DROP ${kind} ${ifExistsText(ifExists)}${context.qualified(schema, name)}`;
}

function createTrigger(operation: CreateTrigger, context: RenderContext): string {
  const { schema, name, tableName, timing, events, updateOf, forEach, when, replace } = operation;
  refuse(
    timing === "before",
    "SQL Server has no BEFORE triggers.",
    'Write timing: "after", or "insteadOf" with the change itself in the body.',
    context,
  );
  refuse(events.includes("truncate"), "SQL Server has no triggers on TRUNCATE.", "Leave the event out.", context);
  refuse(
    forEach === "row",
    "SQL Server runs triggers for each statement.",
    "Leave forEach out; the rows are in the tables inserted and deleted.",
    context,
  );
  refuse(when !== undefined, "SQL Server has no WHEN for triggers.", "Put IF … into the body.", context);
  refuse(updateOf.length > 0, "SQL Server has no UPDATE OF.", "Put IF UPDATE(column) into the body.", context);
  const text = words(
    `${createText(replace)} TRIGGER ${context.qualified(schema, name)}`,
    `ON ${context.qualified(schema, tableName)}`,
    `${timingText(operation)} ${eventsText(operation, ", ", context)}`,
    `AS\n${triggerBody(operation, "SQL Server", context)}`,
  );
  return wholeBatch(text, context);
}

/** https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-rename-transact-sql */
function rename(
  path: readonly Name[],
  schema: Name | undefined,
  to: Name,
  what: "INDEX" | "OBJECT",
  context: RenderContext,
): string {
  const names = path.map((name) => context.name(name)).join(".");
  const from = schema === undefined ? names : `${context.schema(schema)}.${names}`;
  return `EXEC sp_rename ${national(from)}, ${national(nameText(to))}, N'${what}'`;
}

function renameIndex(operation: RenameIndex, context: RenderContext): string {
  const { schema, from, to } = operation;
  const tableName = operation.tableName ?? tableOfIndex(context.before, { ...operation, indexName: from })?.name;
  if (tableName === undefined) {
    throw context.unsupported(
      `The table of index "${nameText(from)}" is not known, and sp_rename has to be told.`,
      'Write op.renameIndex(from, to, { tableName: "…" }).',
    );
  }
  return rename([tableName, from], schema, to, "INDEX", context);
}

function privilegeObject({ type, schema, name }: Grant["object"], context: RenderContext): string {
  switch (type) {
    case "table":
    case "sequence":
    case "function":
    case "procedure":
      return context.qualified(schema, name);
    case "schema":
      return `SCHEMA::${context.schema(name)}`;
    case "type":
      return `TYPE::${context.qualified(schema, name)}`;
    case "allTables":
    case "allSequences":
    case "allFunctions":
      throw context.unsupported(
        "SQL Server has no privileges on all objects of one kind.",
        'Grant on the whole schema: { type: "schema" }.',
      );
  }
}

/** https://learn.microsoft.com/sql/t-sql/statements/grant-object-permissions-transact-sql */
const privilegeRules: PrivilegeRules = {
  lacking: {
    USAGE:
      "Grant what is meant by it: SELECT, INSERT or EXECUTE on the schema, REFERENCES on a type, UPDATE on a sequence.",
    TRUNCATE: "Grant ALTER on the table.",
    TRIGGER: "Grant ALTER on the table.",
  },
  onColumns: ["SELECT", "REFERENCES", "UPDATE"],
};

const noExtensions = lacking("SQL Server has no extensions.", "Install what is needed on the server.");
const noEnumTypes = lacking(
  "SQL Server has no enum types.",
  "Drop the check of the column and create it with the new values: op.dropConstraint, op.createCheckConstraint.",
);
const noPartitions = lacking(
  "On SQL Server a table is parted by a partition function and scheme, which it shares with others.",
  'Write op.execute("ALTER PARTITION FUNCTION f() SPLIT RANGE (…)"), MERGE RANGE, or ALTER TABLE … SWITCH.',
);

export const objects: ObjectOperations = {
  ...privilegeStatements(privilegeObject, privilegeRules),
  createSchema,
  dropSchema({ name, ifExists, cascade }, context) {
    refuse(cascade, "SQL Server has no DROP SCHEMA … CASCADE.", "Drop what is in the schema first.", context);
    return `DROP SCHEMA ${ifExistsText(ifExists)}${context.name(name)}`;
  },
  createExtension: noExtensions,
  dropExtension: noExtensions,
  createSequence,
  dropSequence: ({ schema, name, ifExists }, context) =>
    `DROP SEQUENCE ${ifExistsText(ifExists)}${context.qualified(schema, name)}`,
  addEnumValue: noEnumTypes,
  renameEnumValue: noEnumTypes,
  createDomain,
  dropDomain: ({ schema, name, ifExists }, context) =>
    `DROP TYPE ${ifExistsText(ifExists)}${context.qualified(schema, name)}`,
  createView,
  dropView({ schema, name, materialized = false, ifExists }, context) {
    refuse(materialized, "SQL Server has no materialised views.", "Leave materialized out.", context);
    return `DROP VIEW ${ifExistsText(ifExists)}${context.qualified(schema, name)}`;
  },
  refreshMaterializedView: lacking(
    "SQL Server has no materialised views; a view with a clustered index is always up to date.",
    "Leave the call out.",
  ),
  createFunction: createRoutine,
  createProcedure: createRoutine,
  dropFunction: dropRoutine,
  dropProcedure: dropRoutine,
  createTrigger,
  dropTrigger: ({ schema, name, ifExists }, context) =>
    `DROP TRIGGER ${ifExistsText(ifExists)}${context.qualified(schema, name)}`,
  renameIndex,
  renameConstraint: ({ schema, from, to }, context) => rename([from], schema, to, "OBJECT", context),
  validateConstraint: ({ schema, tableName, constraintName }, context) =>
    `${alterTable(context, schema, tableName)} WITH CHECK CHECK CONSTRAINT ${context.constraintName(constraintName)}`,
  createPartition: noPartitions,
  dropPartition: noPartitions,
  attachPartition: noPartitions,
  detachPartition: noPartitions,
};
