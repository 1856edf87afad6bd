import type { RenderContext } from "../../../src/compiler/render-context.js";
import type { Alteration, Resumption } from "../../../src/compiler/statement.js";
import { tableOfIndex } from "../../../src/operations/drop-index.js";
import type { OperationKind, OperationNode, OperationOf } from "../../../src/operations/index.js";
import { nameText, type Name } from "../../../src/schema/names.js";
import { Probes } from "./probes.js";
import { withoutOpening } from "./statements.js";

/** A table as an operation names it, and what the operation does to it. */
interface Change {
  /** A condition that holds once it is done; undefined when doing it twice is the same as once. */
  readonly isDone: string | undefined;
  readonly table?: { readonly schema: Name | undefined; readonly name: Name };
  /** What two actions of one ALTER TABLE must not both touch; none for a change that stays a statement of its own. */
  readonly touches?: readonly string[];
}

type Changes = {
  /** Undefined when nothing would tell whether it is done. */
  readonly [K in OperationKind]?: (operation: OperationOf<K>, probe: Probes, sql: string) => Change | undefined;
};

const not = (condition: string): string => `NOT ${condition}`;
const touched = (kind: "column" | "index" | "constraint", name: Name): string =>
  `${kind} ${nameText(name).toLowerCase()}`;

function dropConstraint(operation: OperationOf<"dropConstraint">, probe: Probes, sql: string): Change | undefined {
  const { schema, tableName, constraintName } = operation;
  const table = { schema, name: tableName };
  if (/ DROP PRIMARY KEY$/.test(sql)) return { isDone: not(probe.constraint(schema, tableName, "PRIMARY")), table };
  if (constraintName === undefined) return undefined;
  if (sql.includes(" DROP INDEX ")) {
    const isDone = not(probe.index(schema, tableName, constraintName));
    return { isDone, table, touches: [touched("index", constraintName)] };
  }
  const isDone = not(probe.constraint(schema, tableName, constraintName));
  return sql.includes(" FOREIGN KEY ")
    ? { isDone }
    : { isDone, table, touches: [touched("constraint", constraintName)] };
}

const changes: Changes = {
  createTable: ({ table: { schema, name, prefixes } }, probe) =>
    prefixes.some((prefix) => /^temporary$/i.test(prefix)) ? undefined : { isDone: probe.table(schema, name) },
  dropTable: ({ schema, tableName }, probe) => ({ isDone: not(probe.table(schema, tableName)) }),
  renameTable: ({ schema, from, to }, probe) => ({
    isDone: `(${probe.table(schema, to)} AND ${not(probe.table(schema, from))})`,
  }),
  tableComment: () => ({ isDone: undefined }),
  addColumn({ addition: { schema, name, columns } }, probe) {
    const [column] = columns;
    if (column === undefined) return undefined;
    return {
      isDone: probe.column(schema, name, column.name),
      table: { schema, name },
      touches: [touched("column", column.name)],
    };
  },
  dropColumn: ({ schema, tableName, columnName }, probe) => ({
    isDone: not(probe.column(schema, tableName, columnName)),
    table: { schema, name: tableName },
    touches: [touched("column", columnName)],
  }),
  alterColumn({ schema, tableName, columnName, change: { newColumnName } }, probe) {
    if (newColumnName === undefined || nameText(newColumnName).toLowerCase() === nameText(columnName).toLowerCase()) {
      return {
        isDone: undefined,
        table: { schema, name: tableName },
        touches: [touched("column", columnName)],
      };
    }
    const isGone = not(probe.column(schema, tableName, columnName));
    return { isDone: `(${probe.column(schema, tableName, newColumnName)} AND ${isGone})` };
  },
  addConstraint({ schema, tableName, constraint }, probe) {
    const table = { schema, name: tableName };
    if (constraint.kind === "primaryKey") return { isDone: probe.constraint(schema, tableName, "PRIMARY") };
    const { name } = constraint;
    if (name === undefined) return undefined;
    const isDone = probe.constraint(schema, tableName, name);
    if (constraint.kind === "foreignKey") return { isDone };
    return { isDone, table, touches: [touched(constraint.kind === "unique" ? "index" : "constraint", name)] };
  },
  dropConstraint,
  createIndex({ schema, tableName, index: { name } }, probe, sql) {
    if (name === undefined) return undefined;
    const isDone = probe.index(schema, tableName, name);
    if (!/^CREATE (?:UNIQUE )?INDEX (?!IF )/.test(sql)) return { isDone };
    return { isDone, table: { schema, name: tableName }, touches: [touched("index", name)] };
  },
  dropIndex(operation, probe) {
    const { schema, indexName } = operation;
    const name = operation.tableName ?? tableOfIndex(probe.context.before, operation)?.name;
    if (name === undefined) return undefined;
    const isDone = not(probe.index(schema, name, indexName));
    return operation.ifExists
      ? { isDone }
      : { isDone, table: { schema, name }, touches: [touched("index", indexName)] };
  },
  renameIndex(operation, probe) {
    const { schema, from, to } = operation;
    const table = operation.tableName ?? tableOfIndex(probe.context.before, { ...operation, indexName: from })?.name;
    if (table === undefined) return undefined;
    return { isDone: `(${probe.index(schema, table, to)} AND ${not(probe.index(schema, table, from))})` };
  },
  createView: ({ schema, name, replace }, probe) => ({ isDone: replace ? undefined : probe.table(schema, name) }),
  dropView: ({ schema, name }, probe) => ({ isDone: not(probe.table(schema, name)) }),
  createSequence: ({ schema, name }, probe) => ({ isDone: probe.table(schema, name) }),
  dropSequence: ({ schema, name }, probe) => ({ isDone: not(probe.table(schema, name)) }),
  createFunction: ({ schema, name }, probe) => ({ isDone: probe.routine(schema, "FUNCTION", name) }),
  createProcedure: ({ schema, name }, probe) => ({ isDone: probe.routine(schema, "PROCEDURE", name) }),
  dropFunction: ({ schema, name }, probe) => ({ isDone: not(probe.routine(schema, "FUNCTION", name)) }),
  dropProcedure: ({ schema, name }, probe) => ({ isDone: not(probe.routine(schema, "PROCEDURE", name)) }),
  createTrigger: ({ schema, name }, probe) => ({ isDone: probe.trigger(schema, name) }),
  dropTrigger: ({ schema, name }, probe) => ({ isDone: not(probe.trigger(schema, name)) }),
  createSchema: ({ name }, probe) => ({ isDone: probe.schema(name) }),
  dropSchema: ({ name }, probe) => ({ isDone: not(probe.schema(name)) }),
  createPartition: ({ schema, tableName, name }, probe) => ({ isDone: probe.partition(schema, tableName, name) }),
  dropPartition: ({ schema, tableName, name }, probe) => ({ isDone: not(probe.partition(schema, tableName, name)) }),
  grant: () => ({ isDone: undefined }),
};

