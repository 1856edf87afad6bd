import type { Catalog } from "../catalog/catalog.js";
import { SchemaError } from "../errors.js";
import type { OperationKind, OperationOf } from "../operations/index.js";
import type { Table } from "../schema/tables.js";
import type { RenderContext } from "./render-context.js";

/** What an operation would break. */
export interface Breach {
  readonly text: string;
  /** What to write instead. */
  readonly hint: string;
}

/** An operation, and the schema before and after it. */
interface ChangeBy<O> {
  readonly operation: O;
  readonly before: Catalog;
  readonly after: Catalog;
  /** What the operation is written for: the version of the server, and its names of types. */
  readonly context: RenderContext;
}

/** An operation of some kinds, and the schema around it. */
export type Change<K extends OperationKind = OperationKind> = ChangeBy<OperationOf<K>>;

/** A table as the operation leaves it, in the schema that it leaves. */
export interface TableView {
  readonly table: Table;
  readonly catalog: Catalog;
  readonly context: RenderContext;
}

/**
 * A rule that a server has of its own: what it is asked may be valid SQL, and is refused all the same. Either it holds for
 * the tables that an operation changes (`ofTable`: a breach counts when it was not there before), or it is about operations
 * of some kinds (`ofOperation`).
 *
 * @example
 * { code: "key-type", answer: "error 1170", page: "https://dev.mysql.com/…", ofTable: keyTypes(unindexable) }
 */
export interface ServerRule {
  /** The name of the error. */
  readonly code: string;
  /** What the server says, by the number in its manual. */
  readonly answer: string;
  /** The page of the vendor's manual. */
  readonly page: string;
  /** The server takes it, and what is wrong shows later: it is said, and not refused. */
  readonly isOnlySaid?: true;
  /** Operations that the server takes all the same while it does not look at foreign keys. */
  readonly takenUnchecked?: readonly OperationKind[];
  readonly ofTable?: (view: TableView) => Iterable<Breach>;
  readonly ofOperation?: { readonly [K in OperationKind]?: (change: Change<K>) => Iterable<Breach> };
}

/** A table that an operation leaves in another state; undefined before when it was not there. */
interface ChangedTable {
  readonly before: Table | undefined;
  readonly after: Table;
}

/** The tables that a change touches, of which all is known. */
function changedTables({ before, after }: Change): readonly ChangedTable[] {
  const keys = before.differences(after)?.tables ?? [];
  const changed: ChangedTable[] = [];
  for (const key of keys) {
    const table = after.tables.get(key);
    if (table === undefined || after.unknownBecauseOf(table.schema, table.name) !== undefined) continue;
    changed.push({ after: table, before: undefined });
  }
  return changed.map(({ after: table }) => ({ after: table, before: before.table(table.schema, table.name) }));
}

function firstOf(breaches: Iterable<Breach> | undefined): Breach | undefined {
  for (const breach of breaches ?? []) return breach;
  return undefined;
}

/** The first breach of a table that was not there before the operation. */
function newBreach(rule: ServerRule, tables: readonly ChangedTable[], change: Change): Breach | undefined {
  const { ofTable } = rule;
  if (ofTable === undefined) return undefined;
  const { before, after, context } = change;
  for (const changed of tables) {
    const breaches = [...ofTable({ table: changed.after, catalog: after, context })];
    if (breaches.length === 0) continue;
    const old = changed.before && [...ofTable({ table: changed.before, catalog: before, context })];
    const added = breaches.find(({ text }) => old?.some((known) => known.text === text) !== true);
    if (added !== undefined) return added;
  }
  return undefined;
}

function breachOfOperation<K extends OperationKind>(rule: ServerRule, kind: K, change: Change): Breach | undefined {
  const check = rule.ofOperation?.[kind] as ((change: Change) => Iterable<Breach>) | undefined;
  return firstOf(check?.(change));
}

/** A table that goes to another name or comes from SQL text is as it is: the operation changes nothing else of it. */
const leavesTablesAsTheyAre: ReadonlySet<OperationKind> = new Set(["execute", "renameTable"]);

/**
 * Refuses an operation that the server would refuse by a rule of its own.
 *
 * @throws SchemaError that says what the server answers and what to write instead
 */
export function checkServerRules(rules: readonly ServerRule[], change: Change): void {
  const { operation } = change;
  const tables = leavesTablesAsTheyAre.has(operation.kind) ? [] : changedTables(change);
  const isUnchecked = "foreignKeysUnchecked" in operation && operation.foreignKeysUnchecked === true;
  for (const rule of rules) {
    if (isUnchecked && rule.takenUnchecked?.includes(operation.kind) === true) continue;
    const breach = breachOfOperation(rule, operation.kind, change) ?? newBreach(rule, tables, change);
    if (breach === undefined) continue;
    const { code, answer, page, isOnlySaid = false } = rule;
    if (isOnlySaid) {
      change.context.notice(`${breach.text} ${breach.hint} (${answer}: ${page})`);
      continue;
    }
    throw new SchemaError(code, `op.${operation.kind}: ${breach.text}`, {
      hint: `${breach.hint} The server's answer would be ${answer}: ${page}`,
      data: { answer, page },
      origin: operation.origin,
    });
  }
}
