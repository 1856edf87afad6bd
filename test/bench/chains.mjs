/** The chains of revisions that the benchmark compiles. */

/** The identifier of the revision at a position: twelve hexadecimal digits that do not look alike. */
export function identifier(position) {
  return (
    ((position * 2654435761 + 97) % 2 ** 32).toString(16).padStart(8, "0") + position.toString(16).padStart(4, "0")
  );
}

function beginning(position, imports = "") {
  return `/**
 * change number ${position}
 */
import { column, t, type Operations } from "sqlembic";
${imports}
export const revision = "${identifier(position)}";
export const downRevision = ${position === 0 ? "null" : JSON.stringify(identifier(position - 1))};
export const branchLabels = null;
export const dependsOn = null;
`;
}

/** The calls of an ordinary upgrade, with something more among the columns and in the place of its SQL. */
function calls(
  table,
  { columns = "", execute = `op.execute("UPDATE ${table} SET amount = 0 WHERE amount IS NULL");` },
) {
  return `op.createTable("${table}", [
    column("id", t.integer(), { primaryKey: true }),
    column("name", t.string(50), { nullable: false }),
    column("created", t.dateTime(), { serverDefault: "2020-01-01" }),${columns}
  ]);
  op.addColumn("${table}", column("amount", t.numeric(10, 2)));
  op.createIndex("ix_${table}_name", "${table}", ["name"], { unique: true });
  op.alterColumn("${table}", "amount", { nullable: false });
  ${execute}
  op.createCheckConstraint("ck_${table}_amount", "${table}", "amount >= 0");`;
}

function bodies(upgrade, downgrade) {
  return `
export function upgrade(op: Operations): void {
  ${upgrade}
}

export function downgrade(op: Operations): void {
  ${downgrade}
}
`;
}

/** Six operations with nothing but literals. */
function literal(position) {
  const table = `table_${position}`;
  return beginning(position) + bodies(calls(table, {}), `op.dropTable("${table}");`);
}

/** What real revisions have besides: conditions, loops, helpers, and DDL of their own. */
const others = [
  (position) => {
    const table = `table_${position}`;
    const execute = `if (op.dialect.name === "postgresql") {
    op.execute("UPDATE ${table} SET amount = 0 WHERE amount IS NULL");
  } else {
    op.execute("UPDATE ${table} SET amount = 1 WHERE amount IS NULL");
  }`;
    return beginning(position) + bodies(calls(table, { execute }), `op.dropTable("${table}");`);
  },
  (position) => {
    const table = `table_${position}`;
    const loop = `for (const name of tables) {
    op.createTable(name, [
      column("id", t.integer(), { primaryKey: true }),
      column("name", t.string(50), { nullable: false }),
    ]);
    op.createIndex(\`ix_\${name}_name\`, name, ["name"]);
  }`;
    const tables = `\nconst tables = ["${table}", "${table}_archive", "${table}_staging"] as const;\n`;
    return beginning(position) + tables + bodies(loop, "for (const name of [...tables].reverse()) op.dropTable(name);");
  },
  (position) => {
    const table = `table_${position}`;
    const imports = 'import { auditColumns } from "../helpers.js";\n';
    const upgrade = calls(table, { columns: "\n    ...auditColumns()," });
    return beginning(position, imports) + bodies(upgrade, `op.dropTable("${table}");`);
  },
  (position) => {
    const table = `table_${position}`;
    const view = `CREATE VIEW ${table}_named AS SELECT id, name FROM ${table} WHERE name IS NOT NULL`;
    const execute = `op.execute("${view}");
  op.execute("CREATE INDEX ix_${table}_created ON ${table} (created DESC)");`;
    const downgrade = `op.execute("DROP VIEW ${table}_named");\n  op.dropTable("${table}");`;
    return beginning(position) + bodies(calls(table, { execute }), downgrade);
  },
];

const helpers = `import { column, t, type Column } from "sqlembic";

/** The columns that say who wrote a row. */
export function auditColumns(): Column[] {
  return ["inserted_by", "updated_by"].map((name) => column(name, t.string(50)));
}
`;

/** The text of each revision in the order of the chain, and the other files of its project. */
export const chains = {
  literal: { revision: literal, files: {} },
  mixed: {
    revision: (position) =>
      position % 3 === 2 ? others[Math.floor(position / 3) % others.length](position) : literal(position),
    files: { "helpers.ts": helpers },
  },
};

/** A revision that makes so many tables, and the schema that it leads to with other types in so many of them. */
export function tables(count, differences) {
  const numbers = Array.from({ length: count }, (_none, number) => number);
  const made = numbers.map(
    (number) => `  op.createTable("t${number}", [
    column("id", t.INTEGER(), { primaryKey: true, autoincrement: false }),
    column("name", t.VARCHAR(20), { nullable: false, serverDefault: "x" }),
    column("price", t.NUMERIC(10, 2), { check: check("price > 0", { name: "t${number}_price_check" }) }),
    column("made", t.TIMESTAMP({ timezone: true }), { serverDefault: sql.raw("now()") }),
  ]);
  op.createIndex("ix_t${number}", "t${number}", [sql.raw("lower(name)")]);`,
  );
  const wanted = numbers.map(
    (number) => `CREATE TABLE t${number} (
  id integer PRIMARY KEY,
  name varchar(${number < differences ? 30 : 20}) DEFAULT 'x' NOT NULL,
  price numeric(10,2) CONSTRAINT t${number}_price_check CHECK (price > 0),
  made timestamptz DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_t${number} ON t${number} USING btree (lower((name)::text));`,
  );
  const imports = 'import { check, sql } from "sqlembic";\n';
  return {
    revision: () =>
      `${beginning(0, imports)}\nexport function upgrade(op: Operations): void {\n${made.join("\n")}\n}\n\nexport function downgrade(): void {}\n`,
    files: { "schema.sql": wanted.join("\n") },
  };
}
