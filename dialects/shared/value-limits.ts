import type { Moment } from "../../src/compiler/literals.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { NumberArguments, SqlType, TypeName } from "../../src/schema/types/type.js";

/** How many bits the whole-number types have, where a server has them all. */
export const integerBits: Readonly<Partial<Record<TypeName, number>>> = {
  smallInteger: 16,
  SMALLINT: 16,
  integer: 32,
  INTEGER: 32,
  bigInteger: 64,
  BIGINT: 64,
};

const wholeNumber = /^[+-]?\d+$/;

/** Refuses a whole number that is outside of its type: the server would end the script there, or cut the number. */
export function refuseOutOfRange(text: string, bits: number, isUnsigned: boolean, context: RenderContext): void {
  if (!wholeNumber.test(text)) return;
  const value = BigInt(text.replace("+", ""));
  const fits = value === (isUnsigned ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value));
  if (fits) return;
  throw context.unstorable(
    `${text} is outside of its column, which has ${bits} bits${isUnsigned ? " and no sign" : ""}.`,
    "Give the column a larger type, such as t.bigInteger() or t.numeric().",
  );
}

/** Digits before the point and behind it, of a number without an exponent. */
const decimal = /^[+-]?0*(\d*?)(?:\.(\d*?)0*)?$/;

/** Refuses a number that has more digits than its type, and says when the server will round one. */
export function checkDecimal(text: string, { precision, scale = 0 }: NumberArguments, context: RenderContext): void {
  const match = decimal.exec(text);
  if (precision === undefined || match === null) return;
  const [, whole = "", fraction = ""] = match;
  if (whole.length > precision - scale) {
    throw context.unstorable(
      `${text} has ${whole.length} digits before the point; its column has room for ${precision - scale}.`,
      "Give the column a larger precision.",
    );
  }
  if (fraction.length > scale) {
    context.notice(
      `${text} has ${fraction.length} digits behind the point; its column keeps ${scale}: the server rounds it.`,
    );
  }
}

/** Says when a time has more digits of the second than its column keeps: the server takes it, and rounds or cuts it. */
export function noteFinerTime(
  { kind, time }: Moment,
  digits: number | undefined,
  hint: (needed: number) => string,
  context: RenderContext,
): void {
  if (digits === undefined || kind === "date") return;
  const needed = (time.split(".")[1] ?? "").replace(/0+$/, "").length;
  if (needed <= digits) return;
  context.notice(
    `A value has the time ${time}, but its column keeps ${digits} digits of the second: the server does not keep the others. ${hint(needed)}`,
  );
}

/** Refuses a date that is outside of what the server, or the type, can hold. The ends are ISO text, and inside. */
export function refuseDateOutside(
  { kind, date, time }: Moment,
  { first, last }: { readonly first: string; readonly last?: string },
  hint: string,
  context: RenderContext,
  type: SqlType | undefined,
): void {
  if (kind === "time" || !/^\d/.test(date)) return;
  const text = kind === "date" ? date : `${date} ${time}`;
  if (text >= first && (last === undefined || text <= last)) return;
  const name = type === undefined ? context.dialect.name : `the type of its column (${context.type(type)})`;
  throw context.unstorable(`${text} is outside of what ${name} can hold: ${first} to ${last ?? "9999-12-31"}.`, hint);
}
