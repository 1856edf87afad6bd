import type { Moment } from "../../src/compiler/literals.js";
import type { RenderContext } from "../../src/compiler/render-context.js";

/** Refuses text that no dialect can write: a lone surrogate has no UTF-8 form, and would be replaced silently. */
export function refuseLoneSurrogates(value: string, context: RenderContext): void {
  if (!value.isWellFormed()) {
    throw context.unstorable(
      "A string has half of a surrogate pair, which has no UTF-8 form.",
      "The text was cut inside a character: cut it by code points, [...text].",
    );
  }
}

/** Whether a text is to be written in ASCII and is not: its characters are then written by their codes. */
export function needsCodes(value: string, context: RenderContext): boolean {
  return context.ascii && /[^\x00-\x7f]/.test(value);
}

/** Refuses text that is to be written in ASCII where the dialect takes nothing but the characters themselves. */
export function refuseCodes(value: string, where: string, context: RenderContext): void {
  if (!needsCodes(value, context)) return;
  throw context.unstorable(
    `${where} cannot be written in ASCII: ${context.dialect.name} takes only the characters themselves there.`,
    "Use ASCII characters in it, or compile without --ascii.",
  );
}

/** Refuses NUL characters, where the server cannot store them. */
export function refuseNul(value: string, context: RenderContext): void {
  if (value.includes("\0")) {
    throw context.unstorable(
      `A string has a NUL character, which ${context.dialect.name} cannot store in text.`,
      "Remove it, or store bytes: t.largeBinary() with a Buffer.",
    );
  }
}

/** A number with all its digits. Not finite numbers are refused here; dialects that have them look first. */
export function numberText(value: number, context: RenderContext): string {
  if (!Number.isFinite(value)) {
    throw context.unstorable(`${context.dialect.name} cannot store ${value}.`, "Write null, or leave the value out.");
  }
  return Object.is(value, -0) ? "0" : String(value);
}

export function hexadecimal(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex").toUpperCase();
}

/** The text of a moment without quotes: as much of it as the column holds, with `+00:00` where it keeps a zone. */
export function momentText({ kind, date, time, timezone }: Moment, context: RenderContext): string {
  if (!/^\d{4}-/.test(date)) {
    throw context.unstorable(`The year of ${date} has more than four digits.`, "Write the value as SQL: sql`…`.");
  }
  if (kind === "date") return date;
  return (kind === "time" ? time : `${date} ${time}`) + (timezone ? "+00:00" : "");
}
