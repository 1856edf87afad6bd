import type { RenderContext } from "../../src/compiler/render-context.js";
import type { CreateDomain, DropDomain } from "../../src/operations/domains.js";
import type { CreatePartition } from "../../src/operations/partitions.js";
import { boundList } from "../../src/operations/partitions.js";
import type { Grant } from "../../src/operations/privileges.js";
import type { CreateFunction, CreateProcedure, DropFunction, DropProcedure } from "../../src/operations/routines.js";
import type { CreateSequence } from "../../src/operations/sequences.js";
import type { CreateTrigger } from "../../src/operations/triggers.js";
import type { CreateView, DropView } from "../../src/operations/views.js";
import { isMaterialized } from "../../src/operations/views.js";
import { isSqlText } from "../../src/schema/expressions.js";
import { nameText } from "../../src/schema/names.js";
import { defaultText } from "../shared/columns.js";
import type { ObjectOperations } from "../shared/objects.js";
import {
  boundValues,
  checkOptionText,
  eventsText,
  innerText,
  lacking,
  phrase,
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
import { numberOptions } from "./columns.js";
import { has } from "./features.js";
import { bodyText, serverErrors, unless } from "./plsql.js";

/** A line that is a slash or a point alone ends the text for SQL*Plus, wherever it stands. */
function wholeText(text: string, context: RenderContext): string {
  if (!/^[ \t]*[/.][ \t]*$/m.test(text)) return text;
  throw context.unsupported(
    "A line of the text is a slash or a point alone, where SQL*Plus ends the statement.",
    "Take the line out, or write more on it.",
  );
}

function createSequence(operation: CreateSequence, context: RenderContext): string {
  const { schema, name, type, options, ownedBy, ifNotExists } = operation;
  refuse(type !== undefined, "Sequences of Oracle have no type.", "Leave type out, or write maxvalue.", context);
  refuse(ownedBy !== undefined, "Oracle has no OWNED BY.", "Leave ownedBy out.", context);
  const create = words(`CREATE SEQUENCE ${context.qualified(schema, name)}`, numberOptions(options));
  return ifNotExists ? unless(serverErrors.nameTaken, create) : create;
}

function needDomains(context: RenderContext): void {
  refuse(
    !has("domains", context),
    `Oracle ${context.version} has no domains; version 23 has.`,
    "Give each column its type and a check, or set targetVersion to 23.",
    context,
  );
}

function createDomain(operation: CreateDomain, context: RenderContext): string {
  const { schema, name, type, nullable, serverDefault, checks, collation } = operation;
  needDomains(context);
  return words(
    `CREATE DOMAIN ${context.qualified(schema, name)} AS ${context.type(type)}`,
    collation !== undefined && `COLLATE ${phrase(collation, "collation", context)}`,
    serverDefault !== undefined && `DEFAULT ${defaultText(serverDefault, context)}`,
    nullable === false && "NOT NULL",
    ...checks.map((check) => context.constraint(check)),
  );
}

function dropDomain({ schema, name, ifExists }: DropDomain, context: RenderContext): string {
  needDomains(context);
  return words("DROP DOMAIN", ifExists && "IF EXISTS", context.qualified(schema, name));
}

function createMaterializedView(operation: CreateView, context: RenderContext): string | readonly string[] {
  const { schema, name, replace, ifNotExists, withData, checkOption } = operation;
  const { refresh }: { readonly refresh?: string } = context.options(operation.options);
  refuse(checkOption !== false, "A materialised view has no CHECK OPTION.", "Leave checkOption out.", context);
  const clauses = words(
    !withData && "BUILD DEFERRED",
    refresh !== undefined && `REFRESH ${phrase(refresh, "refresh", context)}`,
  );
  const create = viewText("CREATE MATERIALIZED VIEW", operation, context, { clauses });
  if (ifNotExists) return unless(serverErrors.materializedViewExists, create);
  if (!replace) return create;
  context.notice(
    `The materialised view "${nameText(name)}" is dropped and made anew: its indexes and privileges go, create them again.`,
  );
  const drop = `DROP MATERIALIZED VIEW ${context.qualified(schema, name)}`;
  return [unless(serverErrors.noMaterializedView, drop), create];
}

function createView(operation: CreateView, context: RenderContext): string | readonly string[] {
  if (operation.materialized) return createMaterializedView(operation, context);
  refuseNoData(operation, context);
  refuse(
    typeof operation.checkOption === "string",
    "Oracle has no LOCAL and CASCADED CHECK OPTION.",
    "Write checkOption: true.",
    context,
  );
  const create = operation.replace ? "CREATE OR REPLACE VIEW" : "CREATE VIEW";
  const text = viewText(create, operation, context, { ending: checkOptionText(operation) });
  return operation.ifNotExists ? unless(serverErrors.nameTaken, text) : text;
}

function dropView(operation: DropView, context: RenderContext): string {
  const { schema, name, ifExists } = operation;
  const isKept = isMaterialized(context.before, operation);
  const drop = `DROP ${isKept ? "MATERIALIZED VIEW" : "VIEW"} ${context.qualified(schema, name)}`;
  if (!ifExists) return drop;
  return unless(isKept ? serverErrors.noMaterializedView : serverErrors.noTable, drop);
}

/** A type of a parameter or result has no length. */
function withoutLength(type: string): string {
  return type.replace(/\s*\([^)]*\)/, "");
}

