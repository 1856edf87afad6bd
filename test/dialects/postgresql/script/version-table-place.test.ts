import { describe, expect, it } from "vitest";
import { compileRange, type Operations } from "../../../../src/index.js";
import { planStamp } from "../../../../src/history/steps-stamp.js";
import { compileProjectPlan, compileVersionTable, graphOf } from "../../../../src/project/compile-range.js";
import { testOn } from "../../../engines/test-on.js";
import { history } from "../../../support/history.js";

const project = (versionTableSchema?: string) =>
  history({ dialect: "postgresql", ...(versionTableSchema !== undefined && { versionTableSchema }) }, [
    { id: "a1", upgrade: (op: Operations) => op.execute("SELECT 1") },
  ]);
type Project = ReturnType<typeof project>;

/** Whatever makes the version table where it is missing. */
const scripts: Readonly<Record<string, (project: Project) => Promise<string>>> = {
  guarded: async (of) => (await compileRange(of, "heads")).script,
  "guarded for any client": async (of) => (await compileRange(of, "heads", { client: "any" })).script,
  idempotent: async (of) => (await compileRange(of, "heads", { layout: "idempotent" })).script,
  "stamp --purge": async (of) =>
    (await compileProjectPlan(of, planStamp(graphOf(of), ["heads"], { rows: [], purge: true }))).script,
  "ensure-version": ({ config }) => compileVersionTable(config),
};

const create = "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);";
const tables = `SELECT nspname AS schema FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE relname = 'alembic_version' AND nspname NOT LIKE 'pg_temp%' ORDER BY nspname`;
const refusal = "refused: several alembic_version are visible, or a temporary one; set versionTableSchema";

describe.each(Object.keys(scripts))("a %s script for PostgreSQL", (name) => {
  const compile = scripts[name] as (of: Project) => Promise<string>;

  testOn("postgresql", "uses the version table that is there, in whatever schema of the search path", async (test) => {
    await test.database.apply(`CREATE SCHEMA own; SET search_path = public; ${create}`);
    const { exitCode } = await test.database.apply(`SET search_path = own, public;\n${await compile(project())}`);
    expect(exitCode).toBe(0);
    expect(await test.database.query(tables)).toEqual([{ schema: "public" }]);
    const rows = await test.database.query("SELECT version_num AS row FROM public.alembic_version");
    expect(rows).toEqual(name === "ensure-version" ? [] : [{ row: "a1" }]);
  });

  testOn("postgresql", "makes it where none is visible", async (test) => {
    await test.database.apply(`CREATE SCHEMA own; CREATE SCHEMA hidden; SET search_path = hidden; ${create}`);
    const { exitCode } = await test.database.apply(`SET search_path = own, public;\n${await compile(project())}`);
    expect(exitCode).toBe(0);
    expect(await test.database.query(tables)).toEqual([{ schema: "hidden" }, { schema: "own" }]);
  });

  testOn("postgresql", "refuses where two are visible, or a temporary one", async (test) => {
    await test.database.apply(`CREATE SCHEMA own; SET search_path = public; ${create}`);
    const script = await compile(project());
    const temporary = await test.database.apply(`${create.replace("TABLE", "TEMP TABLE")}\n${script}`);
    expect(temporary.stderr).toContain(refusal);
    await test.database.apply(`SET search_path = own; ${create}`);
    const two = await test.database.apply(`SET search_path = own, public;\n${script}`);
    expect(two.stderr).toContain(refusal);
    const rows = await test.database.query("TABLE own.alembic_version UNION TABLE public.alembic_version");
    expect(rows).toEqual([]);
  });

  it("asks for neither where the schema of the table is known", async () => {
    const script = await compile(project("tenant"));
    expect(script).toContain("CREATE TABLE IF NOT EXISTS tenant.alembic_version");
    expect(script).not.toContain("current_schemas");
  });
});
