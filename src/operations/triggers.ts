import type { Catalog } from "../catalog/catalog.js";
import { OperationError } from "../errors.js";
import type { TriggerDialectOptions } from "../schema/dialect-options.js";
import { takeOptions } from "../schema/take-options.js";
import type { SqlText } from "../schema/expressions.js";
import { asSqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText, sameName } from "../schema/names.js";
import { isOfKind } from "../schema/schema-objects.js";
import { triggerEvents, triggerTimings } from "../schema/triggers.js";
import type { Trigger, TriggerContent, TriggerEvent, TriggerTiming } from "../schema/triggers.js";
import { options, whenAny, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface CreateTrigger extends Operation, TriggerContent {
  readonly kind: "createTrigger";
  readonly name: Name;
  readonly tableName: Name;
  /** The schema of the table, and of the trigger where it has one of its own. */
  readonly schema: Name | undefined;
  /** Takes the place of one that is there. */
  readonly replace: boolean;
}

export interface DropTrigger extends Operation {
  readonly kind: "dropTrigger";
  readonly name: Name;
  readonly tableName: Name;
  readonly schema: Name | undefined;
  readonly ifExists: boolean;
}

export interface CreateTriggerOptions extends TriggerDialectOptions {
  readonly schema?: Name | null;
  readonly timing: TriggerTiming;
  readonly events: TriggerEvent | readonly TriggerEvent[];
  /** Only an update of these columns counts. */
  readonly updateOf?: Name | readonly Name[];
  readonly forEach?: "row" | "statement";
  readonly when?: string | SqlText;
  readonly replace?: boolean;
}

export interface CreateTriggerDirectives {
  /**
   * Creates a trigger. The body is SQL of the dialect: on PostgreSQL `EXECUTE FUNCTION f()`, or a block of PL/pgSQL,
   * for which a function of the trigger's name is made that goes with it.
   *
   * @example op.createTrigger("log_account", "account", "BEGIN INSERT INTO log VALUES (NEW.id); END", { timing: "after", events: "insert" })
   * // CREATE TRIGGER log_account AFTER INSERT ON account FOR EACH ROW BEGIN INSERT INTO log VALUES (NEW.id); END
   */
  createTrigger(name: Name, table: Name, body: string | SqlText, options: CreateTriggerOptions): void;
}

/** What `createTrigger` is told of a dialect is taken, too: it is not in the statement. */
export interface DropTriggerOptions extends TriggerDialectOptions {
  readonly schema?: Name | null;
  readonly ifExists?: boolean;
}

export interface DropTriggerDirectives {
  /**
   * Drops a trigger of a table. On PostgreSQL the function of the same name goes too when `createTrigger` made it of a
   * block in an earlier revision; any other function that the trigger calls stays.
   *
   * @example op.dropTrigger("log_account", "account") // DROP TRIGGER log_account, DROP TRIGGER log_account ON account on PostgreSQL
   */
  dropTrigger(name: Name, table: Name, options?: DropTriggerOptions): void;
}

const createNames = ["schema", "timing", "events", "updateOf", "forEach", "when", "replace"];

function refuseUnknown(where: string, option: string, value: unknown, known: readonly string[]): void {
  if (known.includes(value as string)) return;
  throw new OperationError("trigger-option", `${where}: ${option} is ${JSON.stringify(value) ?? "missing"}.`, {
    hint: `Write one of ${known.map((word) => `"${word}"`).join(", ")}.`,
  });
}

/** The triggers of a table, as far as the catalog knows them. */
export function triggersOf(catalog: Catalog, schema: Name | undefined, tableName: Name): readonly Trigger[] {
  return catalog.objects
    .values()
    .filter((object) => isOfKind(object, "trigger"))
    .filter((trigger) => sameName(trigger.tableName, tableName) && sameName(trigger.schema, schema));
}

export const createTrigger: OperationDefinition<CreateTrigger, CreateTriggerDirectives> = {
  kind: "createTrigger",
  call(operation) {
    const { name, tableName, schema, body, timing, events, updateOf, forEach, when, replace } = operation;
    const [given = {}] = options({ schema, updateOf: whenAny(updateOf), forEach, when, replace: whenSet(replace) });
    return ["createTrigger", name, tableName, body, { timing, events, ...given, ...operation.options }];
  },
  directives: (recording) => ({
    createTrigger(name, tableName, body, options) {
      const where = `op.createTrigger("${nameText(name)}")`;
      const groups = takeOptions(where, options ?? {}, createNames, "trigger");
      refuseUnknown(where, "timing", options?.timing, triggerTimings);
      const { schema, timing, updateOf = [], forEach, when, replace = false } = options;
      const all = [options.events ?? []].flat() as readonly TriggerEvent[];
      if (all.length === 0) refuseUnknown(where, "events", undefined, triggerEvents);
      for (const event of all) refuseUnknown(where, "events", event, triggerEvents);
      if (forEach !== undefined) refuseUnknown(where, "forEach", forEach, ["row", "statement"]);
      const columns = [updateOf].flat() as readonly Name[];
      if (columns.length > 0 && !all.includes("update")) {
        throw new OperationError("trigger-option", `${where}: updateOf is given, but "update" is none of the events.`, {
          hint: 'Add "update" to the events.',
        });
      }
      recording.add({
        kind: "createTrigger",
        name,
        tableName,
        schema: schema ?? undefined,
        body: asSqlText(body),
        timing,
        events: all,
        updateOf: columns,
        forEach,
        when: when === undefined ? undefined : asSqlText(when),
        replace,
        options: groups,
      });
    },
  }),
  check(expect, { schema, name, tableName, updateOf, replace }) {
    const table = expect.table(schema, tableName);
    if (table !== undefined) expect.columns(table, updateOf);
    if (!replace) expect.noObject("trigger", schema, name, tableName);
  },
  apply(catalog, { name, schema, tableName, body, timing, events, updateOf, forEach, when, options }) {
    const content = { body, timing, events, updateOf, forEach, when, options };
    return catalog.withObject({ kind: "trigger", name, schema, tableName, content });
  },
};

export const dropTrigger: OperationDefinition<DropTrigger, DropTriggerDirectives> = {
  kind: "dropTrigger",
  call: ({ name, tableName, schema, ifExists }) => [
    "dropTrigger",
    name,
    tableName,
    ...options({ schema, ifExists: whenSet(ifExists) }),
  ],
  directives: (recording) => ({
    dropTrigger(name, tableName, options = {}) {
      takeOptions("op.dropTrigger", options, ["schema", "ifExists"], "trigger");
      const { schema, ifExists = false } = options;
      recording.add({ kind: "dropTrigger", name, tableName, schema: schema ?? undefined, ifExists });
    },
  }),
  check(expect, { schema, name, tableName, ifExists }) {
    if (!ifExists) expect.object("trigger", schema, name, tableName);
  },
  apply: (catalog, { schema, name, tableName }) => catalog.withoutObject("trigger", schema, name, tableName),
};
