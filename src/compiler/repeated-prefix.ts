import { nameText, type MarkedName, type Name } from "../schema/names.js";

/**
 * The names in an operation to which the naming convention has added what they had already, each once. Where it was
 * called holds none, and takes its time to be worked out.
 */
function repeatedIn(value: unknown, found: Map<string, MarkedName>): void {
  if (typeof value !== "object" || value === null) return;
  if ("repeats" in value && typeof value.repeats === "string") found.set(nameText(value as Name), value as MarkedName);
  else for (const [key, part] of Object.entries(value)) if (key !== "origin") repeatedIn(part, found);
}

/**
 * What to say about full names that were given to a naming convention which completes them: `ck_account_ck_account_name`
 * is what SQLAlchemy makes of `ck_account_name` too, and hardly what was meant.
 */
export function repeatedPrefixes(operation: object): readonly string[] {
  const found = new Map<string, MarkedName>();
  repeatedIn(operation, found);
  return [...found].map(([name, { repeats = "" }]) => {
    const given = name.slice(repeats.length);
    return (
      `The naming convention adds "${repeats}" to "${given}", which has it: the name is "${name}". ` +
      `Write "${given.slice(repeats.length)}", or op.f("${given}") for a name that is complete.`
    );
  });
}
