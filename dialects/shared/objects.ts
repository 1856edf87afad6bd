import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { TextPlace } from "../../src/compiler/text-ends.js";
import { OperationError } from "../../src/errors.js";
import type { BoundItem, PlainBound } from "../../src/schema/partitions.js";
import type { CreateTrigger } from "../../src/operations/triggers.js";
import type { CreateView } from "../../src/operations/views.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { isSqlText } from "../../src/schema/expressions.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";

/** The operations on what is not a table, column, index or constraint, and on names and privileges of these. */
export type ObjectOperations = Pick<
  Dialect["operations"],
  | "addEnumValue"
  | "attachPartition"
  | "createDomain"
  | "createExtension"
  | "createFunction"
  | "createPartition"
  | "createProcedure"
  | "createSchema"
  | "createSequence"
  | "createTrigger"
  | "createView"
  | "detachPartition"
  | "dropDomain"
  | "dropExtension"
  | "dropFunction"
  | "dropPartition"
  | "dropProcedure"
  | "dropSchema"
  | "dropSequence"
  | "dropTrigger"
  | "dropView"
  | "grant"
  | "refreshMaterializedView"
  | "renameConstraint"
  | "renameEnumValue"
  | "renameIndex"
  | "revoke"
  | "validateConstraint"
>;

/** The renderer of an operation that the server has nothing for. */
export function lacking(problem: string, instead: string): (operation: unknown, context: RenderContext) => never {
  return (_operation, context) => {
    throw context.unsupported(problem, instead);
  };
}

/** Refuses an option that the server has nothing for. */
export function refuse(isAsked: boolean, problem: string, instead: string, context: RenderContext): void {
  if (isAsked) throw context.unsupported(problem, instead);
}

/** Words, those that are left out passed over. */
export function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== "").join(" ");
}

/** SQL of the author's own at the end of a statement, or in it: without the space and the semicolons around it. */
export function innerText(text: SqlText, what: string, context: RenderContext, place: TextPlace = "end"): string {
  const trimmed = context
    .sql(text, place)
    .trim()
    .replace(/(?:\s*;)+$/, "");
  if (trimmed !== "") return trimmed;
  throw new OperationError("empty-statement", `The ${what} is empty.`, { hint: "Give it SQL." });
}

/** Words that reach the script without quotes. */
export function phrase(value: string | undefined, option: string, context: RenderContext): string | undefined {
  if (value === undefined || /^\w+( \w+)*$/.test(value)) return value?.toUpperCase();
  throw context.unsupported(`The option ${option} is ${JSON.stringify(value)}, which is not words.`, "Write words.");
}

/** A view: what stands before its name, what between its columns and AS, and what behind the query. */
export function viewText(
  create: string,
  operation: CreateView,
  context: RenderContext,
  { clauses = "", ending = "" }: { readonly clauses?: string; readonly ending?: string } = {},
): string {
  const { schema, name, columns, definition } = operation;
  const list = columns.length === 0 ? "" : `(${context.names(columns)})`;
  const query = innerText(definition, `definition of view "${nameText(name)}"`, context);
  const text = words(create, context.qualified(schema, name), list, clauses, `AS ${query}`);
  return ending === "" ? text : `${text}\n${ending}`;
}

/** `WITH [LOCAL | CASCADED] CHECK OPTION`. */
export function checkOptionText({ checkOption }: CreateView): string {
  if (checkOption === false) return "";
  return words("WITH", checkOption !== true && checkOption.toUpperCase(), "CHECK OPTION");
}

/** Refuses what belongs to materialised views alone, so that it is not lost. */
export function refuseNoData({ withData, materialized }: CreateView, context: RenderContext): void {
  refuse(
    !withData && !materialized,
    "withData: false means something for a materialised view only.",
    "Leave withData out, or write materialized: true.",
    context,
  );
}

/** The events of a trigger: `INSERT OR UPDATE OF a, b`. */
export function eventsText({ events, updateOf }: CreateTrigger, separator: string, context: RenderContext): string {
  return events
    .map((event) =>
      event === "update" && updateOf.length > 0 ? `UPDATE OF ${context.names(updateOf)}` : event.toUpperCase(),
    )
    .join(separator);
}

