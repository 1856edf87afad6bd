import type { RenderContext } from "../../src/compiler/render-context.js";
import { constraintIsNamed, renamedConstraint } from "../../src/catalog/table-changes.js";
import { tableOfIndex } from "../../src/operations/drop-index.js";
import type { RenameConstraint } from "../../src/operations/rename-constraint.js";
import type { RenameIndex } from "../../src/operations/rename-index.js";
import type { CreateFunction, CreateProcedure, DropFunction, DropProcedure } from "../../src/operations/routines.js";
import type { CreateSequence, DropSequence } from "../../src/operations/sequences.js";
import type { CreateTrigger } from "../../src/operations/triggers.js";
import type { CreateView } from "../../src/operations/views.js";
import type { MysqlTriggerOptions, MysqlViewOptions } from "../../src/schema/dialect-options.js";
import { isSqlText } from "../../src/schema/expressions.js";
import { nameText } from "../../src/schema/names.js";
import { sequenceOptions } from "../shared/columns.js";
import type { ObjectOperations } from "../shared/objects.js";
import {
  checkOptionText,
  eventsText,
  innerText,
  lacking,
  oneEvent,
  phrase,
  refuse,
  refuseNoData,
  timingText,
  triggerBody,
  viewText,
  words,
} from "../shared/objects.js";
import { alterTable } from "../shared/operations.js";
import { definerText } from "./accounts.js";
import { has, need } from "./features.js";
import { partitions } from "./partitions.js";
import { privileges } from "./privileges.js";

function createView(operation: CreateView, context: RenderContext): string {
  refuse(
    operation.materialized,
    `${context.dialect.title} has no materialised views.`,
    "Keep a table, and fill it: op.execute(sql`INSERT INTO … SELECT …`), by an event or by triggers.",
    context,
  );
  refuseNoData(operation, context);
  if (operation.ifNotExists) {
    need("viewExistenceTests", "CREATE VIEW IF NOT EXISTS", "Write replace: true.", context);
  }
  const { algorithm, definer, sqlSecurity }: MysqlViewOptions = context.options(operation.options);
  const create = words(
    operation.replace ? "CREATE OR REPLACE" : "CREATE",
    algorithm !== undefined && `ALGORITHM = ${phrase(algorithm, "algorithm", context)}`,
    definerText(definer, context),
    sqlSecurity !== undefined && `SQL SECURITY ${phrase(sqlSecurity, "sqlSecurity", context)}`,
    operation.ifNotExists ? "VIEW IF NOT EXISTS" : "VIEW",
  );
  return viewText(create, operation, context, { ending: checkOptionText(operation) });
}

/** A routine or trigger that takes the place of another: MariaDB has words for it, on MySQL the other is dropped. */
function createdText(kind: string, name: string, replace: boolean, context: RenderContext) {
  const takesPlace = replace && has("replaceRoutines", context);
  return {
    before: replace && !takesPlace ? [`DROP ${kind} IF EXISTS ${name}`] : [],
    create: takesPlace ? "CREATE OR REPLACE" : "CREATE",
  };
}

function createRoutine(operation: CreateFunction | CreateProcedure, context: RenderContext): readonly string[] {
  const { schema, name, parameters, attributes, body, language, replace } = operation;
  const kind = operation.kind === "createFunction" ? "FUNCTION" : "PROCEDURE";
  const isSql = language === undefined || /^sql$/i.test(language);
  refuse(
    !isSql,
    `${context.dialect.title} runs routines of SQL only here, not of ${language}.`,
    "Leave it out.",
    context,
  );
  const qualified = context.qualified(schema, name);
  const { before, create } = createdText(kind, qualified, replace, context);
  const returns = operation.kind === "createFunction" ? operation.returns : undefined;
  return [
    ...before,
    words(
      `${create} ${kind} ${qualified}(${parameters === undefined ? "" : context.sql(parameters).trim()})`,
      returns !== undefined && `RETURNS ${isSqlText(returns) ? context.sql(returns).trim() : context.type(returns)}`,
      attributes !== undefined && context.sql(attributes).trim(),
      innerText(body, `body of ${kind.toLowerCase()} "${nameText(name)}"`, context),
    ),
  ];
}

