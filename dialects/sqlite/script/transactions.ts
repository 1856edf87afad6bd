import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { UnsupportedError } from "../../../src/errors.js";
import { refuseStrayText } from "./authored.js";
import { checksForeignKeys, foreignKeysSetting, runsOutsideTransaction } from "./outside.js";

/** A revision as its transaction runs it. */
export interface Passage {
  readonly step: ScriptStep;
  readonly statements: readonly string[];
  /** What stands before and behind the transaction of the revision. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** One transaction, with what has to stand around it. */
export interface Transaction {
  readonly passages: readonly Passage[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The revisions of a script, and whether foreign keys are off while it runs. */
export interface Passages {
  readonly passages: readonly Passage[];
  /**
   * `PRAGMA foreign_keys` does nothing inside a transaction, so that what a revision turns off for a while is off for the
   * whole script; each transaction is checked for violations instead.
   */
  readonly withoutForeignKeys: boolean;
}

function refuseBetween({ sql, operation }: Statement, { step }: ScriptStep): UnsupportedError {
  const { revision } = step.revision;
  return new UnsupportedError(
    "split-revision",
    `Revision ${revision}: SQLite runs this outside transactions alone, and the revision has changes on both sides of it: ${sql}`,
    {
      hint: "Put it first or last in its revision, or into a revision of its own.",
      origin: operation.origin,
      data: { revision, sql },
    },
  );
}

function passageOf(step: ScriptStep, isKept: (sql: string) => boolean): Passage {
  const kept = step.statements.filter(({ sql }) => isKept(sql));
  for (const statement of kept) refuseStrayText(statement, step);
  const isInside = ({ sql }: Statement): boolean => !runsOutsideTransaction(sql);
  const first = kept.findIndex(isInside);
  const last = kept.findLastIndex(isInside);
  const between = kept.slice(first, last).find((statement) => !isInside(statement));
  if (first !== -1 && between !== undefined) throw refuseBetween(between, step);
  const texts = kept.map(({ sql }) => sql);
  // a revision of nothing else says that it is done after it is done
  if (first === -1) return { step, statements: [], before: texts, after: [] };
  return {
    step,
    statements: texts.slice(first, last + 1),
    before: texts.slice(0, first),
    after: texts.slice(last + 1),
  };
}

/** The revisions of a script, each divided into what its transaction holds and what stands around it. */
export function passagesOf({ steps }: ScriptModel): Passages {
  const withoutForeignKeys = steps.some(({ statements }) =>
    statements.some(({ sql }) => foreignKeysSetting(sql) === "off"),
  );
  const isKept = (sql: string): boolean =>
    !withoutForeignKeys || (foreignKeysSetting(sql) === undefined && !checksForeignKeys(sql));
  return { passages: steps.map((step) => passageOf(step, isKept)), withoutForeignKeys };
}

/** The transactions of a script: one for all revisions, unless something has to stand between two of them. */
export function transactionsOf(passages: readonly Passage[], perMigration: boolean): readonly Transaction[] {
  const transactions: Transaction[] = [];
  let together: Passage[] = [];
  const close = (): void => {
    const [first] = together;
    if (first !== undefined) {
      transactions.push({ passages: together, before: first.before, after: together.at(-1)?.after ?? [] });
    }
    together = [];
  };
  for (const passage of passages) {
    if (passage.before.length > 0) close();
    together.push(passage);
    if (perMigration || passage.after.length > 0) close();
  }
  close();
  return transactions;
}
