import type { SqlText } from "../schema/expressions.js";
import { nameText } from "../schema/names.js";

/** SQL text as a string, with the names that were put in in quotes. */
export function writtenText(text: SqlText): string {
  return text.parts
    .map((part) => {
      if (typeof part === "string") return part;
      return part.part === "identifier"
        ? part.names.map((name) => `"${nameText(name).replaceAll('"', '""')}"`).join(".")
        : "";
    })
    .join("");
}
