import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectFolder } from "../support/project-folder.js";
import { runCli } from "./run-cli.js";

const dump = `--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SET check_function_bodies = false;
CREATE TYPE public.mood AS ENUM ('sad', 'ok');
CREATE TABLE public.account (
    id integer NOT NULL,
    name character varying(80) NOT NULL,
    feels public.mood DEFAULT 'ok'::public.mood
);
CREATE SEQUENCE public.account_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.account_id_seq OWNED BY public.account.id;
CREATE TABLE public.alembic_version (version_num character varying(32) NOT NULL);
ALTER TABLE ONLY public.account ALTER COLUMN id SET DEFAULT nextval('public.account_id_seq'::regclass);
ALTER TABLE ONLY public.account ADD CONSTRAINT account_pkey PRIMARY KEY (id);
CREATE INDEX ix_account_name ON public.account USING btree (lower((name)::text));
`;

describe("init --from-dump", () => {
  it("writes a first revision that builds the schema, and the script for databases that have it", async () => {
    const cwd = projectFolder({ "live.sql": dump });
    const { code, stdout, stderr } = await runCli(["init", "db", "--from-dump", "live.sql"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [file = ""] = readdirSync(join(cwd, "db/versions")).filter((name) => name.endsWith(".ts"));
    expect(stdout).toContain(`Created db/versions/${file}\nCreated db/stamp.sql, for databases`);
    const text = readFileSync(join(cwd, "db/versions", file), "utf8");
    expect(text).toContain('op.createEnumType("mood", ["sad", "ok"]);');
    expect(text).toContain('op.createTable("account", [');
    expect(text).not.toContain("alembic_version");
    expect(text).not.toContain("op.invoke");
    expect(readFileSync(join(cwd, "db/stamp.sql"), "utf8")).toContain("INSERT INTO alembic_version");

    const config = join(cwd, "db/sqlembic.config.ts");
    writeFileSync(
      config,
      readFileSync(config, "utf8").replace("defineConfig({", 'defineConfig({ targetSchema: "../live.sql",'),
    );
    const checked = await runCli(["check"], { cwd: join(cwd, "db") });
    expect(checked).toMatchObject({ code: 0, stdout: "No new upgrade operations detected.\n" });
  });

  it("keeps the dump as what the first revision finds, when that is asked for", async () => {
    const cwd = projectFolder({ "live.sql": dump });
    const { code } = await runCli(["init", "--from-dump", "live.sql", "--baseline"], { cwd });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, "baseline.sql"), "utf8")).toBe(dump);
    expect(readFileSync(join(cwd, "sqlembic.config.ts"), "utf8")).toContain('baseline: "baseline.sql",');
    expect(existsSync(join(cwd, "stamp.sql"))).toBe(false);
    const { stdout } = await runCli(["schema"], { cwd });
    expect(stdout).toContain("CREATE TABLE account (");
  });

  it("writes nothing for a dump of which it would lose something", async () => {
    const cwd = projectFolder({ "live.sql": `${dump}CREATE TABLE copy AS SELECT * FROM public.account;\n` });
    const { code, stderr } = await runCli(["init", "db", "--from-dump", "live.sql"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("A statement of the dump is not understood: CREATE TABLE copy AS");
    expect(stderr).toContain("live.sql:18");
    expect(existsSync(join(cwd, "db"))).toBe(false);
  });

  it.each([
    [["init", "--from-dump", "none.sql"], "none.sql cannot be read"],
    [["init", "--baseline"], "--baseline goes with --from-dump"],
    [["init", "--from-dump", "live.sql", "--template", "multi"], "--from-dump makes a project for one database"],
  ])("refuses %j", async (parameters, message) => {
    const cwd = projectFolder({ "live.sql": dump });
    const { code, stderr } = await runCli(parameters, { cwd });
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
    expect(readdirSync(cwd)).toEqual(["live.sql"]);
  });
});
