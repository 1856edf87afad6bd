import { describe, expect, it } from "vitest";
import { column, identity, t } from "../../src/index.js";

describe("column", () => {
  it.each(["nullable", "primaryKey", "unique", "index", "system"])(
    "takes true or false for %s, and no name",
    (option) => {
      const given = (value: unknown): unknown => column("email", t.string(50), { [option]: value });
      expect(() => given("uq_email")).toThrow(`column("email"): ${option} is "uq_email": it has to be true or false.`);
      for (const value of [true, false, undefined]) expect(() => given(value)).not.toThrow();
    },
  );

  it("takes one default", () => {
    expect(() => column("id", t.integer(), { serverDefault: 1, identity: identity() })).toThrow(
      'Column "id" has serverDefault and identity: a column has at most one of them.',
    );
  });
});