function dropRoutine(operation: DropFunction | DropProcedure, context: RenderContext): string {
  const kind = operation.kind === "dropFunction" ? "FUNCTION" : "PROCEDURE";
  return words(`DROP ${kind}`, operation.ifExists && "IF EXISTS", context.qualified(operation.schema, operation.name));
}

function createTrigger(operation: CreateTrigger, context: RenderContext): readonly string[] {
  const { schema, name, tableName, timing, events, updateOf, forEach, when, replace } = operation;
  const server = context.dialect.title;
  oneEvent(operation, server, context);
  refuse(timing === "insteadOf", `${server} has no INSTEAD OF triggers.`, 'Write timing: "before".', context);
  refuse(events.includes("truncate"), `${server} has no triggers on TRUNCATE.`, "Leave the event out.", context);
  refuse(forEach === "statement", `${server} runs triggers for each row.`, "Leave forEach out.", context);
  refuse(
    when !== undefined,
    `${server} has no WHEN for triggers.`,
    "Put the condition into the body: IF … THEN … END IF.",
    context,
  );
  refuse(
    updateOf.length > 0,
    `${server} has no UPDATE OF for triggers.`,
    "Compare in the body: IF NOT (NEW.a <=> OLD.a) THEN … END IF.",
    context,
  );
  const { definer, follows, precedes }: MysqlTriggerOptions = context.options(operation.options);
  const qualified = context.qualified(schema, name);
  const { before, create } = createdText("TRIGGER", qualified, replace, context);
  return [
    ...before,
    words(
      create,
      definerText(definer, context),
      `TRIGGER ${qualified} ${timingText(operation)} ${eventsText(operation, "", context)}`,
      `ON ${context.qualified(schema, tableName)} FOR EACH ROW`,
      follows !== undefined && `FOLLOWS ${context.name(follows)}`,
      precedes !== undefined && `PRECEDES ${context.name(precedes)}`,
      triggerBody(operation, server, context),
    ),
  ];
}

const insteadOfSequences = "Use a column that counts by itself: column(…, { autoincrement: true }).";

function createSequence(operation: CreateSequence, context: RenderContext): string {
  const { schema, name, type, options, ownedBy, ifNotExists } = operation;
  need("sequences", "sequences", insteadOfSequences, context);
  if (type !== undefined) need("sequenceTypes", "types of sequences", "Leave type out: it is BIGINT.", context);
  refuse(ownedBy !== undefined, "MariaDB has no OWNED BY.", "Leave ownedBy out.", context);
  refuse(options.order !== undefined, "MariaDB has no ORDER for sequences.", "Leave order out.", context);
  return words(
    "CREATE SEQUENCE",
    ifNotExists && "IF NOT EXISTS",
    context.qualified(schema, name),
    type !== undefined && `AS ${context.type(type)}`,
    sequenceOptions(options).replace("NO CYCLE", "NOCYCLE"),
  );
}

function dropSequence({ schema, name, ifExists }: DropSequence, context: RenderContext): string {
  need("sequences", "sequences", insteadOfSequences, context);
  return words("DROP SEQUENCE", ifExists && "IF EXISTS", context.qualified(schema, name));
}

function renameIndex(operation: RenameIndex, context: RenderContext): string {
  const { schema, from, to } = operation;
  need("renameIndex", "RENAME INDEX", "Write op.dropIndex and op.createIndex.", context);
  const tableName = tableOfIndex(context.before, { ...operation, indexName: from })?.name ?? operation.tableName;
  if (tableName === undefined) {
    throw context.unsupported(
      `The table of index "${nameText(from)}" is not known, and ALTER TABLE has to name it.`,
      'Write op.renameIndex(from, to, { tableName: "…" }).',
    );
  }
  return `${alterTable(context, schema, tableName)} RENAME INDEX ${context.indexName(from)} TO ${context.indexName(to)}`;
}

