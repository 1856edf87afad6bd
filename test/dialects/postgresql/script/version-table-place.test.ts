import { describe, expect, it } from "vitest";
import { column, t, type Operations } from "../../../../src/index.js";
import { compileScript } from "../../shared/compile-script.js";

const revisions = [{ id: "a1", upgrade: (op: Operations) => op.createTable("acc", [column("id", t.integer())]) }];

function idempotent(versionTableSchema?: string): Promise<string> {
  const config = { dialect: "postgresql", ...(versionTableSchema !== undefined && { versionTableSchema }) } as const;
  return compileScript(config, revisions, "heads", { layout: "idempotent" });
}

describe("an idempotent script for PostgreSQL", () => {
  it("makes the version table only where none is visible in the search path", async () => {
    const script = await idempotent();
    expect(script).toMatch(/IF to_regclass\('alembic_version'\) IS NULL THEN\n +CREATE TABLE alembic_version \(/);
    expect(script).not.toContain("CREATE TABLE IF NOT EXISTS");
  });

  it("refuses where several of that name are visible, or a temporary one", async () => {
    expect(await idempotent()).toMatch(/count\(\*\) > 1 OR bool_or\(relpersistence = 't'\).*current_schemas\(true\)/);
  });

  it("asks for neither where the schema of the table is known", async () => {
    const script = await idempotent("tenant");
    expect(script).toContain("CREATE TABLE IF NOT EXISTS tenant.alembic_version");
    expect(script).not.toContain("current_schemas");
  });
});
