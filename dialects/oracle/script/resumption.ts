import { fitName } from "../../../src/compiler/identifiers.js";
import type { RenderContext } from "../../../src/compiler/render-context.js";
import type { Resumption } from "../../../src/compiler/statement.js";
import type { OperationKind, OperationNode, OperationOf } from "../../../src/operations/index.js";
import type { Name } from "../../../src/schema/names.js";
import { identifiers } from "../identifiers.js";
import { dictionaryName, dictionarySchema } from "./names.js";

/** A condition on the data dictionary. */
function exists(view: string, schema: Name | undefined, ...conditions: readonly string[]): string {
  return `EXISTS (SELECT 1 FROM ${view} WHERE ${[`owner = ${dictionarySchema(schema)}`, ...conditions].join(" AND ")})`;
}

const is = (column: string, name: Name): string => `${column} = ${dictionaryName(name)}`;
const not = (condition: string): string => `NOT ${condition}`;

const table = (schema: Name | undefined, name: Name): string => exists("all_tables", schema, is("table_name", name));

function column(schema: Name | undefined, tableName: Name, name: Name, ...conditions: readonly string[]): string {
  return exists("all_tab_columns", schema, is("table_name", tableName), is("column_name", name), ...conditions);
}

function index(schema: Name | undefined, name: Name): string {
  return exists("all_indexes", schema, is("index_name", fitName(identifiers, name, "index")));
}

function constraint(schema: Name | undefined, tableName: Name, name: Name | undefined): string {
  const which =
    name === undefined ? "constraint_type = 'P'" : is("constraint_name", fitName(identifiers, name, "constraint"));
  return exists("all_constraints", schema, is("table_name", tableName), which);
}

function object(type: string, schema: Name | undefined, name: Name): string {
  return exists("all_objects", schema, `object_type = '${type}'`, is("object_name", name));
}

const viewTypes = (isMaterialized: boolean): string => (isMaterialized ? "MATERIALIZED VIEW" : "VIEW");

type Probes = {
  /** A condition that holds once the operation is done; undefined when nothing would tell. */
  readonly [K in OperationKind]?: (operation: OperationOf<K>, sql: string) => string | undefined;
};

const probes: Probes = {
  createTable: ({ table: { schema, name } }) => table(schema, name),
  dropTable: ({ schema, tableName }) => not(table(schema, tableName)),
  renameTable: ({ schema, from, to }) => `${table(schema, to)} AND ${not(table(schema, from))}`,
  addColumn({ addition: { schema, name, columns } }) {
    const [added] = columns;
    return added && column(schema, name, added.name);
  },
  dropColumn: ({ schema, tableName, columnName }) => not(column(schema, tableName, columnName)),
  alterColumn({ schema, tableName, columnName, change: { newColumnName, nullable } }, sql) {
    if (newColumnName !== undefined && / RENAME COLUMN /.test(sql)) {
      return `${column(schema, tableName, newColumnName)} AND ${not(column(schema, tableName, columnName))}`;
    }
    if (nullable !== undefined && / (?:NOT )?NULL$/.test(sql) && !/ DEFAULT NULL$/.test(sql)) {
      return column(schema, tableName, columnName, `nullable = '${nullable ? "Y" : "N"}'`);
    }
    return / DROP IDENTITY$/.test(sql) ? column(schema, tableName, columnName, "identity_column = 'NO'") : undefined;
  },
  addConstraint({ schema, tableName, constraint: { kind, name } }) {
    return name === undefined && kind !== "primaryKey" ? undefined : constraint(schema, tableName, name);
  },
  dropConstraint({ schema, tableName, constraintName, type }) {
    if (constraintName === undefined && type !== "primary") return undefined;
    return not(constraint(schema, tableName, constraintName));
  },
  renameConstraint: ({ schema, tableName, from, to }) =>
    `${constraint(schema, tableName, to)} AND ${not(constraint(schema, tableName, from))}`,
  createIndex: ({ schema, index: { name } }) => (name === undefined ? undefined : index(schema, name)),
  dropIndex: ({ schema, indexName }) => not(index(schema, indexName)),
  renameIndex: ({ schema, from, to }) => `${index(schema, to)} AND ${not(index(schema, from))}`,
  createView: ({ schema, name, materialized }) => object(viewTypes(materialized), schema, name),
  dropView: ({ schema, name, materialized }) =>
    materialized === undefined ? undefined : not(object(viewTypes(materialized), schema, name)),
  createFunction: ({ schema, name }) => object("FUNCTION", schema, name),
  dropFunction: ({ schema, name }) => not(object("FUNCTION", schema, name)),
  createProcedure: ({ schema, name }) => object("PROCEDURE", schema, name),
  dropProcedure: ({ schema, name }) => not(object("PROCEDURE", schema, name)),
  createTrigger: ({ schema, name }) => object("TRIGGER", schema, name),
  dropTrigger: ({ schema, name }) => not(object("TRIGGER", schema, name)),
};

const sequenceNames = "all_sequences";

function sequenceProbe(operation: OperationOf<"createSequence"> | OperationOf<"dropSequence">): string {
  const name = is("sequence_name", operation.name);
  const there = `EXISTS (SELECT 1 FROM ${sequenceNames} WHERE sequence_owner = ${dictionarySchema(operation.schema)} AND ${name})`;
  return operation.kind === "createSequence" ? there : not(there);
}

/** Statements that do the same again, or nothing: a MODIFY of a type or default among them. */
const repeatable =
  /^(?:create\s+or\s+replace\b|comment\b|grant\b|truncate\b|alter\s+session\b|begin\s+execute\s+immediate\b|alter\s+table\s+\S+\s+modify\b(?!.*\b(?:null|identity)$))/is;

function probeOf<K extends OperationKind>(operation: OperationOf<K>, sql: string): string | undefined {
  const probe = probes[operation.kind] as ((operation: OperationNode, sql: string) => string | undefined) | undefined;
  return probe?.(operation, sql);
}

/**
 * How a run that was cut off at a statement goes on: by what the data dictionary says. A statement that the server
 * carries out as several cannot be told to be done.
 */
export function resumption(sql: string, operation: OperationNode, _context: RenderContext): Resumption | undefined {
  if (repeatable.test(sql) || / DEFAULT NULL$/.test(sql)) return { isDone: undefined };
  if (/^begin\b/i.test(sql)) return undefined;
  const isSequence = operation.kind === "createSequence" || operation.kind === "dropSequence";
  const isDone = isSequence ? sequenceProbe(operation) : probeOf(operation, sql);
  return isDone === undefined ? undefined : { isDone };
}
