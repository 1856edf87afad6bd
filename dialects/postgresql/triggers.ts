import type { RenderContext } from "../../src/compiler/render-context.js";
import type { DropTable } from "../../src/operations/drop-table.js";
import type { OperationNode } from "../../src/operations/index.js";
import type { CreateTrigger } from "../../src/operations/triggers.js";
import { sql } from "../../src/schema/expressions.js";
import { nameText, sameName } from "../../src/schema/names.js";
import { definitionOf, isOfKind } from "../../src/schema/schema-objects.js";
import type { Trigger } from "../../src/schema/triggers.js";
import type { ObjectOperations } from "../shared/objects.js";
import { eventsText, innerText, phrase, timingText, words } from "../shared/objects.js";
import { has } from "./features.js";
import { dollarQuoted } from "./routines.js";

const call = /^execute\s+(?:function|procedure)\b/i;

/** A trigger whose body is a block has a function of its own, which has the trigger's name and goes with it. */
function hasOwnFunction(trigger: Trigger): boolean {
  return !call.test((definitionOf(trigger) ?? "").trim());
}

/** DROP FUNCTION for the functions of the triggers that go with a table. */
export function dropTriggerFunctions(
  { origin, schema, tableName }: DropTable,
  context: RenderContext,
): readonly OperationNode[] {
  return context.before.objects
    .values()
    .filter((object) => isOfKind(object, "trigger"))
    .filter((trigger) => sameName(trigger.tableName, tableName) && sameName(trigger.schema, schema))
    .filter(hasOwnFunction)
    .map(({ name }) => ({ kind: "dropFunction", origin, name, schema, parameters: sql``, ifExists: false }));
}

/** One function cannot belong to two triggers of the same name on different tables. */
function refuseTakenFunction({ schema, name, tableName }: CreateTrigger, context: RenderContext): void {
  const other = context.before.objects
    .values()
    .filter((object) => isOfKind(object, "trigger"))
    .find(
      (trigger) =>
        hasOwnFunction(trigger) &&
        sameName(trigger.name, name) &&
        sameName(trigger.schema, schema) &&
        !sameName(trigger.tableName, tableName),
    );
  if (other === undefined) return;
  throw context.unsupported(
    `The trigger "${nameText(name)}" of table "${nameText(other.tableName)}" has a function of that name already.`,
    `Write the function once, op.createFunction("…", …, { returns: "trigger" }), and the body "EXECUTE FUNCTION …()" for both triggers.`,
  );
}

function functionText(operation: CreateTrigger, context: RenderContext): string {
  const { schema, name, body, replace } = operation;
  refuseTakenFunction(operation, context);
  const create = replace ? "CREATE OR REPLACE FUNCTION" : "CREATE FUNCTION";
  const text = context.sql(body, "quoted").trim();
  return `${create} ${context.qualified(schema, name)}() RETURNS trigger LANGUAGE plpgsql AS ${dollarQuoted(text)}`;
}

interface TriggerOptions {
  readonly constraint?: boolean;
  readonly deferrable?: boolean;
  readonly initially?: string;
  readonly referencing?: string;
}

function triggerText(create: string, operation: CreateTrigger, execute: string, context: RenderContext): string {
  const { schema, name, tableName, forEach, when } = operation;
  const { deferrable, initially, referencing }: TriggerOptions = context.options(operation.options);
  const each = forEach ?? (operation.events.includes("truncate") ? "statement" : "row");
  return words(
    `${create} ${context.name(name)} ${timingText(operation)} ${eventsText(operation, " OR ", context)}`,
    `ON ${context.qualified(schema, tableName)}`,
    deferrable !== undefined && (deferrable ? "DEFERRABLE" : "NOT DEFERRABLE"),
    initially !== undefined && `INITIALLY ${phrase(initially, "initially", context)}`,
    referencing !== undefined && `REFERENCING ${context.authorsText(referencing)}`,
    `FOR EACH ${each.toUpperCase()}`,
    when !== undefined && `WHEN (${innerText(when, "condition of the trigger", context, "part")})`,
    execute,
  );
}

function createTrigger(operation: CreateTrigger, context: RenderContext): readonly string[] {
  const { schema, name, tableName, body, replace } = operation;
  const { constraint = false }: TriggerOptions = context.options(operation.options);
  const text = innerText(body, `body of trigger "${nameText(name)}"`, context);
  const isCall = call.test(text);
  const execute = isCall ? text : `EXECUTE FUNCTION ${context.qualified(schema, name)}()`;
  const table = context.qualified(schema, tableName);
  const takesPlace = replace && !constraint && has("replaceTriggers", context);
  const create = words("CREATE", takesPlace && "OR REPLACE", constraint && "CONSTRAINT", "TRIGGER");
  const before = context.before.object("trigger", schema, name, tableName);
  const dropsFunction = isCall && before !== undefined && hasOwnFunction(before);
  return [
    ...(isCall ? [] : [functionText(operation, context)]),
    ...(replace && !takesPlace ? [`DROP TRIGGER IF EXISTS ${context.name(name)} ON ${table}`] : []),
    triggerText(create, operation, execute, context),
    ...(dropsFunction ? [`DROP FUNCTION ${context.qualified(schema, name)}()`] : []),
  ];
}

export const triggers: Pick<ObjectOperations, "createTrigger" | "dropTrigger"> = {
  createTrigger,
  dropTrigger({ schema, name, tableName, ifExists }, context) {
    const before = context.before.object("trigger", schema, name, tableName);
    const drop = words("DROP TRIGGER", ifExists && "IF EXISTS", context.name(name));
    const ownFunction = before !== undefined && hasOwnFunction(before);
    return [
      `${drop} ON ${context.qualified(schema, tableName)}`,
      ...(ownFunction ? [`DROP FUNCTION ${context.qualified(schema, name)}()`] : []),
    ];
  },
};
