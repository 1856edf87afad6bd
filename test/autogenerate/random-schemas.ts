import fc from "fast-check";
import type { DialectName } from "../../src/schema/dialect-names.js";

interface ColumnChoice {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly value: string | undefined;
}

interface TableChoice {
  readonly name: string;
  readonly columns: readonly ColumnChoice[];
  /** The tables that it refers to. */
  readonly refersTo: readonly string[];
  readonly check: number | undefined;
  readonly unique: boolean;
  readonly comment: string | undefined;
}

interface SchemaChoice {
  readonly tables: readonly TableChoice[];
  /** The table and column of each index, by the name of the index; names go from table to table. */
  readonly indexes: ReadonlyMap<
    string,
    { readonly table: string; readonly unique: boolean; readonly partial: boolean }
  >;
  readonly views: readonly string[];
  readonly moods: readonly string[];
}

/** The types that a column may go between, with the defaults that fit all of them. */
const columns: Readonly<Record<string, { readonly types: readonly string[]; readonly values: readonly string[] }>> = {
  amount: { types: ["NUMERIC(8, 2)", "NUMERIC(10, 2)"], values: ["0", "1.5"] },
  born: { types: ["DATE"], values: ["'2020-01-01'"] },
  level: { types: ["INTEGER", "BIGINT", "SMALLINT"], values: ["0", "7"] },
  name: { types: ["VARCHAR(10)", "VARCHAR(20)", "VARCHAR(40)"], values: ["'x'", "'it''s'"] },
};

const tableNames = ["a", "b", "c", "d"];

const column = (name: string): fc.Arbitrary<ColumnChoice | undefined> => {
  const { types, values } = columns[name] ?? { types: [], values: [] };
  const choice = fc.record({
    name: fc.constant(name),
    type: fc.constantFrom(...types),
    nullable: fc.boolean(),
    value: fc.option(fc.constantFrom(...values), { nil: undefined }),
  });
  return fc.option(choice, { nil: undefined, freq: 4 });
};

const table = (name: string): fc.Arbitrary<TableChoice> =>
  fc.record({
    name: fc.constant(name),
    columns: fc.tuple(...Object.keys(columns).map(column)).map((all) => all.flatMap((one) => one ?? [])),
    refersTo: fc.subarray(tableNames),
    check: fc.option(fc.constantFrom(0, 5), { nil: undefined }),
    unique: fc.boolean(),
    comment: fc.option(fc.constantFrom("one", "it's"), { nil: undefined, freq: 2 }),
  });

const index = fc.record({ table: fc.constantFrom(...tableNames), unique: fc.boolean(), partial: fc.boolean() });

/** A schema of a few names that come up again and again, so that two of them have much in common. */
export const anySchema: fc.Arbitrary<SchemaChoice> = fc
  .record({
    names: fc.subarray(tableNames, { minLength: 1 }),
    tables: fc.tuple(...tableNames.map(table)),
    indexes: fc.array(index, { maxLength: 3 }),
    views: fc.subarray(tableNames),
    moods: fc.subarray(["sad", "ok", "happy", "glad"], { minLength: 1 }),
  })
  .map(({ names, tables, indexes, views, moods }) => {
    const kept = tables.filter(({ name }) => names.includes(name));
    return {
      tables: kept.map((one) => ({ ...one, refersTo: one.refersTo.filter((other) => names.includes(other)) })),
      indexes: new Map(
        indexes.flatMap((one, position) => (names.includes(one.table) ? [[`ix_${position}`, one] as const] : [])),
      ),
      views: views.filter((name) => names.includes(name)),
      moods,
    };
  });

const has = ({ columns: all }: TableChoice, name: string): boolean => all.some((one) => one.name === name);

/** A schema as the statements that make it. */
export function sqlOf({ tables, indexes, views, moods }: SchemaChoice, dialect: DialectName): string {
  const isPostgresql = dialect === "postgresql";
  const isMysql = dialect === "mysql" || dialect === "mariadb";
  const statements: string[] = [];
  if (isPostgresql) statements.push(`CREATE TYPE mood AS ENUM (${moods.map((mood) => `'${mood}'`).join(", ")})`);
  const later: string[] = [];
  for (const one of tables) {
    const items = [
      "id INTEGER NOT NULL",
      ...one.columns.map(
        ({ name, type, nullable, value }) =>
          `${name} ${type}${value === undefined ? "" : ` DEFAULT ${value}`}${nullable ? "" : " NOT NULL"}`,
      ),
      ...(isPostgresql && has(one, "level") ? ["feels mood"] : []),
      ...one.refersTo.map((other) => `${other}_id INTEGER`),
      `CONSTRAINT pk_${one.name} PRIMARY KEY (id)`,
      ...(one.check !== undefined && has(one, "level")
        ? [`CONSTRAINT ck_${one.name} CHECK (level >= ${one.check})`]
        : []),
      ...(one.unique && has(one, "name") ? [`CONSTRAINT uq_${one.name} UNIQUE (name)`] : []),
    ];
    for (const other of one.refersTo) {
      const key = `CONSTRAINT fk_${one.name}_${other} FOREIGN KEY (${other}_id) REFERENCES ${other} (id)`;
      if (dialect === "sqlite") items.push(key);
      else later.push(`ALTER TABLE ${one.name} ADD ${key}`);
    }
    const comment = one.comment?.replaceAll("'", "''");
    const options = isMysql && comment !== undefined ? ` COMMENT='${comment}'` : "";
    statements.push(`CREATE TABLE ${one.name} (${items.join(", ")})${options}`);
    if (isPostgresql && comment !== undefined) later.push(`COMMENT ON TABLE ${one.name} IS '${comment}'`);
  }
  for (const [name, { table: owner, unique, partial }] of indexes) {
    const found = tables.find((one) => one.name === owner);
    const key = found?.columns.find((one) => one.name !== "born")?.name ?? "id";
    const where = partial && !isMysql ? " WHERE id > 5" : "";
    const expression = isPostgresql && key === "name" && partial ? "lower(name)" : key;
    later.push(`CREATE ${unique ? "UNIQUE " : ""}INDEX ${name} ON ${owner} (${expression})${where}`);
  }
  for (const name of views) {
    const found = tables.find((one) => one.name === name);
    const results = ["id", ...(found?.columns.slice(0, 2).map((one) => one.name) ?? [])];
    later.push(`CREATE VIEW v_${name} AS SELECT ${results.join(", ")} FROM ${name}`);
  }
  return [...statements, ...later].map((statement) => `${statement};\n`).join("");
}
