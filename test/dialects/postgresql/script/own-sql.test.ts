import fc from "fast-check";
import { parse } from "libpg-query";
import { describe, expect, it } from "vitest";
import { statementsIn } from "../../../../dialects/postgresql/script/authored.js";

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where PostgreSQL's own grammar says that statements are; undefined for a text that it refuses. */
async function rangesOfServer(sql: string): Promise<readonly Range[] | undefined> {
  const bytes = Buffer.from(sql, "utf8");
  const position = (byte: number): number => bytes.subarray(0, byte).toString("utf8").length;
  try {
    const { stmts = [] } = (await parse(sql)) as { stmts?: { stmt_location?: number; stmt_len?: number }[] };
    return stmts.map(({ stmt_location: start = 0, stmt_len: length }) => ({
      start: position(start),
      end: position(length === undefined ? bytes.length : start + length),
    }));
  } catch {
    return undefined;
  }
}

const bodies = [
  ";",
  "a;b",
  "BEGIN",
  "END",
  "CASE",
  "'",
  '"',
  "--",
  "/*",
  "*/",
  "$",
  "$$",
  "$q$",
  "\\",
  "''",
  "é",
  "😀",
  "(",
  ")",
  "\n",
];
const inner = fc.array(fc.constantFrom(...bodies), { maxLength: 6 }).map((parts) => parts.join(" "));
const string = inner.map((text) => `'${text.replaceAll("'", "''")}'`);
const escaped = inner.map((text) => `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`);
const dollar = inner.map((text) => `$q1$${text.replaceAll("$q1$", "")}$q1$`);
const plainDollar = inner.map((text) => `$$${text.replaceAll("$", "")}$$`);
const unicode = fc.constantFrom("U&'d\\0061;'", "U&'!0061;' UESCAPE '!'", "B'01'", "X'1F'", "N';'", "'a'\n';b'");
const name = inner.map((text) => `"${text.replaceAll('"', '""').replaceAll("\0", "")}x"`);
const value = fc.oneof(
  string,
  escaped,
  dollar,
  plainDollar,
  unicode,
  fc.constantFrom(
    "1",
    "1.5e3",
    "a.b",
    "$1",
    "x::int[]",
    "a[1:2]",
    "begin_",
    "begin",
    "t.end",
    "t.case",
    "f(begin)",
    "ARRAY[';']",
  ),
);
const comment = fc.oneof(
  inner.map((text) => `--${text.replaceAll("\n", " ")}\n`),
  inner.map((text) => `/*${text.replaceAll("/*", "").replaceAll("*/", "")}*/`),
  inner.map((text) => `/* a /* ${text.replaceAll("/*", "").replaceAll("*/", "")} */ ; */`),
  fc.constantFrom(" ", "\n", "\t", "\r\n"),
);
const expression = fc.oneof(
  value,
  fc.tuple(value, comment).map(([one, gap]) => `CASE WHEN true THEN ${one} ${gap} ELSE NULL END`),
  fc.tuple(value, value).map(([one, other]) => `(SELECT ${one} || ${other})`),
  value.map((one) => `f(${one}, variadic := ${one})`),
  value.map((one) => `1 @> ${one} - -1`),
);
const statement = fc.oneof(
  fc.tuple(comment, expression).map(([gap, one]) => `SELECT ${gap} ${one}`),
  fc.tuple(name, expression).map(([one, other]) => `UPDATE ${one} SET a = ${other}`),
  fc
    .tuple(name, expression)
    .map(([one, other]) => `CREATE RULE r AS ON INSERT TO ${one} DO ALSO (SELECT ${other}; DELETE FROM b)`),
  fc
    .tuple(expression, expression)
    .map(
      ([one, other]) =>
        `CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT ${one}; SELECT ${other}; END`,
    ),
  fc.tuple(dollar, comment).map(([body, gap]) => `CREATE FUNCTION f() RETURNS int ${gap} LANGUAGE plpgsql AS ${body}`),
  fc.tuple(dollar).map(([body]) => `DO ${body}`),
  value.map((one) => `CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (${one}); END`),
  fc.constantFrom(
    "BEGIN",
    "COMMIT",
    "END",
    "START TRANSACTION READ ONLY",
    "ROLLBACK TO SAVEPOINT a",
    "SET search_path = a, b",
    "SET LOCAL role TO x",
    "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()",
    'CREATE TABLE begin_end ("end" int, "case" text DEFAULT \';\')',
    "CREATE INDEX CONCURRENTLY i ON t (a)",
    "COPY t TO STDOUT",
    "VACUUM",
    "ALTER TYPE m ADD VALUE ';'",
    "PREPARE p AS SELECT $1",
    "EXECUTE p(1)",
    "CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1",
    "COMMENT ON TABLE a IS 'end;'",
    "DECLARE c CURSOR FOR SELECT 1",
    "CREATE FUNCTION g() RETURNS int LANGUAGE sql RETURN CASE WHEN true THEN 1 END",
    "SELECT 1 AS end",
    'SELECT 1 AS "begin"',
    "SELECT a.atomic FROM a",
    "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
    "CREATE TABLE event (id int, begin date)",
    "INSERT INTO event (begin) VALUES (1)",
    "SELECT begin FROM trigger",
    "ALTER TABLE procedure ADD begin int",
    "DECLARE c CURSOR FOR SELECT begin, t.case FROM t",
    "CREATE TRIGGER begin AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION begin()",
    "SELECT t.begin AS case, 1 end FROM function t",
    "CREATE FUNCTION begin(begin int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT begin AS end; SELECT CASE begin WHEN 1 THEN 2 END; END",
    "DROP FUNCTION begin",
    "UPDATE event SET begin = 1, atomic = 2",
    "CREATE FUNCTION h() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT t.case, t.end FROM t; END",
    "CREATE VIEW event AS SELECT begin FROM t",
    "COMMENT ON FUNCTION begin(int) IS NULL",
    "CREATE FUNCTION atomic() RETURNS atomic LANGUAGE sql RETURN begin(atomic)",
    "CREATE PROCEDURE q() BEGIN ATOMIC END",
    "CREATE PROCEDURE q(begin int) BEGIN ATOMIC ; ; END",
    "CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int)",
    "GRANT EXECUTE ON FUNCTION f TO x",
  ),
);
const script = fc
  .array(fc.tuple(comment, statement, comment), { minLength: 1, maxLength: 5 })
  .map((all) => all.map((parts) => parts.join("")).join(";"))
  .chain((text) => fc.constantFrom("", ";", ";;", "; -- end").map((end) => text + end));

describe("an author's own SQL for PostgreSQL", () => {
  it("is cut where PostgreSQL's own grammar cuts it", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(script, async (sql) => {
        const wanted = await rangesOfServer(sql);
        if (wanted === undefined) return;
        compared += 1;
        const pieces = statementsIn(sql);
        expect(pieces.map(({ head }) => head)).toHaveLength(wanted.length);
        for (const [index, { tokens }] of pieces.entries()) {
          const { start, end } = wanted[index] as Range;
          expect(tokens[0]?.start).toBeGreaterThanOrEqual(start);
          expect(tokens.at(-1)?.end).toBeLessThanOrEqual(end);
        }
      }),
      { numRuns: Number(process.env["RUNS"] ?? 2000) },
    );
    expect(compared).toBeGreaterThan(500);
  });
});
