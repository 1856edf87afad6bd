import { OperationError } from "../errors.js";
import type { SqlType } from "./types/type.js";
import { literalOf, plainValue, type LiteralValue, type PlainValue } from "./values.js";

export type { LiteralValue } from "./values.js";

/** One piece of SQL text: text as it stands, a name to be quoted, or a value to be written as a literal. */
export type SqlPart =
  | string
  | { readonly part: "identifier"; readonly names: readonly string[] }
  | { readonly part: "literal"; readonly value: PlainValue; readonly type?: SqlType };

/** SQL text whose names and values wait for the dialect. */
export interface SqlText {
  readonly kind: "sql";
  readonly parts: readonly SqlPart[];
}

/** Tells SQL text from the strings, numbers and objects that stand for values. */
export function isSqlText(value: unknown): value is SqlText {
  return typeof value === "object" && value !== null && (value as SqlText).kind === "sql" && "parts" in value;
}

/** SQL text as it is, any other value as operations hold it. */
export function plainOrSql(value: LiteralValue | SqlText): PlainValue | SqlText {
  return isSqlText(value) ? value : plainValue(value);
}

/** The same as its author gave it. */
export function literalOrSql(value: PlainValue | SqlText): LiteralValue | SqlText {
  return isSqlText(value) ? value : literalOf(value);
}

function partsOf(value: LiteralValue | SqlText | undefined): readonly SqlPart[] {
  if (isSqlText(value)) return value.parts;
  if (value === undefined) {
    throw new OperationError("undefined-in-sql", "A value put into sql`…` is undefined.", {
      hint: "Write null for NULL, or sql.raw(text) for text that may be left out.",
    });
  }
  return [{ part: "literal", value: plainValue(value) }];
}

/**
 * SQL text. A value put into it becomes a literal of the dialect, a nested `sql` stays SQL.
 *
 * @example op.execute(sql`UPDATE account SET name = ${"O'Hara"}`) // UPDATE account SET name = 'O''Hara'
 * @throws OperationError when a value is undefined
 */
export function sql(strings: TemplateStringsArray, ...values: readonly (LiteralValue | SqlText)[]): SqlText {
  const parts: SqlPart[] = [];
  strings.forEach((text, position) => {
    if (text !== "") parts.push(text);
    if (position < values.length) parts.push(...partsOf(values[position]));
  });
  return { kind: "sql", parts };
}

/** A name, quoted where the dialect needs it; several names are joined by dots. */
sql.identifier = (...names: readonly string[]): SqlText => ({ kind: "sql", parts: [{ part: "identifier", names }] });

/** Text taken exactly as it stands. */
sql.raw = (text: string): SqlText => ({ kind: "sql", parts: [text] });

/** A value as a literal, of a given type where the value alone does not say it. */
sql.literal = (value: LiteralValue, type?: SqlType): SqlText => ({
  kind: "sql",
  parts: [{ part: "literal", value: plainValue(value), ...(type !== undefined && { type }) }],
});

/** Several pieces of SQL text with a separator between them; the separator is `, ` when it is left out. */
sql.join = (items: readonly (LiteralValue | SqlText)[], separator: string = ", "): SqlText => ({
  kind: "sql",
  parts: items.flatMap((item, position) => (position === 0 ? partsOf(item) : [separator, ...partsOf(item)])),
});

/** A string is SQL as it stands; SQL text stays what it is. For arguments where only SQL makes sense. */
export function asSqlText(value: string | SqlText): SqlText {
  return typeof value === "string" ? sql.raw(value) : value;
}

/** The text without quoting anything: for messages, for searching names in it, and for naming conventions. */
export function textOfSql(text: SqlText): string {
  return text.parts
    .map((part) => {
      if (typeof part === "string") return part;
      return part.part === "identifier" ? part.names.join(".") : valueText(literalOf(part.value));
    })
    .join("");
}

function valueText(value: LiteralValue): string {
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}
