import { describe, expect, it } from "vitest";
import { compileOperations } from "../../src/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";

describe("a program that asks for a dialect that does not exist", () => {
  it.each([
    ["postgres", 'There is no dialect "postgres". Did you mean "postgresql"?'],
    ["toString", 'There is no dialect "toString".'],
    [undefined, 'There is no dialect "undefined".'],
  ])("is told so: %s", async (name, message) => {
    const compiling = compileOperations(() => undefined, { dialect: name as DialectName });
    await expect(compiling).rejects.toMatchObject({ code: "unknown-dialect", message });
  });
});
