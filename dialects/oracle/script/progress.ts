import { createHash } from "node:crypto";
import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import { guardText, textOf, transactionText, type ScriptText } from "../../../src/compiler/script/text.js";
import { progressTable } from "./names.js";
import { statementsOf, type ScriptStatement } from "./statements.js";
import { plsqlString } from "./text.js";

/** What names a revision as its statements are now: those of another text would have other numbers. */
function keyOf(step: ScriptStep, { literal }: ScriptModel): { readonly revision: string; readonly content: string } {
  const texts = statementsOf(step).map(({ lines }) => lines.map(textOf).join("\n"));
  const digest = createHash("sha256").update(JSON.stringify(texts), "utf8").digest("hex").slice(0, 16);
  const { direction, revision } = step.planned;
  return { revision: literal(revision.revision), content: literal(`${direction} ${digest}`) };
}

function isOf(step: ScriptStep, model: ScriptModel): string {
  const { revision, content } = keyOf(step, model);
  return `revision = ${revision} AND content = ${content}`;
}

/** A condition on rows of the progress table that this script cannot go on with. */
export function isForeign(model: ScriptModel): string {
  return ` WHERE ${model.steps.map((step) => `NOT (${isOf(step, model)})`).join(" AND ")}`;
}

function run(sql: string): string {
  return `EXECUTE IMMEDIATE ${plsqlString(sql)};`;
}

/**
 * What a block declares to follow its steps. The number that is kept is that of the steps that are done; a half more
 * stands for a step that may have run, since DDL cannot be committed together with a row.
 */
export function progressDeclarations(model: ScriptModel): readonly string[] {
  const table = progressTable(model).qualified;
  const advice =
    `'Step ' || this_step || ' was begun and may have run. Look, then set step in ${table.replaceAll("'", "''")} to ' || ` +
    "this_step || ' if it has, or ' || (this_step - 1) || ' if not, and run this file again.'";
  return [
    "at_step NUMBER(9, 1) := 0;",
    "FUNCTION begins(this_step INTEGER, is_done INTEGER) RETURN BOOLEAN IS",
    "BEGIN",
    "  IF at_step >= this_step THEN RETURN FALSE; END IF;",
    "  IF at_step = this_step - 0.5 THEN",
    `    IF is_done IS NULL THEN RAISE_APPLICATION_ERROR(-20001, ${advice}); END IF;`,
    "    RETURN is_done = 0;",
    "  END IF;",
    "  -- what is there before its step is an error, which the statement itself tells",
    "  IF is_done = 1 THEN RETURN TRUE; END IF;",
    `  EXECUTE IMMEDIATE ${plsqlString(`UPDATE ${table} SET step = :step`)} USING this_step - 0.5;`,
    "  COMMIT;",
    "  RETURN TRUE;",
    "END;",
  ];
}

/** A statement that failed is known not to have run; of one that was cut off it is not known. */
export function afterFailedStep(model: ScriptModel): readonly string[] {
  const { qualified } = progressTable(model);
  return [
    "IF has_progress = 1 AND SQLCODE != -20001 THEN",
    `  ${run(`UPDATE ${qualified} SET step = TRUNC(step)`)}`,
    "  COMMIT;",
    "END IF;",
  ];
}

/**
 * Statements that stand or fall together: those that change rows, or one that commits by itself. Each group is a step, with
 * a number that counts from 1; what holds for the session alone is none, since each run has to say it again.
 */
interface StatementGroup {
  readonly statements: [ScriptStatement, ...ScriptStatement[]];
  readonly position: number | undefined;
}

function groupsOf(statements: readonly ScriptStatement[]): readonly StatementGroup[] {
  const groups: StatementGroup[] = [];
  let position = 0;
  for (const statement of statements) {
    const last = groups.at(-1)?.statements;
    if (statement.ofSession) groups.push({ statements: [statement], position: undefined });
    else if (statement.changesRows && last?.[0].changesRows === true) last.push(statement);
    else groups.push({ statements: [statement], position: (position += 1) });
  }
  return groups;
}

function probed(position: number, { resumption }: ScriptStatement): readonly string[] {
  if (resumption?.isDone === undefined)
    return [`IF begins(${position}, ${resumption === undefined ? "NULL" : "0"}) THEN`];
  return [`SELECT COUNT(*) INTO answer FROM dual WHERE ${resumption.isDone};`, `IF begins(${position}, answer) THEN`];
}

const commit = transactionText("COMMIT;", "ends");

/** The steps of a revision, each under the condition that it is not done. */
export function resumableLines(
  step: ScriptStep,
  rowLines: readonly ScriptText[],
  model: ScriptModel,
): readonly ScriptText[] {
  const table = progressTable(model).qualified;
  const { revision, content } = keyOf(step, model);
  const groups = groupsOf(statementsOf(step)).map(({ statements, position }): readonly ScriptText[] => {
    const [first] = statements;
    const lines = statements.flatMap((statement) => statement.lines);
    if (position === undefined) return [...lines, ""];
    if (!first.changesRows) return [...probed(position, first), ...lines, "END IF;", ""];
    const done = run(`UPDATE ${table} SET step = ${position}`);
    return [`IF at_step < ${position} THEN`, ...lines, done, commit, "END IF;", ""];
  });
  const isLast = step === model.steps.at(-1);
  return [
    "IF has_progress = 0 THEN",
    `  ${run(`CREATE TABLE ${table} (revision VARCHAR2(64) NOT NULL, content VARCHAR2(64) NOT NULL, step NUMBER(9, 1) NOT NULL)`)}`,
    "  has_progress := 1;",
    "END IF;",
    `EXECUTE IMMEDIATE ${plsqlString(`SELECT MAX(step) FROM ${table} WHERE ${isOf(step, model)}`)} INTO at_step;`,
    "IF at_step IS NULL THEN",
    guardText(
      `  ${run(`INSERT INTO ${table} (revision, content, step) VALUES (${revision}, ${content}, 0)`)}`,
      "joins",
    ),
    ["  ", commit],
    "  at_step := 0;",
    "END IF;",
    "",
    ...groups.flat(),
    ...rowLines,
    run(`DELETE FROM ${table}`),
    commit,
    ...(isLast ? [run(`DROP TABLE ${table} PURGE`)] : []),
  ];
}
