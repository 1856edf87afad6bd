import fc from "fast-check";
import sqliteInWasm from "node-sqlite3-wasm";
import { describe, expect, it } from "vitest";
import { sqlite as dialect } from "../../../../dialects/sqlite/index.js";
import { Catalog } from "../../../../src/catalog/catalog.js";
import { compileNodes } from "../../../../src/compiler/compile.js";
import {
  check,
  column,
  index,
  references,
  sql,
  t,
  type BatchOperations,
  type Operations,
} from "../../../../src/index.js";
import type { OperationNode } from "../../../../src/operations/index.js";
import { stateAt, ReplayPoint } from "../../../../src/compiler/replay.js";
import { Recorder } from "../../../../src/revision/recorder.js";
import { nameText } from "../../../../src/schema/names.js";
import type { Table, TableItem } from "../../../../src/schema/tables.js";

type Row = Readonly<Record<string, unknown>>;

/** What a database says about a table, besides the order of its columns and the names of its automatic indexes. */
function describeTable(database: InstanceType<typeof sqliteInWasm.Database>, table: string): unknown {
  const all = (text: string): readonly Row[] => database.all(text);
  const sorted = (rows: readonly string[]): readonly string[] => [...rows].sort();
  const columns = all(`PRAGMA table_xinfo(${table})`).map(({ cid: _position, ...rest }) => JSON.stringify(rest));
  const keys = all(`PRAGMA foreign_key_list(${table})`).map(({ id: _number, ...rest }) => JSON.stringify(rest));
  const indexes = all(`PRAGMA index_list(${table})`).map(({ name, unique: isUnique, origin, partial }) => {
    const parts = all(`PRAGMA index_xinfo("${String(name)}")`).map(
      (part) => `${String(part["name"])} ${String(part["key"])}`,
    );
    const shown = origin === "c" ? name : origin;
    return JSON.stringify([shown, isUnique, origin, partial, parts]);
  });
  const [schema] = all(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '${table}'`);
  const definition = String(schema?.["sql"]);
  const checks = [...definition.matchAll(/CHECK \(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)].map(
    ([, condition]) => condition ?? "",
  );
  return {
    columns: sorted(columns),
    keys: sorted(keys),
    indexes: sorted(indexes),
    checks: sorted(checks),
    isCounted: definition.includes("AUTOINCREMENT"),
  };
}

async function record(body: (op: Operations) => unknown): Promise<readonly OperationNode[]> {
  return new Recorder({ dialect: { name: "sqlite", version: dialect.defaultVersion } }).record(body);
}

interface Compiled {
  readonly script: string;
  readonly tables: readonly Table[];
}

async function compile(body: (op: Operations) => unknown): Promise<Compiled> {
  const start = stateAt(ReplayPoint.start(() => Catalog.empty({ rules: dialect.rules, isComplete: true })));
  const { statements, after } = compileNodes(await record(body), { dialect }, start);
  return {
    script: statements.map((statement) => `${statement.sql};\n`).join(""),
    tables: after.whole.catalog.tables.values(),
  };
}

/** The same schema, made by CREATE TABLE alone. */
function createDirectly(tables: readonly Table[]): string {
  const nodes: readonly OperationNode[] = tables.map((table) => ({
    kind: "createTable",
    origin: undefined,
    table,
    ifNotExists: false,
  }));
  const { statements } = compileNodes(nodes, { dialect, schemaChecks: false });
  return statements.map((statement) => `${statement.sql};\n`).join("");
}

const types = {
  integer: t.integer(),
  text: t.text(),
  string: t.string(20),
  float: t.float(),
  flag: t.boolean({ createConstraint: true, name: "ck_flag" }),
} as const;
type TypeKind = keyof typeof types;

const plainKind = fc.constantFrom<TypeKind>("integer", "text", "string", "float");

/** A column c0, c1, … with what stands on it. */
const columnSeed = fc.record({
  kind: plainKind,
  isRequired: fc.boolean(),
  default: fc.constantFrom(undefined, "5", "it's"),
  isUnique: fc.boolean(),
  refers: fc.boolean(),
  check: fc.constantFrom("none", "column", "table"),
  index: fc.constantFrom("none", "plain", "partial", "expression", "with id"),
});
type ColumnSeed = typeof columnSeed extends fc.Arbitrary<infer S> ? S : never;

/** What happens to one column. */
const changeSeed = fc.record({
  what: fc.constantFrom("nothing", "type", "null", "default", "rename", "drop", "rename and type", "unique", "check"),
  kind: plainKind,
});
type ChangeSeed = typeof changeSeed extends fc.Arbitrary<infer S> ? S : never;

const additionSeed = fc.constantFrom("nothing", "plain", "first", "with index", "with key", "unique", "flag", "now");
type AdditionSeed = typeof additionSeed extends fc.Arbitrary<infer S> ? S : never;

function itemsOf(seeds: readonly ColumnSeed[]): readonly TableItem[] {
  return seeds.flatMap((seed, position): readonly TableItem[] => {
    const name = `c${position}`;
    const condition = sql`${sql.identifier(name)} IS NULL OR length(${sql.identifier(name)}) < 99`;
    const made = column(name, types[seed.kind], {
      nullable: !seed.isRequired,
      unique: seed.isUnique,
      ...(seed.default !== undefined && { serverDefault: seed.default }),
      ...(seed.refers && { references: references("owner.code", { onDelete: "CASCADE" }) }),
      ...(seed.check === "column" && { check: check(condition, { name: `ck_${name}` }) }),
    });
    const items: TableItem[] = [made];
    if (seed.check === "table") items.push(check(condition, { name: `ck_${name}` }));
    const indexed = {
      plain: [name],
      "with id": [name, "id"],
      partial: [name],
      expression: [sql`lower(${sql.identifier(name)})`],
    };
    if (seed.index !== "none") {
      const where = seed.index === "partial" ? { sqlite: { where: sql.raw(`${name} IS NOT NULL`) } } : {};
      items.push(index(`ix_${name}`, indexed[seed.index], where));
    }
    return items;
  });
}

type Changes = Pick<
  BatchOperations,
  "addColumn" | "alterColumn" | "createCheckConstraint" | "createUniqueConstraint" | "dropColumn" | "dropConstraint"
>;

/** The directives outside a batch, in the shape of those inside one. */
function outsideBatch(op: Operations, table: string): Changes {
  return {
    addColumn: (added, { insertBefore: _before, insertAfter: _after, ...options } = {}) =>
      op.addColumn(table, added, options),
    alterColumn: (name, options) => op.alterColumn(table, name, options),
    createCheckConstraint: (name, condition) => op.createCheckConstraint(name, table, condition),
    createUniqueConstraint: (name, columns) => op.createUniqueConstraint(name, table, columns),
    dropColumn: (name) => op.dropColumn(table, name),
    dropConstraint: (name) => op.dropConstraint(name, table),
  };
}

function change(batch: Changes, name: string, { what, kind }: ChangeSeed, seed: ColumnSeed): void {
  switch (what) {
    case "nothing":
      return;
    case "type":
      return batch.alterColumn(name, { type: types[kind] });
    case "null":
      return batch.alterColumn(name, { nullable: true });
    case "default":
      return batch.alterColumn(name, { serverDefault: seed.default === undefined ? "7" : null });
    case "rename":
      return batch.alterColumn(name, { newColumnName: `Renamed ${name}` });
    case "rename and type":
      return batch.alterColumn(name, { newColumnName: `Renamed ${name}`, type: types[kind] });
    case "drop":
      return batch.dropColumn(name);
    case "unique":
      return batch.createUniqueConstraint(`uq_${name}`, [name, "id"]);
    case "check":
      if (seed.check !== "none") batch.dropConstraint(`ck_${name}`);
      else batch.createCheckConstraint(`ck_${name}`, `${name} IS NULL OR ${name} <> 'never'`);
  }
}

function add(batch: Changes, addition: AdditionSeed): void {
  switch (addition) {
    case "nothing":
      return;
    case "plain":
      return batch.addColumn(column("added", t.string(5), { serverDefault: "x", nullable: false }));
    case "first":
      return batch.addColumn(column("added", t.integer()), { insertBefore: "id" });
    case "with index":
      return batch.addColumn(column("added", t.integer(), { index: true }));
    case "with key":
      return batch.addColumn(column("added", t.integer(), { references: references("owner.code") }));
    case "unique":
      return batch.addColumn(column("added", t.integer(), { unique: true }));
    case "flag":
      return batch.addColumn(column("added", types.flag));
    case "now":
      return batch.addColumn(column("added", t.dateTime(), { serverDefault: sql`CURRENT_TIMESTAMP` }));
  }
}

const seeds = fc.record({
  columns: fc.array(columnSeed, { minLength: 1, maxLength: 4 }),
  changes: fc.array(changeSeed, { minLength: 4, maxLength: 4 }),
  addition: additionSeed,
  isCounted: fc.boolean(),
  referrer: fc.constantFrom("none", "child", "itself"),
  mode: fc.constantFrom("auto", "always", "outside"),
});

const rowCount = 3;

/** The value of a column in a row: digits, so that every type keeps it, and one that the referred table has. */
function valueOf(position: number, row: number): string {
  return String(10 * (position + 1) + row);
}

function text(value: unknown): string {
  return typeof value === "number" ? String(value) : String(value).replace(/\.0$/, "");
}

describe("a SQLite table made anew", () => {
  it("keeps its rows and becomes what the replayed schema says, whatever is changed in or outside a batch", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async ({ columns, changes, addition, isCounted, referrer, mode }) => {
        const owners = columns.flatMap((_seed, position) =>
          Array.from({ length: rowCount }, (_none, row) => ({ code: Number(valueOf(position, row)) })),
        );
        const prepare = (op: Operations): void => {
          op.bulkInsert(op.createTable("owner", [column("code", t.integer(), { primaryKey: true })]), owners);
          const self = references("thing.id", { onDelete: "CASCADE" });
          op.createTable(
            "thing",
            [
              column("id", t.integer(), { primaryKey: true }),
              ...(referrer === "itself" ? [column("parent", t.integer(), { references: self })] : []),
              ...itemsOf(columns),
            ],
            { sqlite: { autoincrement: isCounted } },
          );
          for (let row = 0; row < rowCount; row++) {
            const values = columns.map((_seed, position) => [`c${position}`, valueOf(position, row)] as const);
            const parent = referrer === "itself" ? { parent: 1 } : {};
            op.bulkInsert("thing", [{ id: row + 1, ...parent, ...Object.fromEntries(values) }]);
          }
          if (referrer === "child") {
            op.createTable("child", [column("thing_id", t.integer(), { references: self })]);
            op.bulkInsert("child", [{ thing_id: 1 }, { thing_id: 3 }]);
          }
        };
        const changeAll = (batch: Changes): void => {
          columns.forEach((seed, position) => {
            const chosen = changes[position];
            if (chosen !== undefined) change(batch, `c${position}`, chosen, seed);
          });
          add(batch, addition);
        };
        const { script, tables } = await compile((op) => {
          prepare(op);
          if (mode === "outside") changeAll(outsideBatch(op, "thing"));
          else op.batchAlterTable("thing", { recreate: mode }, changeAll);
        });
        const changed = new sqliteInWasm.Database(":memory:");
        const direct = new sqliteInWasm.Database(":memory:");
        try {
          changed.exec(`PRAGMA foreign_keys = ON;\n${script}`);
          direct.exec(createDirectly(tables));
          for (const { name } of tables) {
            expect(describeTable(changed, nameText(name))).toEqual(describeTable(direct, nameText(name)));
          }
          const rows = changed.all("SELECT * FROM thing ORDER BY id") as unknown as readonly Row[];
          expect(rows.length).toBe(rowCount);
          columns.forEach((_seed, position) => {
            const what = changes[position]?.what;
            if (what === "drop") return;
            const name = what === "rename" || what === "rename and type" ? `Renamed c${position}` : `c${position}`;
            expect(rows.map((row) => text(row[name]))).toEqual(rows.map((_row, row) => valueOf(position, row)));
          });
          expect(changed.all("PRAGMA foreign_key_check")).toEqual([]);
          if (referrer === "child")
            expect(changed.all("SELECT * FROM child")).toEqual([{ thing_id: 1 }, { thing_id: 3 }]);
        } finally {
          changed.close();
          direct.close();
        }
      }),
      { numRuns: 300, seed: 20260401 },
    );
  });
});
