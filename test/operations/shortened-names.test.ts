import { describe, expect, it } from "vitest";
import { column, index, t, unique, type DialectName, type Operations } from "../../src/index.js";
import { compileScript } from "../dialects/shared/compile-script.js";

const long = (prefix: string): string => `${prefix}_${"a_name_for_which_no_server_has_room_".repeat(5)}`;

/** The shortened names in a script, in their order. */
function namesIn(script: string, prefix: string): readonly string[] {
  return [...script.matchAll(new RegExp(`\\b${prefix}_a_name_\\w+`, "g"))].map(([name]) => name);
}

function upgrade(op: Operations): void {
  op.createTable("account", [
    column("id", t.integer(), { primaryKey: true }),
    column("a", t.integer()),
    column("b", t.integer()),
    unique(["b"], { name: op.f(long("uq")) }),
    index(op.f(long("ix")), ["a"]),
  ]);
}

const dialects: readonly DialectName[] = ["postgresql", "mysql", "mariadb", "mssql", "oracle"];

describe.each(dialects)("a name of op.f that is too long for %s", (dialect) => {
  const compile = (second: (op: Operations) => void): Promise<string> =>
    compileScript(
      { dialect },
      [
        { id: "a1", upgrade },
        { id: "b2", follows: ["a1"], upgrade: second },
      ],
      "heads",
      { layout: "plain" },
    );

  it("is dropped by its long form and by the name that the server has", async () => {
    const script = await compile((op) => {
      op.dropIndex(op.f(long("ix")), { tableName: "account" });
      op.dropConstraint(op.f(long("uq")), "account", { type: "unique" });
    });
    const [indexName = "", dropped] = namesIn(script, "ix");
    expect(dropped).toBe(indexName);
    const [constraintName = ""] = namesIn(script, "uq");
    expect(indexName.length).toBeLessThan(long("ix").length);
    const other = await compile((op) => {
      op.dropIndex(indexName, { tableName: "account" });
      op.dropConstraint(constraintName, "account", { type: "unique" });
    });
    expect(other).toBe(script);
  });

  it("is taken under the name that the server has", async () => {
    const taken = compile((op) => op.createIndex(op.f(long("ix")), "account", ["b"]));
    await expect(taken).rejects.toMatchObject({ code: "index-exists" });
  });
});
