import type { RenderContext } from "../../src/compiler/render-context.js";
import { OperationError } from "../../src/errors.js";
import type { CreateSequence } from "../../src/operations/sequences.js";
import type { AttachPartition, CreatePartition } from "../../src/operations/partitions.js";
import { boundList } from "../../src/operations/partitions.js";
import type { Grant } from "../../src/operations/privileges.js";
import type { CreateView } from "../../src/operations/views.js";
import { isMaterialized } from "../../src/operations/views.js";
import { nameText } from "../../src/schema/names.js";
import { defaultText, sequenceOptions } from "../shared/columns.js";
import type { ObjectOperations } from "../shared/objects.js";
import {
  boundValues,
  checkOptionText,
  privilegeStatements,
  type PrivilegeRules,
  refuse,
  refuseNoData,
  viewText,
  words,
} from "../shared/objects.js";
import { alterTable } from "../shared/operations.js";
import { has } from "./features.js";
import { storageParameters, type StorageParameters } from "./indexes.js";
import { routines } from "./routines.js";
import { triggers } from "./triggers.js";

function createSequence(operation: CreateSequence, context: RenderContext): string {
  const { schema, name, type, options, ownedBy, ifNotExists } = operation;
  refuse(options.order !== undefined, "PostgreSQL has no ORDER for sequences.", "Leave order out.", context);
  return words(
    "CREATE SEQUENCE",
    ifNotExists && "IF NOT EXISTS",
    context.qualified(schema, name),
    type !== undefined && `AS ${context.type(type)}`,
    sequenceOptions(options),
    ownedBy !== undefined && `OWNED BY ${context.qualified(schema, ownedBy[0])}.${context.name(ownedBy[1])}`,
  );
}

interface ViewOptions {
  readonly with?: StorageParameters;
  readonly using?: string;
  readonly tablespace?: string;
}

/** Nothing takes the place of a materialised view: it is dropped, and with it its indexes. */
function createMaterializedView(operation: CreateView, context: RenderContext): readonly string[] {
  const { schema, name, replace, ifNotExists, withData, checkOption } = operation;
  const options: ViewOptions = context.options(operation.options);
  refuse(checkOption !== false, "A materialised view has no CHECK OPTION.", "Leave checkOption out.", context);
  const clauses = words(
    options.using !== undefined && `USING ${context.name(options.using)}`,
    options.with !== undefined && `WITH (${storageParameters(options.with)})`,
    options.tablespace !== undefined && `TABLESPACE ${context.name(options.tablespace)}`,
  );
  const create = words("CREATE MATERIALIZED VIEW", ifNotExists && "IF NOT EXISTS");
  const text = viewText(create, operation, context, { clauses, ending: withData ? "" : "WITH NO DATA" });
  if (!replace) return [text];
  context.notice(
    `The materialised view "${nameText(name)}" is dropped and made anew: its indexes and privileges go, create them again.`,
  );
  return [`DROP MATERIALIZED VIEW IF EXISTS ${context.qualified(schema, name)}`, text];
}

function createView(operation: CreateView, context: RenderContext): string | readonly string[] {
  if (operation.materialized) return createMaterializedView(operation, context);
  refuseNoData(operation, context);
  refuse(
    operation.ifNotExists,
    "PostgreSQL has no CREATE VIEW IF NOT EXISTS.",
    "Write replace: true, which takes the place of a view that is there.",
    context,
  );
  const options: ViewOptions = context.options(operation.options);
  refuse(
    options.using !== undefined || options.tablespace !== undefined,
    "using and tablespace mean something for a materialised view only.",
    "Leave them out, or write materialized: true.",
    context,
  );
  refuse(
    options.with?.["security_invoker"] !== undefined && !has("securityInvoker", context),
    `Views of PostgreSQL ${context.version} have no security_invoker; version 15 has it.`,
    "Leave it out, or set targetVersion to 15.",
    context,
  );
  const clauses = options.with === undefined ? "" : `WITH (${storageParameters(options.with)})`;
  const create = operation.replace ? "CREATE OR REPLACE VIEW" : "CREATE VIEW";
  return viewText(create, operation, context, { clauses, ending: checkOptionText(operation) });
}

