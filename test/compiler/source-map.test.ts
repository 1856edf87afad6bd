import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { compilePlan } from "../../src/compiler/compile-plan.js";
import type { Statement } from "../../src/compiler/statement.js";
import { sourceMapOf, type Mapping, type Position, type SourceMap } from "../../src/compiler/script/source-map.js";
import { buildGraph } from "../../src/history/graph-builder.js";
import { planUpgrade } from "../../src/history/steps.js";
import { compileRange, loadProject, type Operations } from "../../src/index.js";
import { renderScript } from "../../src/render/render-script.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { hostileText } from "../dialects/shared/compile-script.js";
import { leaveUnparsed } from "../parse-everything/statements.js";
import { everyLayout, everyScript, keptFolders, settingsFor, type LaidOut } from "../support/every-script.js";
import { packageFolder } from "../support/scripts.js";

// This is about text: projects are laid out for dialects that their own SQL is not for, which no parser accepts.
beforeEach(leaveUnparsed);

/** The text of a stretch. */
function stretchOf(lines: readonly string[], { start, end }: Mapping): string {
  const stretch = lines.slice(start.line - 1, end.line);
  const last = stretch.length - 1;
  stretch[last] = (stretch[last] ?? "").slice(0, end.column - 1);
  stretch[0] = (stretch[0] ?? "").slice(start.column - 1);
  return stretch.join("\n");
}

/** What of a script no stretch has. */
function gapsOf(text: string, lines: readonly string[], { mappings }: SourceMap): string {
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const offsetOf = ({ line, column }: Position): number => (starts[line - 1] ?? 0) + column - 1;
  let gaps = "";
  let end = 0;
  for (const mapping of mappings) {
    gaps += text.slice(end, offsetOf(mapping.start));
    end = offsetOf(mapping.end);
  }
  return gaps + text.slice(end);
}

/** What quotes, line ends and concatenation leave of a text; and a statement may be made one that can run again. */
function words(text: string): string {
  return text.replace(/\bIF (?:NOT )?EXISTS\b/g, "").replace(/[^\p{L}\p{N}_]+/gu, "");
}

/** Whether text of a script has a statement in it, or what of it is a part of ALTER TABLE in another one. */
function hasStatement(written: string, { sql, resumption }: Statement): boolean {
  const hasAll = (text: string): boolean => text.split("\n").every((line) => written.includes(words(line)));
  const action = resumption?.alteration?.action;
  return hasAll(sql) || (action !== undefined && hasAll(action));
}

/** SQLite's script turns foreign keys off and on by itself. */
function isLeftOut({ sql }: Statement, { dialect, layout }: LaidOut): boolean {
  return dialect === "sqlite" && layout !== "plain" && /^PRAGMA foreign_key/.test(sql);
}

/** Whether each line is accounted for, and each statement found in its lines and nowhere else. */
function problemsOf(laidOut: LaidOut): readonly string[] {
  const { script, steps, name } = laidOut;
  const text = renderScript(script);
  const lines = text.split("\n");
  const map = sourceMapOf(script);
  const problems: string[] = [];
  for (const [index, line] of lines.entries()) {
    const mapping = map.at(index + 1);
    if (line.trim() !== "" && mapping === undefined) problems.push(`${name}: line ${index + 1} is nobody's: ${line}`);
  }
  const between = gapsOf(text, lines, map).replaceAll("\n", "");
  if (between !== "") problems.push(`${name}: nobody's text: ${between}`);
  for (const { step, statements } of steps) {
    for (const statement of statements) {
      if (isLeftOut(statement, laidOut)) continue;
      const stretches = map.of(statement);
      const written = words(stretches.map((mapping) => stretchOf(lines, mapping)).join("\n"));
      const isWhole = stretches.length > 0 && hasStatement(written, statement);
      if (!isWhole) problems.push(`${name}: not in its lines: ${statement.sql}\n  but: ${written}`);
      if (stretches.some((mapping) => mapping.step?.revision.revision !== step.revision.revision)) {
        problems.push(`${name}: not of its revision: ${statement.sql}`);
      }
    }
    const rows = map.mappings.filter(
      (mapping) => mapping.purpose === "versionRow" && mapping.step?.revision.revision === step.revision.revision,
    );
    const written = rows.map((mapping) => stretchOf(lines, mapping)).join("\n");
    for (const change of step.versionRowChanges) {
      const version = change.change === "update" ? change.to : change.version;
      const isIdempotentDowngrade = laidOut.layout !== "guarded" && step.direction === "downgrade";
      if (!written.includes(version) && !isIdempotentDowngrade) problems.push(`${name}: no version row ${version}`);
    }
    if (rows.length === 0) problems.push(`${name}: no version rows of ${step.revision.revision}`);
  }
  return problems;
}

