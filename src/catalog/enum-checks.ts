import type { Name } from "../schema/names.js";
import { nearest } from "../suggestion.js";
import { catalogKey } from "./catalog.js";
import type { EnumType } from "../schema/enum-types.js";
import type { SchemaChecks } from "./schema-checks.js";

/** The enum type, when it is known; undefined when nothing can be said of it. */
export function enumOf(expect: SchemaChecks, schema: Name | undefined, name: Name): EnumType | undefined {
  const known = expect.catalog.enum(schema, name);
  if (known !== undefined || expect.isUncertain(schema, name)) return known;
  const key = catalogKey(schema, name);
  const names = expect.catalog.enums.keys();
  const candidate = nearest(key, names);
  const hint =
    candidate === undefined
      ? names.length === 0
        ? "No enum type is known at this point of the history."
        : `Known here: ${names.join(", ")}.`
      : `Did you mean "${candidate}"?`;
  throw expect.error("unknown-enum", `there is no enum type "${key}".`, hint, { enum: key });
}

function keyOf({ schema, name }: EnumType): string {
  return catalogKey(schema, name);
}

/** The enum type has the value. */
export function oneEnumValue(expect: SchemaChecks, type: EnumType, value: string): void {
  if (type.values.includes(value)) return;
  const hint = `Its values are ${type.values.join(", ")}.`;
  const data = { enum: keyOf(type), value };
  throw expect.error("unknown-enum-value", `the enum type "${keyOf(type)}" has no value "${value}".`, hint, data);
}

/** The enum type does not have the value yet. */
export function noEnumValue(expect: SchemaChecks, type: EnumType, value: string): void {
  if (!type.values.includes(value)) return;
  const hint = `Its values are ${type.values.join(", ")}.`;
  const data = { enum: keyOf(type), value };
  throw expect.error("enum-value-exists", `the enum type "${keyOf(type)}" has a value "${value}" already.`, hint, data);
}
