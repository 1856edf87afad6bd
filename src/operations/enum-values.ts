import { enumOf, noEnumValue, oneEnumValue } from "../catalog/enum-checks.js";
import { withEnumValues } from "../catalog/enums.js";
import { withValueRenamed } from "../catalog/texts/renamed-values.js";
import { OperationError } from "../errors.js";
import { takeOptions } from "../schema/take-options.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import { options, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

export interface AddEnumValue extends Operation {
  readonly kind: "addEnumValue";
  readonly typeName: Name;
  readonly schema: Name | undefined;
  readonly value: string;
  /** The value before or after which the new one stands; the end when undefined. */
  readonly place: { readonly before: string } | { readonly after: string } | undefined;
  readonly ifNotExists: boolean;
}

export interface RenameEnumValue extends Operation {
  readonly kind: "renameEnumValue";
  readonly typeName: Name;
  readonly schema: Name | undefined;
  readonly from: string;
  readonly to: string;
}

export interface AddEnumValueOptions {
  readonly schema?: Name | null;
  readonly before?: string;
  readonly after?: string;
  readonly ifNotExists?: boolean;
}

export interface AddEnumValueDirectives {
  /**
   * Adds a value to an enum type (PostgreSQL). No server takes a value away again: a downgrade leaves it, or makes a
   * new type and alters the columns to it. Until the transaction that adds it has ended, the value cannot be used: rows
   * with it belong into a later revision with `transactionPerMigration`, or this call into `op.autocommitBlock`.
   *
   * @example op.addEnumValue("mood", "calm", { before: "ok" }) // ALTER TYPE mood ADD VALUE 'calm' BEFORE 'ok'
   */
  addEnumValue(type: Name, value: string, options?: AddEnumValueOptions): void;
}

export interface RenameEnumValueDirectives {
  /**
   * Gives a value of an enum type another name (PostgreSQL).
   *
   * @example op.renameEnumValue("mood", "sad", "unhappy") // ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy'
   */
  renameEnumValue(type: Name, from: string, to: string, options?: { readonly schema?: Name | null }): void;
}

function placeOf(type: Name, { before, after }: AddEnumValueOptions): AddEnumValue["place"] {
  if (before !== undefined && after !== undefined) {
    throw new OperationError("two-places", `op.addEnumValue("${nameText(type)}"): both before and after are given.`, {
      hint: "Keep one of them.",
    });
  }
  if (before !== undefined) return { before };
  return after === undefined ? undefined : { after };
}

/** The values with a new one in its place. */
function valuesWith(values: readonly string[], { value, place }: AddEnumValue): readonly string[] {
  if (values.includes(value)) return values;
  if (place === undefined) return [...values, value];
  const position = "before" in place ? values.indexOf(place.before) : values.indexOf(place.after) + 1;
  return values.toSpliced(position < 0 ? values.length : position, 0, value);
}

export const addEnumValue: OperationDefinition<AddEnumValue, AddEnumValueDirectives> = {
  kind: "addEnumValue",
  call({ typeName, schema, value, place, ifNotExists }) {
    const given = { schema, ...place, ifNotExists: whenSet(ifNotExists) };
    return ["addEnumValue", typeName, value, ...options(given)];
  },
  directives: (recording) => ({
    addEnumValue(typeName, value, options = {}) {
      takeOptions("op.addEnumValue", options, ["schema", "before", "after", "ifNotExists"], "none");
      const place = placeOf(typeName, options);
      const { schema, ifNotExists = false } = options;
      recording.add({ kind: "addEnumValue", typeName, schema: schema ?? undefined, value, place, ifNotExists });
    },
  }),
  check(expect, { schema, typeName, value, place, ifNotExists }) {
    const type = enumOf(expect, schema, typeName);
    if (type === undefined) return;
    if (!ifNotExists) noEnumValue(expect, type, value);
    if (place !== undefined) oneEnumValue(expect, type, "before" in place ? place.before : place.after);
  },
  apply: (catalog, operation) =>
    withEnumValues(catalog, operation.schema, operation.typeName, (values) => valuesWith(values, operation)),
};

export const renameEnumValue: OperationDefinition<RenameEnumValue, RenameEnumValueDirectives> = {
  kind: "renameEnumValue",
  call: ({ typeName, schema, from, to }) => ["renameEnumValue", typeName, from, to, ...options({ schema })],
  directives: (recording) => ({
    renameEnumValue(typeName, from, to, options = {}) {
      takeOptions("op.renameEnumValue", options, ["schema"], "none");
      recording.add({ kind: "renameEnumValue", typeName, schema: options.schema ?? undefined, from, to });
    },
  }),
  check(expect, { schema, typeName, from, to }) {
    const type = enumOf(expect, schema, typeName);
    if (type === undefined) return;
    oneEnumValue(expect, type, from);
    noEnumValue(expect, type, to);
  },
  apply(catalog, { schema, typeName, from, to, origin }) {
    const because = { sql: `ALTER TYPE ${nameText(typeName)} RENAME VALUE '${from}' TO '${to}'`, origin };
    const followed = withValueRenamed(catalog, { schema, name: typeName }, { from, to }, because);
    return withEnumValues(followed, schema, typeName, (values) => values.map((value) => (value === from ? to : value)));
  },
};