/** What only PostgreSQL compiles, since its tables have types that the others do not. */
const postgresqlAlone = ["samples/drizzle"];

describe("every line of every layout of all dialects is accounted for", () => {
  it.each(keptFolders)("in the scripts of %s", { timeout: 300_000 }, async (folder) => {
    let count = 0;
    const layouts = new Set<string>();
    for await (const laidOut of everyScript(folder)) {
      count += 1;
      layouts.add(`${laidOut.dialect} ${laidOut.layout}`);
      expect(problemsOf(laidOut)).toEqual([]);
    }
    const isOfOne = postgresqlAlone.includes(folder);
    expect(count).toBeGreaterThan(isOfOne ? 30 : 60);
    expect(layouts.size).toBeGreaterThan(isOfOne ? 2 : 8);
  });
});

/** The text of a script, and the map of it. */
interface Mapped {
  readonly name: string;
  readonly text: string;
  readonly map: SourceMap;
}

/** All layouts of a history that is one revision. */
async function mappedScripts(dialect: DialectName, upgrade: (op: Operations) => void): Promise<readonly Mapped[]> {
  const names = { revision: "a1", message: "", documentation: "", file: "versions/a1.ts" };
  const graph = buildGraph([{ ...names, downRevisions: [], dependsOn: [], branchLabels: [] }]);
  const plan = planUpgrade(graph, "heads");
  const settings = await settingsFor(dialect);
  const steps = await compilePlan(
    plan,
    { graph, bodyOf: () => Promise.resolve({ upgrade }) },
    { ...settings, parse: false },
  );
  return [...everyLayout("a1", plan, steps, settings)].map(({ name, script }) => ({
    name,
    text: renderScript(script),
    map: sourceMapOf(script),
  }));
}

/** What authors write with their own texts in it; each text has a mark in each of its lines. */
const forms: readonly ((text: string, comment: string) => string)[] = [
  (text) => `INSERT INTO t (a) VALUES ('${text}')`,
  (text, comment) => `INSERT INTO t (a)\nVALUES ('${text}') -- ${comment}`,
  (text, comment) => `-- ${comment}\n/* ${comment} */ INSERT INTO t (a) VALUES ('${text}')`,
  (text) => `INSERT INTO t (a) VALUES ('${text}');\nINSERT INTO t (a) VALUES ('${text}')`,
  (text) => `INSERT INTO t (a) VALUES ('${text}');`,
];

/** Marks around each line of a text. */
function marked(text: string, mark: string): string {
  return text
    .split("\n")
    .map((line) => `${mark} ${line} ${mark}`)
    .join("\n");
}

