import type { Catalog } from "../catalog/catalog.js";
import { catalogKey } from "../catalog/catalog-key.js";
import { optionText } from "../catalog/described-texts.js";
import { orderTables } from "../compiler/table-order.js";
import type { OperationNode } from "../operations/index.js";
import type { Constraint, ForeignKey } from "../schema/constraints.js";
import { sql } from "../schema/expressions.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import type { Change } from "./change.js";
import { columnChanges } from "./compare-columns.js";
import { partChanges } from "./compare-parts.js";
import { origin, type Comparison } from "./comparison.js";
import { referringKeyChanges, type TablePair } from "./needed-keys.js";
import { additionOf, dropOf, partsOf } from "./parts.js";

function creationOf(table: Table, later: readonly ForeignKey[]): OperationNode {
  const isLater = (constraint: Constraint): boolean => later.some((key) => key === constraint);
  const constraints = table.constraints.filter((constraint) => !isLater(constraint));
  const isKey = ({ kind }: Constraint): boolean => kind === "primaryKey";
  return {
    kind: "createTable",
    table: {
      ...table,
      // as a call of op.createTable has them
      constraints: [...constraints.filter(isKey), ...constraints.filter((constraint) => !isKey(constraint))],
      indexes: [],
    },
    ifNotExists: false,
    origin,
  };
}

/** New tables, those first that others refer to, each with its indexes; what closes a circle comes behind them. */
function additions(tables: readonly Table[], comparison: Comparison): readonly Change[] {
  const { order, later } = orderTables(tables, comparison.dialect.features.alterConstraints);
  const created = order.map((table): Change => {
    const indexes = partsOf(table, comparison)
      .filter(({ value }) => value.kind === "index")
      .map((part) => additionOf(part, table));
    return {
      phase: "createTables",
      operations: [creationOf(table, later.get(table) ?? []), ...indexes],
      detected: [`Detected added table '${catalogKey(table.schema, table.name)}'`],
    };
  });
  const closing = order.flatMap((table) =>
    partsOf(table, comparison)
      .filter(({ value }) => later.get(table)?.some((key) => key === value) === true)
      .map((part): Change => ({ phase: "addForeignKeys", operations: [additionOf(part, table)], detected: [] })),
  );
  return [...created, ...closing];
}

/** Tables that go, those first that refer to others, each behind its indexes, as Alembic writes it. */
function removals(tables: readonly Table[], comparison: Comparison, taken: ReadonlySet<string>): readonly Change[] {
  // a circle is opened by taking a foreign key away, also where that makes the table anew
  const { order, later } = orderTables(tables, true);
  const isIndexNeeded = comparison.rules.uniquesAreIndexes === true;
  const opened = order.flatMap((table) =>
    partsOf(table, comparison)
      .filter(({ value }) => later.get(table)?.some((key) => key === value) === true)
      .flatMap((part) => dropOf(part, table, comparison) ?? [])
      .map((operation): Change => ({ phase: "dropForeignKeys", operations: [operation], detected: [] })),
  );
  // what others are to be called must be free before they are made
  const isInTheWay = tables.some((table) =>
    partsOf(table, comparison).some(({ name }) => name !== undefined && taken.has(name)),
  );
  const dropped = order.toReversed().map((table): Change => {
    // an index may be what a foreign key of the table needs: there it goes with its table
    const indexes = isIndexNeeded
      ? []
      : partsOf(table, comparison)
          .filter(({ value }) => value.kind === "index")
          .flatMap((part) => dropOf(part, table, comparison) ?? []);
    const { name: tableName, schema } = table;
    return {
      phase: isInTheWay ? "dropTablesFirst" : "dropTables",
      operations: [...indexes, { kind: "dropTable", tableName, schema, ifExists: false, origin }],
      detected: [`Detected removed table '${catalogKey(schema, tableName)}'`],
    };
  });
  return [...opened, ...dropped];
}

/** What changes of a table besides its parts. */
function ownChanges(there: Table, wanted: Table): readonly Change[] {
  if (there.comment === wanted.comment) return [];
  const { name: tableName, schema, comment } = wanted;
  return [
    {
      phase: "commentTables",
      operations: [{ kind: "tableComment", tableName, schema, comment, existingComment: there.comment, origin }],
      detected: [`Detected table comment on '${nameText(tableName)}'`],
      table: catalogKey(schema, tableName),
    },
  ];
}

/** What the options of a table say, each as a text by its name, and its prefixes. */
function optionsOf(table: Table, { writer }: Comparison): ReadonlyMap<string, string> {
  const options = Object.entries(writer.options(table.options, "table"));
  const texts = options.map(([name, value]) => [name, optionText({ [name]: value }, writer)] as const);
  return new Map([["prefixes", table.prefixes.join(" ")] as const, ...texts].filter(([, text]) => text !== ""));
}

