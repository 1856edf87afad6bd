import { describe, expect, it } from "vitest";
import { directivesOf } from "../../src/operations/index.js";
import { mariadb, mssql, mysql, oracle, postgresql, sqlite, t } from "../../src/index.js";
import { isExample } from "./examples.js";
import { pageOf, rowsOfTables } from "./pages.js";
import { readSignatures } from "./signatures.js";

const page = pageOf("src/operations/README.md");
const { calls, dialectOptions } = readSignatures();

/** The signatures that the page has: what stands in code at the beginning of an item of a list. */
const written = [...page.text.matchAll(/^- ((?:`[^`]+`(?:, )?)+)/gm)].flatMap(([, codes = ""]) =>
  [...codes.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code),
);

const examples = page.fences
  .filter(isExample)
  .map(({ text }) => text)
  .join("\n");

describe("the page of the directives", () => {
  it("has every directive and every builder with all of its options, as the types have them, and no other", () => {
    // TypeScript gives the options of a type in an order of its own
    const inOrder = (call: string): string =>
      call.replace(/\{ ([^{}]*) \}/g, (_all, names: string) => `{ ${names.split(", ").toSorted().join(", ")} }`);
    expect(written.map(inOrder).toSorted()).toEqual([...calls].map(inOrder).toSorted());
  });

  it("has an example of every directive that records an operation, with the SQL of all dialects", () => {
    const recorded = Object.keys(directiveNames());
    expect(recorded.filter((name) => !examples.includes(`op.${name}(`))).toEqual([]);
    const inBatches = [...calls].flatMap((call) => /^batch\.(\w+)/.exec(call)?.[1] ?? []);
    expect(inBatches.filter((name) => name !== "execute" && !examples.includes(`batch.${name}(`))).toEqual([]);
  });

  it("has every option of one dialect", () => {
    const rows = rowsOfTables(page, "call", "group", "options").flatMap(([cell = "", group = "", options = ""]) =>
      [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, call = ""]) =>
        [...group.matchAll(/`(\w+)`/g)].map(([, dialect = ""]) => `${call} ${dialect}: ${options.replaceAll("`", "")}`),
      ),
    );
    const expected = [...dialectOptions].map(([call, options]) => `${call}: ${options}`);
    expect(rows.toSorted()).toEqual(expected.toSorted());
  });

  it("has every type", () => {
    const rows = rowsOfTables(page, "types", "names");
    const named = new Map(
      rows.map(([of = "", names = ""]) => [of, [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name)]),
    );
    const standard = Object.keys(t).filter((name) => /^[A-Z]/.test(name));
    const own = (types: object): readonly string[] =>
      Object.keys(types).filter((name) => !standard.includes(name) || name === "ARRAY");
    const lists = {
      "`t`, rendered as the dialect stores it best": Object.keys(t).filter((name) => /^[a-z]/.test(name)),
      "`t`, rendered as written": standard,
      "`postgresql`": own(postgresql).filter((name) => name !== "exclude"),
      "`mysql`": own(mysql),
      "`mariadb`": own(mariadb),
      "`mssql`": own(mssql),
      "`oracle`": own(oracle),
      "`sqlite`": own(sqlite),
    };
    for (const [of, names] of Object.entries(lists))
      expect((named.get(of) ?? []).toSorted(), of).toEqual([...names].toSorted());
  });
});

/** The directives that the registry makes. */
function directiveNames(): object {
  const unused = (): never => {
    throw new Error("nothing is recorded here");
  };
  return directivesOf({
    namingConvention: undefined,
    schema: unused,
    readRows: unused,
    add: unused,
    enclose: unused,
    located: (directives) => directives,
    under: unused,
  });
}
