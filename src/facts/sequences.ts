import type { CreateSequence, DropSequence } from "../operations/sequences.js";
import type { FactsOf } from "./facts.js";
import { columnOf, objectOf, objectText } from "./object-names.js";

export const createSequence: FactsOf<CreateSequence> = (operation, { before }) => {
  const { schema, name, ownedBy, ifNotExists } = operation;
  if (ifNotExists && before.object("sequence", schema, name) !== undefined) return { touches: [] };
  const owner = ownedBy && columnOf({ schema, tableName: ownedBy[0] }, ownedBy[1]);
  return {
    touches: [
      { ...objectOf("sequence", operation), how: "makes" },
      ...(owner === undefined ? [] : [{ ...owner, how: "refersTo" as const }]),
    ],
  };
};

/** The numbers that a sequence gave are not given again by one that begins anew: the counter is what is lost. */
export const dropSequence: FactsOf<DropSequence> = (operation, { before }) => {
  const { schema, name, ifExists } = operation;
  const isMissing = before.isComplete && before.object("sequence", schema, name) === undefined;
  if (ifExists && isMissing) return { touches: [] };
  const of = objectOf("sequence", operation);
  return {
    touches: [{ ...of, how: "drops" }],
    losses: [{ takes: "counter", of, what: `the counter of ${objectText(of)}` }],
    breaks: [{ whom: "writers", of, text: `programs that take numbers from ${objectText(of)} fail` }],
  };
};