describe.each(dialectNames)("statements of authors for %s", (dialect) => {
  it("are found at each of their characters, whatever stands in them", { timeout: 300_000 }, async () => {
    const quoted = (text: string): string => {
      const escaped = ["mysql", "mariadb"].includes(dialect) ? text.replaceAll("\\", "\\\\") : text;
      return escaped.replaceAll("'", "''");
    };
    const one = fc.tuple(hostileText, fc.nat({ max: forms.length - 1 }));
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 4 }), async (texts) => {
        const scripts = await mappedScripts(dialect, (op) => {
          for (const [position, [hostile, form]] of texts.entries()) {
            const mark = `mark${position}of`;
            const text = quoted(marked(hostile.replaceAll("\r", ""), mark));
            op.execute(forms[form]?.(text, `${mark} comment`) ?? "");
          }
        });
        expect(scripts.length).toBeGreaterThan(2);
        for (const { name, text, map } of scripts) {
          const found = new Set<string>();
          for (const [index, line] of text.split("\n").entries()) {
            const marks = [...line.matchAll(/mark(\d+)of/g)];
            for (const { 0: mark, index: column } of marks) {
              found.add(mark);
              const mapping = map.at(index + 1, column + 1);
              expect(mapping?.statement?.sql, `${name}:${index + 1}: ${line}`).toContain(mark);
              expect(mapping?.step?.revision.revision).toBe("a1");
            }
            if (marks.length > 0)
              expect(marks.map(([mark]) => mark)).toContain(
                /mark\d+of/.exec(map.at(index + 1)?.statement?.sql ?? "")?.[0],
              );
          }
          expect(found.size, name).toBe(texts.length);
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** The transactions in which the statements run, one by one, and that in which the version row changes last. */
function transactionsOf({ map }: Mapped): readonly (number | undefined)[] {
  const found = new Map<Statement, number | undefined>();
  for (const { statement, transaction } of map.mappings) if (statement !== undefined) found.set(statement, transaction);
  return [...found.values(), map.mappings.findLast(({ purpose }) => purpose === "versionRow")?.transaction];
}

describe("the transaction of a statement", () => {
  const upgrade = (op: Operations): void => {
    op.execute("UPDATE t SET a = 1");
    op.execute("CREATE TABLE u (a INT)");
    op.execute("UPDATE t SET a = 2");
    op.autocommitBlock(() => op.execute("VACUUM"));
    op.execute("UPDATE t SET a = 3");
  };
  const expected: Readonly<Record<string, readonly (number | undefined)[]>> = {
    "postgresql guarded psql": [1, 1, 1, undefined, 3, 3],
    "postgresql plain psql": [1, 1, 1, undefined, 2, 2],
    "mysql guarded mysql": [1, undefined, 2, undefined, 3, 3],
    "mysql idempotent mysql": [1, undefined, 2, undefined, 3, 3],
    "mysql plain mysql": [undefined, undefined, undefined, undefined, undefined, undefined],
    "mariadb block mysql": [1, undefined, 2, undefined, 3, 4],
    "mssql plain sqlcmd": [1, 1, 1, undefined, 2, 2],
    "mssql guarded sqlcmd": [1, 1, 1, undefined, 2, 2],
    "oracle guarded sqlplus": [1, undefined, 2, undefined, 3, 3],
  };

  it.each(["postgresql", "mysql", "mariadb", "mssql", "oracle"] as const)("is told for %s", async (dialect) => {
    const scripts = await mappedScripts(dialect, upgrade);
    for (const [name, numbers] of Object.entries(expected)) {
      const script = scripts.find((one) => one.name.endsWith(`, ${name}`));
      if (name.startsWith(`${dialect} `)) {
        expect(script, name).toBeDefined();
        if (script !== undefined) expect(transactionsOf(script), name).toEqual(numbers);
      }
    }
  });

  it("is told for SQLite, where a script has one and what stands outside of it", async () => {
    const scripts = await mappedScripts("sqlite", (op) => {
      op.execute("VACUUM"); // behind what the revision changes it is refused
      op.execute("UPDATE t SET a = 1");
    });
    const guarded = scripts.filter(({ name }) => name.includes("sqlite guarded"));
    expect(guarded).toHaveLength(2);
    for (const script of guarded) expect(transactionsOf(script)).toEqual([undefined, 2, 2]);
  });
});

describe("the map of a kept script", () => {
  it("names the call, its file, line and column", async () => {
    const project = await loadProject("sqlembic.config.ts", { cwd: `${packageFolder}samples/bug-tracker` });
    const compiled = await compileRange(project, "bc25b5f8939f:6c55e0560fd4");
    const lines = compiled.script.split("\n");
    const line = lines.findIndex((text) => text.startsWith("UPDATE bug")) + 1;
    const mapping = compiled.sourceMap().at(line);
    expect(mapping).toMatchObject({ purpose: "statement", transaction: 1, start: { line, column: 1 } });
    expect(mapping?.step?.revision.revision).toBe("6c55e0560fd4");
    expect(mapping?.statement?.operation.kind).toBe("execute");
    const { file = "", line: callLine = 0 } = mapping?.statement?.operation.origin ?? {};
    expect(file).toMatch(/^versions\/.*\.ts$/);
    expect(callLine).toBeGreaterThan(1);
    expect(compiled.sourceMap().at(1)?.purpose).toBe("comment");
    expect(compiled.sourceMap().at(lines.length + 5)).toBeUndefined();
  });
});
