import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { UnsupportedError } from "../../../src/errors.js";
import { refuseStrayText } from "./statements.js";
import { changesFile, checksForeignKeys, foreignKeysSetting, runsOutsideTransaction } from "./outside.js";

/** What of a revision runs in a transaction, and what stands around that. */
export interface RevisionPart {
  readonly step: ScriptStep;
  readonly statements: readonly Statement[];
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
}

/** One transaction. What has to stand before it is that of its first part, and behind it that of its last. */
export interface Transaction {
  readonly parts: readonly RevisionPart[];
}

/** The revisions of a script, and whether foreign keys are off while it runs. */
export interface RevisionParts {
  readonly parts: readonly RevisionPart[];
  /**
   * `PRAGMA foreign_keys` does nothing inside a transaction, so that what a revision turns off for a while is off for the
   * whole script; each transaction is checked for violations instead.
   */
  readonly withoutForeignKeys: boolean;
}

function refuseBetween({ sql, operation }: Statement, { revision }: ScriptStep): UnsupportedError {
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

/** The version row is committed before what stands behind the transaction: a run that ends in between would never run that. */
function refuseBehind({ sql, operation }: Statement, { revision }: ScriptStep): UnsupportedError {
  return new UnsupportedError(
    "behind-version-row",
    `Revision ${revision}: SQLite runs this outside transactions alone, and behind that of the revision a run that is cut off would pass over it: ${sql}`,
    {
      hint: "Put it first in its revision, or into a revision of its own behind this one: that is done when it has run.",
      origin: operation.origin,
      data: { revision, sql },
    },
  );
}

function partOf(step: ScriptStep, isKept: (sql: string) => boolean): RevisionPart {
  const kept = step.statements.filter(({ sql }) => isKept(sql));
  for (const statement of kept) refuseStrayText(statement, step);
  const isInside = ({ sql }: Statement): boolean => !runsOutsideTransaction(sql);
  const first = kept.findIndex(isInside);
  const last = kept.findLastIndex(isInside);
  const between = kept.slice(first, last).find((statement) => !isInside(statement));
  if (first !== -1 && between !== undefined) throw refuseBetween(between, step);
  // a revision of such statements alone gets its version row after they have run
  if (first === -1) return { step, statements: [], before: kept, after: [] };
  const missed = kept.slice(last + 1).find(({ sql }) => changesFile(sql));
  if (missed !== undefined) throw refuseBehind(missed, step);
  return {
    step,
    statements: kept.slice(first, last + 1),
    before: kept.slice(0, first),
    after: kept.slice(last + 1),
  };
}

/** The revisions of a script, each divided into what its transaction holds and what stands around it. */
export function partsOf({ steps }: ScriptModel): RevisionParts {
  const withoutForeignKeys = steps.some(({ statements }) =>
    statements.some(({ sql }) => foreignKeysSetting(sql) === "off"),
  );
  const isKept = (sql: string): boolean =>
    !withoutForeignKeys || (foreignKeysSetting(sql) === undefined && !checksForeignKeys(sql));
  return { parts: steps.map((step) => partOf(step, isKept)), withoutForeignKeys };
}

/** The transactions of a script: one for all revisions, unless something has to stand between two of them. */
export function transactionsOf(parts: readonly RevisionPart[], perMigration: boolean): readonly Transaction[] {
  const transactions: Transaction[] = [];
  let together: RevisionPart[] = [];
  const close = (): void => {
    if (together.length > 0) transactions.push({ parts: together });
    together = [];
  };
  for (const part of parts) {
    if (part.before.length > 0) close();
    together.push(part);
    if (perMigration || part.after.length > 0) close();
  }
  close();
  return transactions;
}