/** Statements that do the same again, or nothing. */
const repeatable =
  /^(?:(?:create|drop)\b[^('"]*?\b(?:or\s+replace|if\s+(?:not\s+)?exists)\b|(?:truncate|analyze|optimize|flush|grant|signal|alter\s+(?:database|schema))\b)/i;

/** Effects that happen together or not at all: those of one ALTER TABLE or RENAME TABLE, and of whatever has only one. */
function changeOfText(operation: OperationOf<"execute">, probe: Probes, sql: string): Change | undefined {
  const { operations = [], unknown = ["*"] } = operation.effects ?? {};
  const isAtomic = operations.length === 1 || /^(?:alter|rename|create)\s+table\b/i.test(withoutOpening(sql));
  if (!isAtomic || operations.length === 0 || unknown.length > 0) return undefined;
  const all = operations.map((effect) => changeOf(effect, probe, sql));
  if (all.includes(undefined)) return undefined;
  const tests = all.map((change) => change?.isDone).filter((test) => test !== undefined);
  return { isDone: tests.length === 0 ? undefined : `(${tests.join(" AND ")})` };
}

function changeOf<K extends OperationKind>(operation: OperationOf<K>, probe: Probes, sql: string): Change | undefined {
  const change = changes[operation.kind] as
    ((operation: OperationNode, probe: Probes, sql: string) => Change | undefined) | undefined;
  return change?.(operation, probe, sql);
}

/** A statement about one table as an action of ALTER TABLE. */
function alterationOf(sql: string, { table, touches }: Change, context: RenderContext): Alteration | undefined {
  if (table === undefined || touches === undefined) return undefined;
  const qualified = context.qualified(table.schema, table.name);
  const alter = `ALTER TABLE ${qualified} `;
  const on = ` ON ${qualified}`;
  if (sql.startsWith(alter)) return { table: qualified, action: sql.slice(alter.length), touches };
  const index = sql.indexOf(on);
  if (index === -1 || !/^(?:CREATE|DROP) /.test(sql)) return undefined;
  const action = sql.slice(0, index).replace(/^CREATE/, "ADD") + sql.slice(index + on.length);
  return { table: qualified, action, touches };
}

/** How a run that was cut off at a statement goes on; undefined where nothing tells whether the statement ran. */
export function resumption(sql: string, operation: OperationNode, context: RenderContext): Resumption | undefined {
  if (repeatable.test(withoutOpening(sql))) return { isDone: undefined };
  const probe = new Probes(context);
  if (operation.kind === "execute") {
    const change = changeOfText(operation, probe, sql);
    return change && { isDone: change.isDone };
  }
  const change = changeOf(operation, probe, sql);
  if (change === undefined) return undefined;
  const alteration = alterationOf(sql, change, context);
  return { isDone: change.isDone, ...(alteration && { alteration }) };
}
