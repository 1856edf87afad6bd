import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { Identity, SequenceOptions } from "../../src/schema/columns.js";
import { isComputed, isIdentity } from "../../src/schema/columns.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { asSqlText } from "../../src/schema/expressions.js";
import { defaultText, identityText, sequenceOptions } from "../shared/columns.js";
import { existingDefault, knownColumn, refuseComputedChange } from "../shared/alter-column.js";
import { alterTable } from "../shared/operations.js";
import { castsDefaultByItself } from "./casts.js";

const sequenceOptionNames = [
  "increment",
  "start",
  "minvalue",
  "maxvalue",
  "nominvalue",
  "nomaxvalue",
  "cache",
  "cycle",
] as const satisfies readonly (keyof SequenceOptions)[];

/**
 * What an identity has without being told: https://www.postgresql.org/docs/current/sql-createsequence.html
 * Where it starts matters only once, and nothing sets it back.
 */
const usual: SequenceOptions = { increment: 1, nominvalue: true, nomaxvalue: true, cache: 1, cycle: false };
const opposites: Readonly<Record<string, keyof SequenceOptions>> = {
  nominvalue: "minvalue",
  nomaxvalue: "maxvalue",
};

/** What of an identity is set anew: each option that differs from the one before, and what is not said any more. */
function changedIdentity(from: Identity, to: Identity, { onTrust }: RenderContext): string {
  const before: SequenceOptions = from;
  const after: SequenceOptions = to;
  const isSaid = (options: SequenceOptions, name: keyof SequenceOptions): boolean => {
    const opposite = opposites[name];
    return options[name] !== undefined || (opposite !== undefined && options[opposite] !== undefined);
  };
  const wasOther = (name: keyof SequenceOptions): boolean => {
    const opposite = opposites[name];
    return opposite === undefined
      ? before[name] !== undefined && before[name] !== usual[name]
      : before[opposite] !== undefined;
  };
  const changed = Object.fromEntries(
    sequenceOptionNames.flatMap((name): readonly (readonly [string, unknown])[] => {
      if (after[name] !== undefined) return after[name] === before[name] ? [] : [[name, after[name]]];
      // outside a history Alembic writes what is said, and no more
      if (onTrust || usual[name] === undefined || isSaid(after, name)) return [];
      return wasOther(name) ? [[name, usual[name]]] : [];
    }),
  ) as SequenceOptions;
  const always = to.always === from.always ? [] : [`SET GENERATED ${to.always ? "ALWAYS" : "BY DEFAULT"}`];
  const options = sequenceOptionNames
    .filter((name) => name in changed)
    .map((name) => `SET ${sequenceOptions({ [name]: changed[name] })}`);
  return [...always, ...options].join(" ");
}

function changeDefault(operation: AlterColumn, alter: string, context: RenderContext): string {
  const { serverDefault } = operation.change;
  const existing = existingDefault(operation, context);
  if (isComputed(serverDefault) || isComputed(existing)) throw refuseComputedChange(context);
  if (isIdentity(serverDefault)) {
    if (!isIdentity(existing)) return `${alter} ADD ${identityText(serverDefault)}`;
    return `${alter} ${changedIdentity(existing, serverDefault, context)}`.trimEnd();
  }
  if (isIdentity(existing) && serverDefault === null) return `${alter} DROP IDENTITY`;
  if (serverDefault === null || serverDefault === undefined) return `${alter} DROP DEFAULT`;
  return `${alter} SET DEFAULT ${defaultText(serverDefault, context)}`;
}

/** Whether a default stands in the way of a new type, which comes with a new default: the server would have to cast it. */
function dropsDefaultFirst(operation: AlterColumn, context: RenderContext): boolean {
  const { type, serverDefault } = operation.change;
  const existing = existingDefault(operation, context);
  if (context.onTrust || type === undefined || serverDefault === undefined || existing === undefined) return false;
  if (isComputed(existing) || isIdentity(existing)) return false;
  const from = knownColumn(operation, context)?.type ?? operation.existing.existingType;
  return from === undefined || !castsDefaultByItself(existing, context.variant(from), context.variant(type));
}

/** One statement for each attribute; the new name last, since the others use the old one. */
export function alterColumn(operation: AlterColumn, context: RenderContext): readonly string[] {
  const { schema, tableName, columnName, change } = operation;
  const table = alterTable(context, schema, tableName);
  const column = context.name(columnName);
  const alter = `${table} ALTER COLUMN ${column}`;
  const statements: string[] = [];
  if (change.type !== undefined) {
    if (dropsDefaultFirst(operation, context)) statements.push(`${alter} DROP DEFAULT`);
    const using = context.options(operation.options)["using"] as string | SqlText | undefined;
    const how = using === undefined ? "" : ` USING ${context.sql(asSqlText(using))}`;
    statements.push(`${alter} TYPE ${context.type(change.type)}${how}`);
  }
  const nullability = change.nullable === undefined ? [] : [`${alter} ${change.nullable ? "DROP" : "SET"} NOT NULL`];
  const value =
    change.serverDefault === undefined
      ? []
      : [changeDefault(operation, alter, context)].filter((text) => text !== alter);
  // an identity holds NOT NULL fast
  const isFreed = change.nullable === true && value.some((text) => text.endsWith(" DROP IDENTITY"));
  statements.push(...(isFreed ? [...value, ...nullability] : [...nullability, ...value]));
  if (change.comment !== undefined) {
    const comment = change.comment === null ? "NULL" : context.literal(change.comment);
    statements.push(`COMMENT ON COLUMN ${context.qualified(schema, tableName)}.${column} IS ${comment}`);
  }
  if (change.newColumnName !== undefined) {
    statements.push(`${table} RENAME ${column} TO ${context.name(change.newColumnName)}`);
  }
  return statements;
}