function createRoutine(operation: CreateFunction | CreateProcedure, context: RenderContext): string {
  const { schema, name, parameters, attributes, body, language, replace } = operation;
  const kind = operation.kind === "createFunction" ? "FUNCTION" : "PROCEDURE";
  refuse(language !== undefined, "Routines of Oracle are PL/SQL here.", "Leave language out.", context);
  const list = parameters === undefined ? "" : context.sql(parameters).trim();
  const returns = operation.kind === "createFunction" ? operation.returns : undefined;
  const text = words(
    `${replace ? "CREATE OR REPLACE" : "CREATE"} ${kind} ${context.qualified(schema, name)}`,
    list !== "" && `(${list})`,
    returns !== undefined &&
      `RETURN ${isSqlText(returns) ? context.sql(returns).trim() : withoutLength(context.type(returns))}`,
    attributes !== undefined && context.sql(attributes).trim(),
    `AS\n${bodyText(innerText(body, `body of "${nameText(name)}"`, context))}`,
  );
  return wholeText(text, context);
}

function dropRoutine(operation: DropFunction | DropProcedure, context: RenderContext): string {
  const kind = operation.kind === "dropFunction" ? "FUNCTION" : "PROCEDURE";
  const drop = `DROP ${kind} ${context.qualified(operation.schema, operation.name)}`;
  return operation.ifExists ? unless(serverErrors.noRoutine, drop) : drop;
}

function createTrigger(operation: CreateTrigger, context: RenderContext): string {
  const { schema, name, tableName, timing, events, forEach, when, replace } = operation;
  refuse(
    events.includes("truncate"),
    "Oracle has no triggers on TRUNCATE of a table.",
    "Leave the event out.",
    context,
  );
  refuse(
    timing === "insteadOf" && forEach === "statement",
    "INSTEAD OF triggers of Oracle run for each row.",
    "Leave forEach out.",
    context,
  );
  const text = words(
    `${replace ? "CREATE OR REPLACE" : "CREATE"} TRIGGER ${context.qualified(schema, name)} ${timingText(operation)}`,
    `${eventsText(operation, " OR ", context)} ON ${context.qualified(schema, tableName)}`,
    forEach !== "statement" && "FOR EACH ROW",
    when !== undefined && `WHEN (${innerText(when, "condition of the trigger", context, "part")})`,
  );
  return wholeText(`${text}\n${bodyText(triggerBody(operation, "Oracle", context))}`, context);
}

function partitionBounds({ bounds }: CreatePartition, context: RenderContext): string {
  if (bounds === "default") return "VALUES (DEFAULT)";
  if ("in" in bounds) return `VALUES ${boundValues(bounds.in, context)}`;
  if ("to" in bounds) return `VALUES LESS THAN ${boundValues(boundList(bounds.to), context)}`;
  return ""; // the server spreads the rows of a hash by itself
}

const noAttach = lacking(
  "On Oracle a partition is no table of its own.",
  'Write op.execute("ALTER TABLE … EXCHANGE PARTITION … WITH TABLE …").',
);

function privilegeObject({ type, schema, name }: Grant["object"], context: RenderContext): string {
  switch (type) {
    case "table":
    case "sequence":
    case "function":
    case "procedure":
    case "type":
      return context.qualified(schema, name);
    case "schema":
      refuse(
        !has("schemaPrivileges", context),
        `Oracle ${context.version} has no privileges on schemas; version 23 has.`,
        "Grant on each table, or set targetVersion to 23.",
        context,
      );
      return `SCHEMA ${context.schema(name)}`;
    case "allTables":
    case "allSequences":
    case "allFunctions":
      throw context.unsupported(
        "Oracle has no privileges on all objects of one kind.",
        'From version 23 on, write op.grant("select any table", schema, …, { type: "schema" }).',
      );
  }
}

