/**
 * `npm run demo`: compiles the samples with the command line, as a person would, and applies the scripts: PostgreSQL
 * and SQLite run inside this process, a MySQL or MariaDB server is used when one answers.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { packageFolder, setUp } from "../test/support/setup.mjs";

setUp();
const { PGlite } = await import("@electric-sql/pglite");
const { default: sqlite } = await import("node-sqlite3-wasm");

const folder = "dist/demo";
rmSync(`${packageFolder}${folder}`, { recursive: true, force: true });
mkdirSync(`${packageFolder}${folder}`, { recursive: true });

function heading(text) {
  console.log(`\n\n=== ${text} ===\n`);
}

/** Runs `sqlembic` in the folder of a sample; with a file's name the script goes there and is returned. */
function sqlembic(sample, parameters, file) {
  const output = file === undefined ? [] : ["-o", `../../${folder}/${file}`];
  console.log(`samples/${sample}$ sqlembic ${[...parameters, ...output].join(" ")}`);
  const program = `${packageFolder}dist/bundle/cli.cjs`;
  const { status } = spawnSync(process.execPath, [program, ...parameters, ...output], {
    cwd: `${packageFolder}samples/${sample}`,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
  return file === undefined ? "" : readFileSync(`${packageFolder}${folder}/${file}`, "utf8");
}

heading("A bug tracker on PostgreSQL: its history");
sqlembic("bug-tracker", ["history"]);

heading("The baseline, applied to an empty database, with some bugs in it");
const postgresql = await PGlite.create();
await postgresql.exec(sqlembic("bug-tracker", ["upgrade", "bc25b5f8939f", "--client", "any"], "bug-tracker-1.sql"));
await postgresql.exec(
  `INSERT INTO bug (bug_tracker_url, root_cause, who) VALUES
     ('https://bugs.example/1', 'race', 'ann'),
     ('https://bugs.example/2', 'leak', 'bob'),
     ('https://bugs.example/3', 'race', 'ann')`,
);
const show = async (name) => {
  console.log(`\nTable ${name}:`);
  const { rows } = await postgresql.query(`SELECT * FROM ${name} ORDER BY 1`);
  console.table(rows.map(({ when, ...row }) => row));
};
await show("bug");

heading("The next revision: root causes become a table");
const script = sqlembic(
  "bug-tracker",
  ["upgrade", "bc25b5f8939f:6c55e0560fd4", "--client", "any"],
  "bug-tracker-2.sql",
);
console.log(`\n${script}`);
await postgresql.exec(script);
await show("bug");
await show("root_cause");

heading("The last revision: the old column goes");
const last = sqlembic("bug-tracker", ["upgrade", "6c55e0560fd4:head", "--client", "any"], "bug-tracker-3.sql");
console.log(`\n${last}`);
await postgresql.exec(last);
await show("bug");
await show("alembic_version");
await postgresql.close();

heading("Users on SQLite");
const users = sqlembic("users", ["upgrade", "head", "--client", "any"], "users.sql");
const database = new sqlite.Database(":memory:");
database.exec(users);
console.log("\nApplied to an embedded SQLite. Table users has the columns");
console.table(database.all("SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('users')"));
database.close();

heading("One history for two servers: software as a service");
sqlembic("saas", ["upgrade", "head", "-n", "postgresql"], "saas-postgresql.sql");
const saas = sqlembic("saas", ["upgrade", "head", "-n", "mysql"], "saas-mysql.sql");

/** Asks a local server by its socket; undefined when no client or no server is there. */
function mysql(parameters, input = "") {
  for (const client of ["mariadb", "mysql"]) {
    const { status, stdout } = spawnSync(client, ["--user=root", ...parameters], { input, encoding: "utf8" });
    if (status === 0) return stdout;
  }
  return undefined;
}

const demo = `sqlembic_demo_${process.pid}`;
if (mysql(["-e", `CREATE DATABASE ${demo}`]) === undefined) {
  console.log("\nNo MySQL or MariaDB server answers here. Where one does:");
  console.log(`  mysql SOME_DATABASE < ${folder}/saas-mysql.sql`);
} else {
  try {
    const applied = mysql([demo], saas) !== undefined;
    if (!applied) throw new Error("the script for MySQL could not be applied");
    console.log(
      `\nApplied to a database of the local server, which is dropped again: mysql ${demo} < ${folder}/saas-mysql.sql`,
    );
    console.log(mysql([demo, "--table", "-e", "DESCRIBE tenant; DESCRIBE invoice; SELECT * FROM alembic_version"]));
  } finally {
    mysql(["-e", `DROP DATABASE ${demo}`]);
  }
}

console.log(`\nThe scripts are in ${folder}.`);