/** `BEFORE`, `AFTER`, `INSTEAD OF`. */
export function timingText({ timing }: CreateTrigger): string {
  return timing === "insteadOf" ? "INSTEAD OF" : timing.toUpperCase();
}

/** A trigger with several events, where the server takes one. */
export function oneEvent({ name, events }: CreateTrigger, server: string, context: RenderContext): void {
  refuse(
    events.length > 1,
    `Trigger "${nameText(name)}" has ${events.length} events; ${server} takes one.`,
    `Make a trigger for each: op.createTrigger("${nameText(name)}_${events[1] ?? ""}", …, { events: "${events[1] ?? ""}" }).`,
    context,
  );
}

/** The body of a trigger, where it is not a call of a function. */
export function triggerBody({ name, body }: CreateTrigger, server: string, context: RenderContext): string {
  const text = innerText(body, `body of trigger "${nameText(name)}"`, context);
  refuse(
    /^execute\s+function\b/i.test(text),
    `Trigger "${nameText(name)}" calls a function, as triggers of PostgreSQL do; ${server} runs the statements of its body.`,
    "Write them: BEGIN … END.",
    context,
  );
  return text;
}

/** The values of a bound: `(1, 'a')`; a list inside a list is a row of several columns. */
export function boundValues(values: readonly BoundItem[], context: RenderContext): string {
  const isRow = (value: BoundItem): value is readonly PlainBound[] => Array.isArray(value);
  const text = (value: BoundItem): string => {
    if (isRow(value)) return boundValues(value, context);
    return isSqlText(value) ? context.sql(value) : context.literal(value);
  };
  return `(${values.map(text).join(", ")})`;
}

interface Privileges {
  readonly privileges: readonly string[];
  readonly columns: readonly Name[];
}

/** What a server knows of privileges. */
export interface PrivilegeRules {
  /** Privileges that other servers have, with what to write instead of each. */
  readonly lacking: Readonly<Record<string, string>>;
  /** The privileges that single columns can have. */
  readonly onColumns: readonly string[];
}

/** `SELECT (a, b), UPDATE (a, b)`. */
function privilegesText(
  { privileges, columns }: Privileges,
  { lacking, onColumns }: PrivilegeRules,
  context: RenderContext,
): string {
  const { name } = context.dialect;
  for (const privilege of privileges) {
    const hint = lacking[privilege];
    if (hint !== undefined) throw context.unsupported(`There is no privilege ${privilege} on ${name}.`, hint);
    if (columns.length === 0 || onColumns.includes(privilege)) continue;
    throw context.unsupported(
      `There is no privilege ${privilege} on single columns on ${name}.`,
      `Leave columns out, or grant it on a view that has these columns alone. Columns can have ${onColumns.join(", ")}.`,
    );
  }
  const list = columns.length === 0 ? "" : ` (${context.names(columns)})`;
  return privileges.map((privilege) => privilege + list).join(", ");
}

/** Roles in a list, with PUBLIC for everybody. */
function granteesText(grantees: readonly Name[], context: RenderContext): string {
  return grantees.map((grantee) => (isPublic(grantee) ? "PUBLIC" : context.name(grantee))).join(", ");
}

function isPublic(grantee: Name): boolean {
  return typeof grantee === "string" && /^public$/i.test(grantee);
}

/** GRANT and REVOKE with the server's words for what they are on. */
export function privilegeStatements(
  onText: (object: Parameters<Dialect["operations"]["grant"]>[0]["object"], context: RenderContext) => string,
  rules: PrivilegeRules,
  grantees: (grantees: readonly Name[], context: RenderContext) => string = granteesText,
): Pick<Dialect["operations"], "grant" | "revoke"> {
  return {
    grant: (operation, context) =>
      words(
        `GRANT ${privilegesText(operation, rules, context)} ON ${onText(operation.object, context)}`,
        `TO ${grantees(operation.grantees, context)}`,
        operation.withGrantOption && "WITH GRANT OPTION",
      ),
    revoke: (operation, context) =>
      words(
        "REVOKE",
        operation.grantOptionFor && "GRANT OPTION FOR",
        `${privilegesText(operation, rules, context)} ON ${onText(operation.object, context)}`,
        `FROM ${grantees(operation.grantees, context)}`,
        operation.cascade && "CASCADE",
      ),
  };
}
