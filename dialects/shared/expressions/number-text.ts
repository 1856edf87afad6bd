/** A number without the zeros that say nothing: `007.50` is `7.5`; undefined for what is no number. */
export function numberText(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed)) return undefined;
  if (/e/i.test(trimmed)) return String(Number(trimmed));
  const [, sign = "", whole = "", fraction = ""] = /^([+-]?)0*(\d*)\.?(\d*?)0*$/.exec(withPoint(trimmed)) ?? [];
  const digits = fraction === "" ? whole || "0" : `${whole || "0"}.${fraction}`;
  return (sign === "-" && digits !== "0" ? "-" : "") + digits;
}

/** Zeros at the end say nothing behind a point alone. */
function withPoint(text: string): string {
  return text.includes(".") ? text : `${text}.`;
}
