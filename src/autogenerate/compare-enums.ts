import { enumTypeOf } from "../catalog/enums.js";
import { catalogKey } from "../catalog/catalog-key.js";
import type { OperationNode } from "../operations/index.js";
import { defaultOf, type Column } from "../schema/columns.js";
import type { EnumType } from "../schema/enum-types.js";
import { sql } from "../schema/expressions.js";
import { nameText } from "../schema/names.js";
import type { Table } from "../schema/tables.js";
import { isType } from "../schema/types/type.js";
import type { Change } from "./change.js";
import { origin, type Comparison } from "./comparison.js";

/** The values that are added, each at its place; undefined when others go or change their order. */
function additions(
  { name: typeName, schema, values }: EnumType,
  wanted: EnumType,
): readonly OperationNode[] | undefined {
  const kept = wanted.values.filter((value) => values.includes(value));
  if (kept.length !== values.length || kept.some((value, position) => value !== values[position])) return undefined;
  const known = [...values];
  return wanted.values.flatMap((value, position): readonly OperationNode[] => {
    if (known.includes(value)) return [];
    const before = wanted.values[position - 1];
    const next = wanted.values.slice(position + 1).find((other) => known.includes(other));
    // a value that stands behind all others needs no place
    const place = next === undefined ? undefined : before === undefined ? { before: next } : { after: before };
    known.push(value);
    return [{ kind: "addEnumValue", typeName, schema, value, place, ifNotExists: false, origin }];
  });
}

function isOfType(column: Column, { schema, name }: EnumType): boolean {
  const found = enumTypeOf(column.type);
  return found !== undefined && catalogKey(found.schema, found.name) === catalogKey(schema, name);
}

function retyping(
  table: Table,
  column: Column,
  wanted: EnumType,
  quoted: (...names: readonly string[]) => string,
): OperationNode {
  const items = isType(column.type, "array") ? "[]" : "";
  const path = [...(wanted.schema === undefined ? [] : [wanted.schema]), wanted.name].map(nameText);
  const [name, type] = [quoted(nameText(column.name)), quoted(...path)];
  const using = sql.raw(`${name}::text${items}::${type}${items}`);
  const value = defaultOf(column);
  return {
    kind: "alterColumn",
    tableName: table.name,
    schema: table.schema,
    columnName: column.name,
    change: { type: column.type, ...(value !== undefined && { serverDefault: value }) },
    existing: {},
    options: { postgresql: { using } },
    insertBefore: undefined,
    insertAfter: undefined,
    origin,
  };
}

/** What becomes of the values of an enum type that cannot be had by adding some: a type in its place. */
function replacement(
  there: EnumType,
  wanted: EnumType,
  { current, wanted: target, writer }: Comparison,
): readonly Change[] {
  const { name, schema, values } = wanted;
  const old = `${nameText(name)}_old`;
  const quoted = (...names: readonly string[]): string => writer.written.sql(sql.identifier(...names));
  const path = schema === undefined ? [nameText(name)] : [nameText(schema), nameText(name)];
  const columns = target.tables.values().flatMap((table) => {
    const known = current.table(table.schema, table.name);
    return table.columns
      .filter((column) => isOfType(column, wanted))
      .filter((column) =>
        known?.columns.some((one) => nameText(one.name) === nameText(column.name) && isOfType(one, there)),
      )
      .map((column) => retyping(table, column, wanted, quoted));
  });
  return [
    {
      phase: "createTypes",
      operations: [
        { kind: "execute", statement: sql.raw(`ALTER TYPE ${quoted(...path)} RENAME TO ${quoted(old)}`), origin },
        { kind: "createEnumType", name, schema, values, forColumn: false, origin },
      ],
      detected: [
        `Detected values of enum type '${catalogKey(schema, name)}' from ${there.values.join(", ")} to ${values.join(", ")}`,
      ],
    },
    { phase: "changeTypes", operations: columns, detected: [] },
    {
      phase: "dropTypes",
      operations: [{ kind: "dropEnumType", name: old, schema, ifExists: false, origin }],
      detected: [],
    },
  ];
}

/** Whether a type comes and goes with the columns that use it. */
function isOfColumns({ forColumn }: EnumType): boolean {
  return forColumn;
}

/** Compares the enum types, where these are objects of their own. */
export function enumChanges(comparison: Comparison): readonly Change[] {
  const { current, wanted, filters, dialect } = comparison;
  if (dialect.features.enumTypes !== true) return [];
  const changes: Change[] = [];
  for (const type of wanted.enums.values()) {
    const { name, schema, values } = type;
    const there = current.enum(schema, name);
    const described = {
      kind: "enum" as const,
      name: catalogKey(schema, name),
      attributes: { values: values.join(", ") },
    };
    if (!filters.includes("enum", name, { schema }, there && described, described)) continue;
    if (there === undefined) {
      if (isOfColumns(type)) continue;
      changes.push({
        phase: "createTypes",
        operations: [{ kind: "createEnumType", name, schema, values, forColumn: false, origin }],
        detected: [`Detected added enum type '${catalogKey(schema, name)}'`],
      });
      continue;
    }
    if (there.values.join("\0") === values.join("\0")) continue;
    const added = additions(there, type);
    if (added === undefined) changes.push(...replacement(there, type, comparison));
    else {
      const detected = added.flatMap((one) =>
        one.kind === "addEnumValue"
          ? [`Detected added value '${one.value}' of enum type '${catalogKey(schema, name)}'`]
          : [],
      );
      changes.push({ phase: "createTypes", operations: added, detected });
    }
  }
  for (const type of current.enums.values()) {
    const { name, schema } = type;
    if (wanted.enum(schema, name) !== undefined || isOfColumns(type)) continue;
    const described = { kind: "enum" as const, name: catalogKey(schema, name), attributes: {} };
    if (!filters.includes("enum", name, { schema }, described, undefined)) continue;
    changes.push({
      phase: "dropTypes",
      operations: [{ kind: "dropEnumType", name, schema, ifExists: false, origin }],
      detected: [`Detected removed enum type '${catalogKey(schema, name)}'`],
    });
  }
  return changes;
}