/** What changes of the options of a table. What a side does not say may come from its database. */
function optionChanges(there: Table, wanted: Table, comparison: Comparison): readonly Change[] {
  const [before, after] = [optionsOf(there, comparison), optionsOf(wanted, comparison)];
  const inherited = comparison.writer.form.inheritedOptions ?? new Set();
  const isDifferent = (name: string): boolean => {
    const [one, other] = [before.get(name), after.get(name)];
    return one !== other && !(inherited.has(name) && (one === undefined || other === undefined));
  };
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(isDifferent);
  if (changed.length === 0) return [];
  const title = catalogKey(wanted.schema, wanted.name);
  const said = (options: ReadonlyMap<string, string>): string =>
    changed.flatMap((name) => options.get(name) ?? []).join(", ") || "none";
  const [from, to] = [said(before), said(after)];
  const { dialect, context } = comparison;
  const statements = dialect.alterTableOptions?.(there, wanted, changed, context);
  const detected = [`Detected options of table '${title}' from ${from} to ${to}`];
  if (statements !== undefined) {
    const operations = statements.map((text): OperationNode => ({ kind: "execute", statement: sql.raw(text), origin }));
    return [{ phase: "changeTables", operations, detected, table: title }];
  }
  const gap = {
    what: `the options of table "${title}" go from ${from} to ${to}`,
    decide: "write the statement that changes them: op.execute(…), or make the table anew",
  };
  return [{ phase: "changeTables", operations: [], detected, table: title, gap }];
}

/** The names of all constraints and indexes that are wanted. */
function namesOf({ tables }: Catalog, comparison: Comparison): ReadonlySet<string> {
  return new Set(tables.values().flatMap((table) => partsOf(table, comparison).flatMap(({ name }) => name ?? [])));
}

/** The keys of the tables that were made as partitions: each comes and goes as one. */
function partitionsOf({ objects }: Catalog): readonly string[] {
  return objects
    .values()
    .flatMap((object) =>
      object.kind === "partition" && !object.isAttached ? [catalogKey(object.schema, object.name)] : [],
    );
}

/** What changes of the tables. */
export interface TableChanges {
  readonly changes: readonly Change[];
  /** The keys of the tables and columns whose views and triggers are in the way. */
  readonly touched: ReadonlySet<string>;
}

/** Compares all tables. */
export function tableChanges(comparison: Comparison): TableChanges {
  const { current, wanted, filters, settled } = comparison;
  const added: Table[] = [];
  const dropped: Table[] = [];
  const changes: Change[] = [];
  const pairs: TablePair[] = [];
  const touched = new Set<string>();
  const partitions = new Set([...partitionsOf(current), ...partitionsOf(wanted)]);
  const isPartition = ({ schema, name }: Table): boolean => partitions.has(catalogKey(schema, name));
  const isCompared = (there: Table | undefined, target: Table | undefined): boolean => {
    const one = target ?? there;
    if (one === undefined || filters.isVersionTable(one)) return false;
    return filters.includes("table", one.name, { schema: one.schema }, there, target);
  };
  for (const target of wanted.tables.values()) {
    const there = current.table(target.schema, target.name);
    if (!isCompared(there, target) || isPartition(target)) continue;
    if (there === undefined) {
      added.push(settled(target, wanted));
      continue;
    }
    if (there === target) {
      const unchanged = settled(target, wanted);
      pairs.push({ there: unchanged, wanted: unchanged });
      continue;
    }
    const [before, after] = [settled(there, current), settled(target, wanted)];
    const columns = columnChanges(before, after, comparison);
    const found = [
      ...columns.changes,
      ...partChanges(before, after, columns, comparison),
      ...ownChanges(before, after),
      ...optionChanges(before, after, comparison),
    ];
    changes.push(...found);
    pairs.push({ there: before, wanted: after });
    const key = catalogKey(target.schema, target.name);
    if (columns.dropped.size > 0 || columns.retyped.size > 0) touched.add(key);
  }
  for (const there of current.tables.values()) {
    if (wanted.table(there.schema, there.name) !== undefined || isPartition(there)) continue;
    if (!isCompared(there, undefined)) continue;
    dropped.push(settled(there, current));
    touched.add(catalogKey(there.schema, there.name));
  }
  return {
    changes: [
      ...additions(added, comparison),
      ...changes,
      ...referringKeyChanges(pairs, comparison),
      ...removals(dropped, comparison, namesOf(wanted, comparison)),
    ],
    touched,
  };
}
