import { OperationError } from "../errors.js";

/** A string between double quotes, with every character that no editor shows as an escape. */
export function stringText(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g, escaped);
}

/** Text between backticks. A return is escaped, since a template takes it for the end of a line. */
export function templateText(text: string): string {
  return text
    .replace(/\\|`|\$\{/g, (special) => `\\${special}`)
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g, escaped)
    .replace(/\p{Surrogate}/gu, escaped);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The name of a property, in quotes where it needs them. */
function keyText(name: string): string {
  if (name === "__proto__") return '["__proto__"]'; // without brackets it would be no property
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringText(name);
}

/** An object of properties that are printed already. */
export function objectText(entries: readonly (readonly [name: string, text: string])[]): string {
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([name, text]) => `${keyText(name)}: ${text}`).join(", ")} }`;
}

/**
 * A value that is no object of the vocabulary as TypeScript; `inner` prints what lists and objects hold.
 *
 * @throws OperationError for what no text stands for, such as a function
 */
export function literalText(value: unknown, inner: (value: unknown) => string): string {
  switch (typeof value) {
    case "string":
      return stringText(value);
    case "number":
      return numberText(value);
    case "bigint":
      return `${value}n`;
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return objectLiteral(value, inner);
    default:
      throw new OperationError("not-printable", `A ${typeof value} cannot be written into a revision file.`, {
        hint: "Give the value that it stands for.",
      });
  }
}

function objectLiteral(value: object | null, inner: (value: unknown) => string): string {
  if (value === null) return "null";
  if (value instanceof Date) {
    const time = value.getTime();
    return `new Date(${Number.isNaN(time) ? "NaN" : stringText(value.toISOString())})`;
  }
  if (value instanceof Uint8Array) return `new Uint8Array([${[...value].join(", ")}])`;
  if (Array.isArray(value)) return `[${value.map(inner).join(", ")}]`;
  return objectText(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, inner(member)] as const),
  );
}
