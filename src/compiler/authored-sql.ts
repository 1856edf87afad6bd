import { UnsupportedError } from "../errors.js";
import { oneLine } from "./script/comments.js";
import type { Statement } from "./statement.js";

/** Why a script cannot hold a statement of an author's own. */
export interface AuthoredRefusal {
  readonly code: string;
  /** Goes on behind the text of the statement: "would change the database". */
  readonly what: string;
  readonly hint: string;
}

/** A setting of the session that a statement changes: it lasts to the end of its revision. */
export interface SessionSetting {
  readonly name: string;
  /** Statements that remember the value before. */
  readonly remember: readonly string[];
  /** Statements that set that value again, behind the last statement of the revision. */
  readonly restore: readonly string[];
  /** It ends with its transaction in any case. */
  readonly isLocal?: boolean;
  /** The statement itself sets what was there before. */
  readonly isBack?: boolean;
  /** Names of objects, or the right to use them, mean something else from here on. */
  readonly changesNames?: boolean;
}

/** One statement of an author's text, and what has to be known of it besides its text. */
export interface AuthoredStatement {
  readonly sql: string;
  /** It ends the transaction that the script is in, begins one, or meddles with it in another way. */
  readonly transaction?: "ends" | "begins" | "other" | undefined;
  readonly refusal?: AuthoredRefusal | undefined;
  readonly settings?: readonly SessionSetting[] | undefined;
}

/** A statement of a script at its place, with what the author's text is. */
export type JudgedStatement = readonly [statement: Statement, authored: AuthoredStatement | undefined];

function refused({ sql, operation }: Statement, { code, what, hint }: AuthoredRefusal): UnsupportedError {
  const text = oneLine(sql);
  const excerpt = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new UnsupportedError(code, `op.execute: "${excerpt}" ${what}.`, {
    hint,
    origin: operation.origin,
    data: { sql },
  });
}

const transactionControl: AuthoredRefusal = {
  code: "transaction-control",
  what: "begins or ends a transaction, and the script has its own, with the version row in it",
  hint: "Leave it out. What has to run outside a transaction belongs into op.autocommitBlock(() => { … }); with transactionPerMigration each revision has a transaction of its own.",
};

/** The same where there is no transaction around the statement. */
const controlOutside: AuthoredRefusal = {
  ...transactionControl,
  what: "begins or ends a transaction, and a script says by itself what stands outside of its own",
  hint: "Leave it out: each statement of this op.autocommitBlock is committed by itself. Statements that belong together stand outside of the block.",
};

/**
 * Whether a statement only makes room for one that runs outside the transaction anyway, as people write COMMIT before
 * CREATE INDEX CONCURRENTLY, and BEGIN behind it.
 */
function isMeant(judged: readonly JudgedStatement[], index: number): boolean {
  const kind = judged[index]?.[1]?.transaction;
  if (kind === "other") return false;
  const direction = kind === "ends" ? 1 : -1;
  let other = index + direction;
  while (judged[other]?.[1]?.settings !== undefined) other += direction;
  return judged[other]?.[0].autocommit === true && judged[other]?.[1]?.transaction === undefined;
}

function withoutTransactionControl(judged: readonly JudgedStatement[]): readonly JudgedStatement[] {
  return judged.filter(([statement, authored], index) => {
    if (authored?.refusal !== undefined) throw refused(statement, authored.refusal);
    if (authored?.transaction === undefined) return true;
    if (isMeant(judged, index)) return false;
    throw refused(statement, statement.autocommit ? controlOutside : transactionControl);
  });
}

/** A setting that names depend on cannot reach from one transaction of a script into the next. */
function refuseInParts(statement: Statement, judged: readonly JudgedStatement[]): void {
  if (!judged.some(([{ autocommit }, authored]) => autocommit && authored?.settings === undefined)) return;
  throw refused(statement, {
    code: "setting-across-transactions",
    what: "says what names mean for a revision that runs in several transactions",
    hint: "Write the schema before the names instead, or put what runs outside the transaction into a revision of its own.",
  });
}

/** What a revision sets for the session ends with it: each value is kept before it changes, and brought back at the end. */
function withSettingsRestored(judged: readonly JudgedStatement[]): readonly Statement[] {
  const changed = new Map<string, { readonly setting: SessionSetting; readonly statement: Statement }>();
  const own = (sql: string, { operation }: Statement, rest: Pick<Statement, "autocommit" | "setting">): Statement => ({
    sql,
    operation,
    isAuthored: false,
    ...rest,
  });
  const kept = new Set<string>();
  const statements: Statement[] = [];
  for (const [statement, authored] of judged) {
    for (const setting of authored?.settings ?? []) {
      if (setting.changesNames === true) refuseInParts(statement, judged);
      if (!kept.has(setting.name)) {
        const { autocommit } = statement;
        const keeps = setting.isLocal === true ? {} : { setting: "keeps" as const };
        statements.push(...setting.remember.map((sql) => own(sql, statement, { autocommit, ...keeps })));
      }
      kept.add(setting.name);
      if (setting.isBack === true) changed.delete(setting.name);
      else changed.set(setting.name, { setting, statement });
    }
    const lasts = authored?.settings?.some(({ isLocal }) => isLocal !== true) === true;
    statements.push(lasts ? { ...statement, setting: "changes" } : statement);
  }
  for (const { setting, statement } of [...changed.values()].reverse()) {
    statements.push(...setting.restore.map((sql) => own(sql, statement, { autocommit: false, setting: "restores" })));
  }
  return statements;
}

/**
 * The statements of a revision with what its author's own SQL asks for: transaction lines that only precede what runs
 * outside the transaction are left out, and settings last to the end of the revision.
 *
 * @throws UnsupportedError for a statement that no script can hold
 */
export function settled(judged: readonly JudgedStatement[]): readonly Statement[] {
  return withSettingsRestored(withoutTransactionControl(judged));
}