function boundsText({ name, bounds }: CreatePartition | AttachPartition, context: RenderContext): string {
  if (bounds === "default") return "DEFAULT";
  if ("in" in bounds) return `FOR VALUES IN ${boundValues(bounds.in, context)}`;
  if ("modulus" in bounds) {
    const { modulus, remainder } = bounds;
    if (Number.isInteger(modulus) && Number.isInteger(remainder)) {
      return `FOR VALUES WITH (MODULUS ${modulus}, REMAINDER ${remainder})`;
    }
    throw new OperationError("partition-bounds", "The modulus and remainder of a partition are whole numbers.", {
      hint: "Write { modulus: 4, remainder: 0 }.",
    });
  }
  if (bounds.from === undefined) {
    throw context.unsupported(
      `Partition "${nameText(name)}" says where its range ends, and PostgreSQL wants to know where it begins.`,
      "Write { from: …, to: … }; the smallest value is sql`MINVALUE`.",
    );
  }
  const [from, to] = [bounds.from, bounds.to].map((end) => boundValues(boundList(end), context));
  return `FOR VALUES FROM ${from} TO ${to}`;
}

function createPartition(operation: CreatePartition, context: RenderContext): string {
  const { schema, name, tableName, ifNotExists } = operation;
  const options: { readonly partitionBy?: string; readonly tablespace?: string } = context.options(operation.options);
  return words(
    "CREATE TABLE",
    ifNotExists && "IF NOT EXISTS",
    `${context.qualified(schema, name)} PARTITION OF ${context.qualified(schema, tableName)}`,
    boundsText(operation, context),
    options.partitionBy !== undefined && `PARTITION BY ${context.authorsText(options.partitionBy)}`,
    options.tablespace !== undefined && `TABLESPACE ${context.name(options.tablespace)}`,
  );
}

const objectWords = {
  table: "",
  sequence: "SEQUENCE",
  schema: "SCHEMA",
  function: "FUNCTION",
  procedure: "PROCEDURE",
  type: "TYPE",
  allTables: "ALL TABLES IN SCHEMA",
  allSequences: "ALL SEQUENCES IN SCHEMA",
  allFunctions: "ALL FUNCTIONS IN SCHEMA",
} as const;

/** https://www.postgresql.org/docs/current/sql-grant.html */
const privilegeRules: PrivilegeRules = {
  lacking: {},
  onColumns: ["SELECT", "INSERT", "UPDATE", "REFERENCES", "ALL PRIVILEGES"],
};

function privilegeObject({ type, schema, name, parameters }: Grant["object"], context: RenderContext): string {
  const list = parameters === undefined ? "" : `(${context.sql(parameters)})`;
  return words(objectWords[type], context.qualified(schema, name) + list);
}

