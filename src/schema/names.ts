import { OperationError } from "../errors.js";

/** A name with more to say about itself than its text. */
export interface MarkedName {
  readonly text: string;
  /** `true` forces quotes, `false` forbids them; left out, the dialect decides. */
  readonly quote?: boolean;
  /** The naming convention leaves this name alone; when it is too long for the dialect, it is shortened, not refused. */
  readonly final?: boolean;
  /** What the naming convention has put before a name that began with it already; for a notice. */
  readonly repeats?: string;
}

/** The name of a schema object. A plain string is quoted only where the dialect needs it. */
export type Name = string | MarkedName;

/** The bare text of a name. */
export function nameText(name: Name): string {
  if (typeof name === "string") return name;
  const { text } = (name as MarkedName | undefined | null) ?? {};
  if (typeof text === "string") return text;
  throw new OperationError(
    "missing-name",
    `A name is ${name === null ? "null" : typeof name}: it has to be a string.`,
    {
      hint: "Look where the value comes from, such as a property that is not there.",
    },
  );
}

/** A name that is always quoted (`true`) or never (`false`), whatever the dialect would do. */
export function quotedName(text: string, quote: boolean): MarkedName {
  return { text, quote };
}

/** A name that a naming convention takes as it stands: what `op.f()` returns. */
export function finalName(name: Name): MarkedName {
  return typeof name === "string" ? { text: name, final: true } : { ...name, final: true };
}

/** Two names mean the same object: same schema (or both none) and same text. */
export function sameName(one: Name | undefined, other: Name | undefined): boolean {
  return (one === undefined ? undefined : nameText(one)) === (other === undefined ? undefined : nameText(other));
}
