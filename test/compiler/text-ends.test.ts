import { describe, expect, it } from "vitest";
import { allowUnparsed } from "../parse-everything/statements.js";
import {
  check,
  column,
  compileOperations,
  computed,
  dialectNames,
  isSqlembicError,
  sql,
  t,
  table,
  type DialectName,
  type Operations,
} from "../../src/index.js";

type Body = (op: Operations) => void;

/** "compiles", or the code of the error and the file that it names. */
async function answer(dialect: DialectName, body: Body): Promise<string> {
  try {
    await compileOperations(body, { dialect });
    return "compiles";
  } catch (error) {
    if (!isSqlembicError(error)) throw error;
    const file = error.origin?.file.split(/[\\/]/).at(-1);
    return `${error.code} ${file}`;
  }
}

const refused = "unfinished-sql text-ends.test.ts";

const places: Readonly<Record<string, (text: string) => Body>> = {
  "a check": (text) => (op) => op.createTable("t", [column("a", t.integer()), check(text, { name: "ck" })]),
  "a check of a column": (text) => (op) =>
    op.createTable("t", [column("a", t.integer(), { check: check(text, { name: "ck" }) })]),
  "a check that is added": (text) => (op) => op.createCheckConstraint("ck", "t", text),
  "a default": (text) => (op) => op.addColumn("t", column("a", t.integer(), { serverDefault: sql.raw(text) })),
  "a computed column": (text) => (op) =>
    op.createTable("t", [column("a", t.integer()), column("b", t.integer(), { computed: computed(text) })]),
  "the query of a view": (text) => (op) => op.createView("v", `SELECT a FROM t WHERE ${text}`),
  "SQL of the author's own": (text) => (op) => op.execute(`UPDATE t SET a = 1 WHERE ${text}`),
  "a value of a row": (text) => (op) => op.bulkInsert(table("t", [column("a", t.integer())]), [{ a: sql.raw(text) }]),
};

const everywhere = ["(a > 0", "a > 0)", ") a > 0 (", "a = 'x", 'a = "x', "a > 0 /* b", "a > 0 AND ('x' = ')'"];
/** What leaves something open in one dialect and not in another. */
const inDialect: Readonly<Record<DialectName, readonly string[]>> = {
  postgresql: ["a = $x$b", "a = E'x\\'", "a > 0 /* /* b */"],
  mysql: ["a = `x", "a = 'x\\'", "a > 0 */", "a > 0 /*! AND b"],
  mariadb: ["a = `x", "a = 'x\\'", "a > 0 */", "a > 0 /*M! AND b"],
  sqlite: ["a = `x", "a = [x"],
  mssql: ["a = [x", "a > 0 /* /* b */"],
  oracle: ["a = q'[x]"],
};
const complete: Readonly<Record<DialectName, readonly string[]>> = {
  postgresql: ["a = $x$'($x$", "a = E'\\''", "a > 0 /* /* ( */ ' */", "a # 1 > 0", "(a > 0) -- (\n AND a < 9"],
  mysql: [
    "a = '\\''",
    'a = "\'("',
    "a > 0--1",
    "a > 0 # (\n AND a < 9",
    "a > 0 /*! AND a < 9 */",
    "a > 0 -- (\n AND a < 9",
  ],
  mariadb: [
    "a = '\\''",
    'a = "\'("',
    "a > 0--1",
    "a > 0 # (\n AND a < 9",
    "a > 0 /*M! AND a < 9 */",
    "a > 0 -- (\n AND a < 9",
  ],
  sqlite: ["a = '\\'", "a = `a`", "a = [a]", "(a > 0) -- (\n AND a < 9"],
  mssql: ["a = '\\'", "a = [a]", "a > 0 /* /* ( */ ' */", "(a > 0) -- (\n AND a < 9"],
  oracle: ["a = '\\'", "a = q'[it's (]'", "(a > 0) -- (\n AND a < 9"],
};

/** SQLite takes no added check outside a batch. */
function placesOn(dialect: DialectName): readonly (readonly [place: string, body: (text: string) => Body])[] {
  return Object.entries(places).filter(([place]) => dialect !== "sqlite" || place !== "a check that is added");
}

describe.each(dialectNames)("SQL text given to an operation on %s", (dialect) => {
  it.each([...everywhere, ...inDialect[dialect]])("has to end what it begins: %j", async (text) => {
    for (const [place, body] of placesOn(dialect)) {
      expect([place, await answer(dialect, body(text))]).toEqual([place, refused]);
    }
  });

  it.each(complete[dialect])("may have what needs no end, or has one: %j", async (text) => {
    if (text === "a > 0--1") allowUnparsed(/--1/, "node-sql-parser takes -- for a comment without the space behind it");
    if (dialect === "sqlite" && text === "a = [a]") allowUnparsed(/\[a\]/, "node-sql-parser knows no [names]");
    for (const place of ["a check", "the query of a view", "SQL of the author's own"]) {
      expect([place, await answer(dialect, places[place]?.(text) ?? (() => undefined))]).toEqual([place, "compiles"]);
    }
  });

  const comment = dialect === "mysql" || dialect === "mariadb" ? ["-- x", "--", "# x", "#"] : ["--", "-- x", "--x"];
  it.each([...comment, ";"])("ends with no %j where something stands behind it", async (ending) => {
    for (const [place, body] of placesOn(dialect)) {
      const isWhole = place === "the query of a view" || place === "SQL of the author's own";
      expect([place, await answer(dialect, body(`a > 0 ${ending}`))]).toEqual([place, isWhole ? "compiles" : refused]);
    }
  });
});
