import type { ScriptText } from "../../../src/compiler/script/text.js";
import { sqlString } from "./names.js";
import { ownText, type StatementGroup } from "./statements.js";

type Alone = Extract<StatementGroup, { kind: "alone" }>;

/** What is run as one: a group of statements, or several changes of one table. */
export type JoinedGroup =
  StatementGroup | { readonly kind: "alterations"; readonly table: string; readonly groups: readonly Alone[] };

function alterationOf(group: StatementGroup) {
  return group.kind === "alone" && group.step !== undefined
    ? group.statement.statement.resumption?.alteration
    : undefined;
}

/**
 * Joins neighbours that change the same table. Two that touch the same column, index or constraint stay apart, since
 * the actions of one ALTER TABLE do not see each other.
 */
export function joinAlterations(groups: readonly StatementGroup[], joins: boolean): readonly JoinedGroup[] {
  const all: JoinedGroup[] = [];
  let run: Alone[] = [];
  let touched = new Set<string>();
  const flush = (): void => {
    const [first] = run;
    const table = first === undefined ? undefined : alterationOf(first)?.table;
    if (table !== undefined && run.length > 1) all.push({ kind: "alterations", table, groups: run });
    else all.push(...run);
    run = [];
    touched = new Set();
  };
  for (const group of groups) {
    const alteration = joins ? alterationOf(group) : undefined;
    if (alteration === undefined || group.kind !== "alone") {
      flush();
      all.push(group);
      continue;
    }
    const [first] = run;
    const isOther = first !== undefined && alterationOf(first)?.table !== alteration.table;
    if (isOther || alteration.touches.some((item) => touched.has(item))) flush();
    run.push(group);
    for (const item of alteration.touches) touched.add(item);
  }
  flush();
  return all;
}

/** The actions as expressions that are NULL for what is done already, which CONCAT_WS leaves out. */
export function pendingActions(
  { groups }: Extract<JoinedGroup, { kind: "alterations" }>,
  firstStep: number,
): readonly ScriptText[] {
  return groups.map((group) => {
    const { action = "" } = alterationOf(group) ?? {};
    const isDone = group.statement.statement.resumption?.isDone;
    const probe = isDone === undefined ? "" : ` OR (@step >= ${firstStep - 1} AND ${isDone})`;
    return [`IF(@step >= ${group.step ?? 0}${probe}, NULL,\n`, ownText(group.statement, sqlString(action)), ")"];
  });
}