export const objects: ObjectOperations = {
  ...routines,
  ...triggers,
  ...privilegeStatements(privilegeObject, privilegeRules),
  createSchema: ({ name, ifNotExists, authorization }, context) =>
    words(
      "CREATE SCHEMA",
      ifNotExists && "IF NOT EXISTS",
      context.name(name),
      authorization !== undefined && `AUTHORIZATION ${context.name(authorization)}`,
    ),
  dropSchema: ({ name, ifExists, cascade }, context) =>
    words("DROP SCHEMA", ifExists && "IF EXISTS", context.name(name), cascade && "CASCADE"),
  createExtension: ({ name, schema, version, cascade, ifNotExists }, context) =>
    words(
      "CREATE EXTENSION",
      ifNotExists && "IF NOT EXISTS",
      context.name(name),
      schema !== undefined && `SCHEMA ${context.schema(schema)}`,
      version !== undefined && `VERSION ${context.literal(version)}`,
      cascade && "CASCADE",
    ),
  dropExtension: ({ name, ifExists }, context) => words("DROP EXTENSION", ifExists && "IF EXISTS", context.name(name)),
  createSequence,
  dropSequence: ({ schema, name, ifExists }, context) =>
    words("DROP SEQUENCE", ifExists && "IF EXISTS", context.qualified(schema, name)),
  addEnumValue: ({ schema, typeName, value, place, ifNotExists }, context) =>
    words(
      `ALTER TYPE ${context.qualified(schema, typeName)} ADD VALUE`,
      ifNotExists && "IF NOT EXISTS",
      context.literal(value),
      place !== undefined &&
        ("before" in place ? `BEFORE ${context.literal(place.before)}` : `AFTER ${context.literal(place.after)}`),
    ),
  renameEnumValue: ({ schema, typeName, from, to }, context) =>
    `ALTER TYPE ${context.qualified(schema, typeName)} ` +
    `RENAME VALUE ${context.literal(from)} TO ${context.literal(to)}`,
  createDomain: ({ schema, name, type, nullable, serverDefault, checks, collation }, context) =>
    words(
      `CREATE DOMAIN ${context.qualified(schema, name)} AS ${context.type(type)}`,
      collation !== undefined && `COLLATE ${context.name({ text: collation, quote: true })}`,
      serverDefault !== undefined && `DEFAULT ${defaultText(serverDefault, context)}`,
      nullable === false && "NOT NULL",
      ...checks.map((check) => context.constraint(check)),
    ),
  dropDomain: ({ schema, name, ifExists }, context) =>
    words("DROP DOMAIN", ifExists && "IF EXISTS", context.qualified(schema, name)),
  createView,
  dropView: (operation, context) =>
    words(
      isMaterialized(context.before, operation) ? "DROP MATERIALIZED VIEW" : "DROP VIEW",
      operation.ifExists && "IF EXISTS",
      context.qualified(operation.schema, operation.name),
    ),
  refreshMaterializedView({ schema, name, concurrently, withData }, context) {
    refuse(
      concurrently && !withData,
      "A view cannot be emptied concurrently.",
      "Leave concurrently or withData out.",
      context,
    );
    return words(
      "REFRESH MATERIALIZED VIEW",
      concurrently && "CONCURRENTLY",
      context.qualified(schema, name),
      !withData && "WITH NO DATA",
    );
  },
  renameIndex: ({ schema, from, to }, context) =>
    `ALTER INDEX ${context.qualified(schema, from)} RENAME TO ${context.indexName(to)}`,
  renameConstraint: ({ schema, tableName, from, to }, context) =>
    `${alterTable(context, schema, tableName)} ` +
    `RENAME CONSTRAINT ${context.constraintName(from)} TO ${context.constraintName(to)}`,
  validateConstraint: ({ schema, tableName, constraintName }, context) =>
    `${alterTable(context, schema, tableName)} VALIDATE CONSTRAINT ${context.constraintName(constraintName)}`,
  createPartition,
  dropPartition: ({ schema, name, ifExists }, context) =>
    words("DROP TABLE", ifExists && "IF EXISTS", context.qualified(schema, name)),
  attachPartition: (operation, context) =>
    words(
      `${alterTable(context, operation.schema, operation.tableName)} ATTACH PARTITION`,
      context.qualified(operation.schema, operation.name),
      boundsText(operation, context),
    ),
  detachPartition({ schema, name, tableName, concurrently }, context) {
    refuse(
      concurrently && !has("detachConcurrently", context),
      `PostgreSQL ${context.version} has no DETACH PARTITION … CONCURRENTLY; version 14 has.`,
      "Leave concurrently out, or set targetVersion to 14.",
      context,
    );
    return words(
      `${alterTable(context, schema, tableName)} DETACH PARTITION ${context.qualified(schema, name)}`,
      concurrently && "CONCURRENTLY",
    );
  },
};
