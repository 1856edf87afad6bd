import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { layOut } from "../../src/authoring/layout.js";
import type { OperationKind } from "../../src/operations/index.js";
import type { NamingConvention } from "../../src/schema/naming.js";
import { callsOfKind, conventions, type Recorded } from "./arbitrary-operations.js";
import { typeNamed, typeNames } from "./arbitrary-values.js";
import { print, record, run, withoutOrigins } from "./printed.js";

/** Operations that cannot be recorded are of no interest: a call may refuse what it is given. */
function recordable(call: Recorded, convention: NamingConvention | undefined): boolean {
  try {
    record(call, convention);
    return true;
  } catch {
    return false;
  }
}

function expectSameAgain(call: Recorded, convention?: NamingConvention): string {
  const recorded = record(call, convention);
  const { text, used } = print(recorded, convention);
  expect(text).not.toContain("op.invoke(");
  expect(withoutOrigins(record(run(text, used), convention)), text).toEqual(withoutOrigins(recorded));
  return text;
}

const kinds = Object.keys(callsOfKind) as readonly OperationKind[];

describe("what is printed of an operation", () => {
  it.each(kinds)("records the same %s again", (kind) => {
    fc.assert(
      fc.property(callsOfKind[kind], conventions, (call, convention) => {
        fc.pre(recordable(call, convention));
        expectSameAgain(call, convention);
      }),
      { numRuns: kind === "createTable" || kind === "batchAlterTable" ? 200 : 60 },
    );
  });

  it.each(typeNames)("records the same type %s again", (name) => {
    fc.assert(
      fc.property(typeNamed(name), (type) => {
        expectSameAgain((op) => op.alterColumn("account", "name", { type }));
      }),
      { numRuns: 30 },
    );
  });

  it("is laid out as prettier leaves it, and is the same operation then", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(...Object.values(callsOfKind)), async (call) => {
        fc.pre(recordable(call, undefined));
        const recorded = record(call);
        const { text, used } = print(recorded);
        const laidOut = await layOut(text);
        expect(await format(laidOut, { parser: "typescript", printWidth: 120 })).toBe(laidOut);
        expect(withoutOrigins(record(run(laidOut, used))), laidOut).toEqual(withoutOrigins(recorded));
      }),
      { numRuns: 60 },
    );
  });
});
