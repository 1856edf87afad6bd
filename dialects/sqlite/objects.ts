import type { RenderContext } from "../../src/compiler/render-context.js";
import { indexNamed } from "../../src/catalog/table-changes.js";
import { tableOfIndex } from "../../src/operations/drop-index.js";
import type { RenameIndex } from "../../src/operations/rename-index.js";
import type { CreateTrigger } from "../../src/operations/triggers.js";
import type { CreateView } from "../../src/operations/views.js";
import { nameText } from "../../src/schema/names.js";
import type { ObjectOperations } from "../shared/objects.js";
import {
  eventsText,
  innerText,
  lacking,
  oneEvent,
  refuse,
  refuseNoData,
  timingText,
  triggerBody,
  viewText,
  words,
} from "../shared/objects.js";

function createView(operation: CreateView, context: RenderContext): readonly string[] {
  const { schema, name, replace, ifNotExists, materialized, checkOption } = operation;
  refuse(
    materialized,
    "SQLite has no materialised views.",
    "Keep a table, and fill it: op.execute(sql`INSERT INTO … SELECT …`), or by triggers.",
    context,
  );
  refuseNoData(operation, context);
  refuse(checkOption !== false, "SQLite has no CHECK OPTION: its views are read only.", "Leave it out.", context);
  return [
    ...(replace ? [`DROP VIEW IF EXISTS ${context.qualified(schema, name)}`] : []),
    viewText(words("CREATE VIEW", ifNotExists && "IF NOT EXISTS"), operation, context),
  ];
}

/** https://www.sqlite.org/lang_createtrigger.html: the table is in the schema of the trigger, and named without it. */
function createTrigger(operation: CreateTrigger, context: RenderContext): readonly string[] {
  const { schema, name, tableName, events, forEach, when, replace } = operation;
  oneEvent(operation, "SQLite", context);
  refuse(events.includes("truncate"), "SQLite has no TRUNCATE.", "Leave the event out.", context);
  refuse(forEach === "statement", "SQLite runs triggers for each row.", "Leave forEach out.", context);
  const text = triggerBody(operation, "SQLite", context);
  const block = /^begin\b/i.test(text) ? text : `BEGIN ${text}; END`;
  return [
    ...(replace ? [`DROP TRIGGER IF EXISTS ${context.qualified(schema, name)}`] : []),
    words(
      `CREATE TRIGGER ${context.qualified(schema, name)} ${timingText(operation)}`,
      `${eventsText(operation, "", context)} ON ${context.name(tableName)} FOR EACH ROW`,
      when !== undefined && `WHEN ${innerText(when, "condition of the trigger", context, "part")}`,
      block,
    ),
  ];
}

/** An index has no other name: it is dropped and made anew. */
function renameIndex(operation: RenameIndex, context: RenderContext): readonly string[] {
  const { origin, schema, from, to } = operation;
  const table = tableOfIndex(context.before, { ...operation, indexName: from });
  const index = table && indexNamed(table, from);
  if (table === undefined || index === undefined) {
    throw context.unsupported(
      `SQLite cannot rename an index, and what "${nameText(from)}" is, is not known here.`,
      "Write op.dropIndex(…) and op.createIndex(…).",
    );
  }
  const { operations } = context.dialect;
  const owner = { origin, schema, tableName: table.name };
  const { options } = index;
  const drop = { ...owner, kind: "dropIndex", indexName: from, ifExists: false, options } as const;
  const create = { ...owner, kind: "createIndex", index: { ...index, name: to }, ifNotExists: false } as const;
  return [operations.dropIndex(drop, context), operations.createIndex(create, context)].flat();
}

const noSchemas = lacking(
  "SQLite has no schemas: each is a file of its own.",
  "Attach a file: op.execute(\"ATTACH 'app.db' AS app\"), outside a transaction.",
);
const noExtensions = lacking("SQLite has no CREATE EXTENSION.", "Load what is needed in the application.");
const noSequences = lacking(
  "SQLite has no sequences.",
  "Use an INTEGER PRIMARY KEY, which counts by itself, or a table with the last number.",
);
const noEnumTypes = lacking(
  "SQLite has no enum types.",
  "Change the column in op.batchAlterTable: batch.alterColumn(…, { type: t.enum([…]) }).",
);
const noDomains = lacking(
  "SQLite has no domains.",
  "Give each column its type and a check: column(…, { check: check(…) }).",
);
const noRoutines = lacking(
  "SQLite has no functions and procedures in SQL.",
  "Register a function in the application, or write a trigger or view.",
);
const noPartitions = lacking("SQLite has no partitions.", "Make a table for each part, and a view over all of them.");
const noRefresh = lacking("SQLite has no materialised views.", "Fill a table anew: op.execute(sql`INSERT …`).");
const noPrivileges = lacking("SQLite has no privileges.", "Set the rights of the file.");

export const objects: ObjectOperations = {
  createSchema: noSchemas,
  dropSchema: noSchemas,
  createExtension: noExtensions,
  dropExtension: noExtensions,
  createSequence: noSequences,
  dropSequence: noSequences,
  addEnumValue: noEnumTypes,
  renameEnumValue: noEnumTypes,
  createDomain: noDomains,
  dropDomain: noDomains,
  createView,
  dropView({ schema, name, materialized = false, ifExists }, context) {
    refuse(materialized, "SQLite has no materialised views.", "Drop the table instead.", context);
    return words("DROP VIEW", ifExists && "IF EXISTS", context.qualified(schema, name));
  },
  refreshMaterializedView: noRefresh,
  createFunction: noRoutines,
  createProcedure: noRoutines,
  dropFunction: noRoutines,
  dropProcedure: noRoutines,
  createTrigger,
  dropTrigger: ({ schema, name, ifExists }, context) =>
    words("DROP TRIGGER", ifExists && "IF EXISTS", context.qualified(schema, name)),
  renameIndex,
  renameConstraint: lacking(
    "SQLite cannot rename a constraint.",
    "Make the table anew with the new one: op.batchAlterTable(…, (batch) => { batch.dropConstraint(…); batch.create…(…); }).",
  ),
  validateConstraint: lacking(
    "SQLite checks a constraint when rows are written, and never later.",
    "Leave the call out; PRAGMA foreign_key_check lists rows that break a foreign key.",
  ),
  createPartition: noPartitions,
  dropPartition: noPartitions,
  attachPartition: noPartitions,
  detachPartition: noPartitions,
  grant: noPrivileges,
  revoke: noPrivileges,
};
