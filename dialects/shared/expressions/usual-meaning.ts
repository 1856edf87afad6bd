import type { Meaning } from "./meaning.js";

/** What holds where a dialect says no more: `!=` is `<>`. */
export const usualMeaning: Meaning = {
  operators: { "!=": "<>", "==": "=" },
  functions: {},
  numbersAreTruths: false,
  rewritten: (tree) => tree,
};
