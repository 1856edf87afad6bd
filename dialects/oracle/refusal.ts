import type { ScriptRules } from "../../src/compiler/dialect.js";

/** An error of its own; SQL*Plus ends at it where the script says WHENEVER SQLERROR EXIT. */
export const refuse: ScriptRules["refuse"] = (message, literal) => [
  `BEGIN\n  RAISE_APPLICATION_ERROR(-20001, ${literal(message)});\nEND;`,
];
