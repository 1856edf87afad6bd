import type { CreateTrigStmt } from "libpg-query";
import type { Origin } from "../../../src/errors.js";
import type { CreateTrigger } from "../../../src/operations/triggers.js";
import { sql } from "../../../src/schema/expressions.js";
import type { TriggerEvent, TriggerTiming } from "../../../src/schema/triggers.js";
import { expressionText, NotUnderstood } from "../../shared/reader/cursor.js";
import { namesOf, passUntil, relationName, type Session, type Source } from "./source.js";

/** Bits of `tgtype` in PostgreSQL's catalog/pg_trigger.h. */
const timings: Readonly<Record<number, TriggerTiming>> = { 0: "after", 2: "before", 64: "insteadOf" };
const events: Readonly<Record<TriggerEvent, number>> = { insert: 4, delete: 8, update: 16, truncate: 32 };

function optionsOf(stmt: CreateTrigStmt, source: Source): CreateTrigger["options"] {
  const cursor = source.cursorAt(stmt.relation?.location);
  let referencing: string | undefined;
  if (stmt.transitionRels !== undefined) {
    passUntil(cursor, "REFERENCING");
    referencing = cursor.textUntil(({ value }) => ["FOR", "WHEN", "EXECUTE"].includes(value));
  }
  const said = {
    ...(stmt.isconstraint === true && { constraint: true }),
    ...(stmt.deferrable === true && { deferrable: true }),
    ...(stmt.initdeferred === true && { initially: "DEFERRED" }),
    ...(referencing !== undefined && { referencing }),
  };
  return Object.keys(said).length === 0 ? {} : { postgresql: said };
}

/** The condition in the parentheses behind WHEN. */
function conditionOf(stmt: CreateTrigStmt, source: Source): CreateTrigger["when"] {
  if (stmt.whenClause === undefined) return undefined;
  const cursor = source.cursorAt(stmt.relation?.location);
  passUntil(cursor, "WHEN");
  const start = cursor.place;
  cursor.parenthesized();
  return expressionText(cursor.textFrom(start));
}

/** `CREATE TRIGGER`. */
export function trigger(
  stmt: CreateTrigStmt,
  source: Source,
  session: Session,
  origin: Origin | undefined,
): CreateTrigger {
  if (stmt.constrrel !== undefined) throw new NotUnderstood("a trigger that stands for a foreign key");
  const { schema, name: tableName } = relationName(stmt.relation, session);
  const cursor = source.cursorAt(stmt.relation?.location);
  passUntil(cursor, "EXECUTE");
  cursor.next();
  const said = stmt.events ?? 0;
  return {
    kind: "createTrigger",
    name: stmt.trigname ?? "",
    schema,
    tableName,
    body: sql.raw(`EXECUTE FUNCTION ${cursor.rest()}`),
    timing: timings[stmt.timing ?? 0] ?? "after",
    events: (Object.keys(events) as TriggerEvent[]).filter((event) => (said & events[event]) !== 0),
    updateOf: namesOf(stmt.columns),
    forEach: stmt.row === true ? "row" : "statement",
    when: conditionOf(stmt, source),
    replace: stmt.replace ?? false,
    options: optionsOf(stmt, source),
    origin,
  };
}