/** Only the index of a unique constraint can be renamed; other constraints are dropped and made anew. */
function renameConstraint(operation: RenameConstraint, context: RenderContext): readonly string[] {
  const { origin, schema, tableName, from, to } = operation;
  const known = context.before.table(schema, tableName)?.constraints.find((other) => constraintIsNamed(other, from));
  if (known === undefined) {
    throw context.unsupported(
      `${context.dialect.title} cannot rename a constraint, and what "${nameText(from)}" is, is not known here.`,
      "Write op.dropConstraint(…) and the op.create… of the new one; of a unique constraint op.renameIndex.",
    );
  }
  switch (known.kind) {
    case "unique":
      return [renameIndex({ ...operation, kind: "renameIndex" }, context)];
    case "primaryKey":
    case "exclude":
      throw context.unsupported(
        `On ${context.dialect.title} a primary key has no name of its own.`,
        'Leave the call out, or put it behind if (op.dialect.name !== "mysql").',
      );
    case "foreignKey":
    case "check": {
      const type = known.kind === "check" ? "check" : "foreignkey";
      const { operations } = context.dialect;
      const table = { origin, schema, tableName };
      const drop = { ...table, kind: "dropConstraint", constraintName: from, type, ifExists: false } as const;
      const add = { ...table, kind: "addConstraint", constraint: renamedConstraint(known, to) } as const;
      context.notice(
        `${context.dialect.title} cannot rename a constraint: "${nameText(from)}" is dropped and made anew.`,
      );
      return [operations.dropConstraint(drop, context), operations.addConstraint(add, context)].flat();
    }
  }
}

const noExtensions = lacking("MySQL and MariaDB have no extensions.", "Install what is needed on the server.");
const noDomains = lacking(
  "MySQL and MariaDB have no domains.",
  "Give each column its type and a check: column(…, { check: check(…) }).",
);
const noEnumTypes = lacking(
  "MySQL and MariaDB have no enum types of their own.",
  "The values are part of the column: op.alterColumn(…, { type: t.enum([…]) }).",
);

/** Of MySQL, and of MariaDB, which has more: see the features. */
export const objects: ObjectOperations = {
  createSchema({ name, ifNotExists, authorization }, context) {
    refuse(authorization !== undefined, "A schema has no owner here.", "Leave authorization out; op.grant.", context);
    return words("CREATE SCHEMA", ifNotExists && "IF NOT EXISTS", context.name(name));
  },
  // a schema goes with everything in it
  dropSchema: ({ name, ifExists }, context) => words("DROP SCHEMA", ifExists && "IF EXISTS", context.name(name)),
  createExtension: noExtensions,
  dropExtension: noExtensions,
  createSequence,
  dropSequence,
  addEnumValue: noEnumTypes,
  renameEnumValue: noEnumTypes,
  createDomain: noDomains,
  dropDomain: noDomains,
  createView,
  dropView({ schema, name, materialized = false, ifExists }, context) {
    refuse(materialized, `${context.dialect.title} has no materialised views.`, "Drop the table instead.", context);
    return words("DROP VIEW", ifExists && "IF EXISTS", context.qualified(schema, name));
  },
  refreshMaterializedView: lacking(
    "MySQL and MariaDB have no materialised views.",
    "Fill a table anew: op.execute(sql`REPLACE INTO … SELECT …`).",
  ),
  createFunction: createRoutine,
  createProcedure: createRoutine,
  dropFunction: dropRoutine,
  dropProcedure: dropRoutine,
  createTrigger,
  dropTrigger: ({ schema, name, ifExists }, context) =>
    words("DROP TRIGGER", ifExists && "IF EXISTS", context.qualified(schema, name)),
  renameIndex,
  renameConstraint,
  validateConstraint: lacking(
    "MySQL and MariaDB check a constraint when it is added, and never later.",
    "Leave the call out.",
  ),
  ...partitions,
  ...privileges,
};
