import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { column, compileRange, t, type DialectName } from "sqlembic";
import { history } from "../support/history.js";

const project = (dialect: DialectName) =>
  history({ dialect }, [
    { id: "a1", upgrade: (op) => op.createTable("account", [column("id", t.integer(), { primaryKey: true })]) },
    { id: "b2", upgrade: (op) => op.addColumn("account", column("name", t.string(50))) },
  ]);

const needs = (script: string): string | undefined => /^-- needs: +(.*)$/m.exec(script)?.[1];

describe("the first lines of a script", () => {
  it("have the checksum of the lines below them", async () => {
    const { script } = await compileRange(project("postgresql"), "head");
    const [, sum, below = ""] = /^-- sha256: (\w+) of the lines below this one\n([^]*)$/m.exec(script) ?? [];
    expect(sum).toBe(createHash("sha256").update(below, "utf8").digest("hex"));
  });

  it("say which version rows a script needs", async () => {
    const { script } = await compileRange(project("mysql"), "a1:b2");
    expect(needs(script)).toBe("alembic_version at exactly a1");
    const fromBase = await compileRange(project("mysql"), "head");
    expect(needs(fromBase.script)).toBe("no revision applied: alembic_version empty or missing");
  });

  it.each<readonly [dialect: DialectName, goesOn: boolean]>([
    ["postgresql", true],
    ["mssql", true],
    ["sqlite", false],
  ])("say whether a script for %s goes on from its own commits", async (dialect, goesOn) => {
    const end = goesOn ? "; or at a later commit of this file, from where it goes on" : "";
    const several = { transactionPerMigration: true };
    const { script } = await compileRange(project(dialect), "a1:b2", several);
    expect(needs(script)).toBe("alembic_version at exactly a1");
    const whole = await compileRange(project(dialect), "head", several);
    expect(needs(whole.script)).toBe(`no revision applied: alembic_version empty or missing${end}`);
    const once = await compileRange(project(dialect), "head");
    expect(needs(once.script)).toBe("no revision applied: alembic_version empty or missing");
  });

  it.each(["idempotent", "resumable"] as const)("say that %s scripts take all of a range", async (layout) => {
    const { script } = await compileRange(project("mysql"), "head", { layout });
    expect(needs(script)).toBe("alembic_version at base, at b2, or between them");
  });
});
