import type { ScriptRules } from "../../src/compiler/dialect.js";

/** A name for the dollar quotes around a text that does not hold it. */
function tagFor(text: string): string {
  for (let number = 0; ; number++) {
    const tag = number === 0 ? "$$" : `$t${number}$`;
    if (!text.includes(tag)) return tag;
  }
}

/** An error of its own: https://www.postgresql.org/docs/current/plpgsql-errors-and-messages.html */
export const refuse: ScriptRules["refuse"] = (message, literal) => {
  const body = `BEGIN RAISE EXCEPTION USING MESSAGE = ${literal(message)}; END`;
  const tag = tagFor(body);
  return [`DO ${tag} ${body} ${tag}`];
};