/** https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/GRANT.html */
const privilegeRules: PrivilegeRules = {
  lacking: {
    USAGE: "Grant what is meant by it: SELECT on a sequence, EXECUTE on a type, function or procedure.",
    TRUNCATE: "Only the owner of a table truncates it, or who has DROP ANY TABLE.",
    TRIGGER: "Only the owner of a table makes triggers on it, or who has CREATE ANY TRIGGER.",
  },
  onColumns: ["INSERT", "REFERENCES", "UPDATE", "ALL PRIVILEGES"],
};

const privileges = privilegeStatements(privilegeObject, privilegeRules);

const noSchemas = lacking(
  "On Oracle a schema is a user.",
  'Write op.execute("CREATE USER app NO AUTHENTICATION"), or DROP USER app.',
);
const noExtensions = lacking("Oracle has no extensions.", "Install what is needed on the server.");
const noEnumTypes = lacking(
  "Oracle has no enum types.",
  "Drop the check of the column and create it with the new values: op.dropConstraint, op.createCheckConstraint.",
);

export const objects: ObjectOperations = {
  createSchema: noSchemas,
  dropSchema: noSchemas,
  createExtension: noExtensions,
  dropExtension: noExtensions,
  createSequence,
  dropSequence({ schema, name, ifExists }, context) {
    const drop = `DROP SEQUENCE ${context.qualified(schema, name)}`;
    return ifExists ? unless(serverErrors.noSequence, drop) : drop;
  },
  addEnumValue: noEnumTypes,
  renameEnumValue: noEnumTypes,
  createDomain,
  dropDomain,
  createView,
  dropView,
  // readers go on: the rows are exchanged in one transaction
  refreshMaterializedView({ schema, name, withData }, context) {
    refuse(!withData, "Oracle cannot empty a materialised view.", "Leave withData out.", context);
    return `BEGIN\n  DBMS_MVIEW.REFRESH(${singleQuotes(context.qualified(schema, name))});\nEND;`;
  },
  createFunction: createRoutine,
  createProcedure: createRoutine,
  dropFunction: dropRoutine,
  dropProcedure: dropRoutine,
  createTrigger,
  dropTrigger({ schema, name, ifExists }, context) {
    const drop = `DROP TRIGGER ${context.qualified(schema, name)}`;
    return ifExists ? unless(serverErrors.noTrigger, drop) : drop;
  },
  renameIndex: ({ schema, from, to }, context) =>
    `ALTER INDEX ${context.qualified(schema, from)} RENAME TO ${context.indexName(to)}`,
  renameConstraint: ({ schema, tableName, from, to }, context) =>
    `${alterTable(context, schema, tableName)} ` +
    `RENAME CONSTRAINT ${context.constraintName(from)} TO ${context.constraintName(to)}`,
  validateConstraint: ({ schema, tableName, constraintName }, context) =>
    `${alterTable(context, schema, tableName)} MODIFY CONSTRAINT ${context.constraintName(constraintName)} VALIDATE`,
  createPartition(operation, context) {
    const { schema, name, tableName, ifNotExists } = operation;
    refuse(ifNotExists, "Oracle has no ADD PARTITION IF NOT EXISTS.", "Leave ifNotExists out.", context);
    return words(
      `${alterTable(context, schema, tableName)} ADD PARTITION ${context.name(name)}`,
      partitionBounds(operation, context),
    );
  },
  dropPartition({ schema, name, tableName, ifExists }, context) {
    refuse(ifExists, "Oracle has no DROP PARTITION IF EXISTS.", "Leave ifExists out.", context);
    return `${alterTable(context, schema, tableName)} DROP PARTITION ${context.name(name)}`;
  },
  attachPartition: noAttach,
  detachPartition: noAttach,
  grant: privileges.grant,
  revoke(operation, context) {
    refuse(
      operation.grantOptionFor,
      "Oracle has no GRANT OPTION FOR.",
      "Revoke the privilege, and grant it again without the option.",
      context,
    );
    // what was granted further goes too, without a word for it
    return privileges.revoke({ ...operation, cascade: false }, context);
  },
};
