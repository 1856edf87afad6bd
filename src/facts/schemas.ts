import type { CreateExtension, DropExtension } from "../operations/extensions.js";
import type { CreateSchema, DropSchema } from "../operations/schemas.js";
import { nameText } from "../schema/names.js";
import type { FactsOf } from "./facts.js";
import { objectOf } from "./object-names.js";

export const createSchema: FactsOf<CreateSchema> = ({ name, ifNotExists }, { before }) => {
  if (ifNotExists && before.object("schema", undefined, name) !== undefined) return { touches: [] };
  return { touches: [{ ...objectOf("schema", { name }), how: "makes" }] };
};

export const dropSchema: FactsOf<DropSchema> = ({ name }) => {
  const of = objectOf("schema", { name });
  return {
    touches: [{ ...of, how: "drops" }],
    losses: [{ takes: "rows", of, what: `everything in the schema ${nameText(name)}` }],
    breaks: [{ whom: "both", of, text: `programs that use the schema ${nameText(name)} fail` }],
  };
};

export const createExtension: FactsOf<CreateExtension> = ({ name, schema }) => ({
  touches: [{ ...objectOf("extension", { schema, name }), how: "makes" }],
});

/** The server refuses to drop an extension that something uses. */
export const dropExtension: FactsOf<DropExtension> = ({ name }) => {
  const of = objectOf("extension", { name });
  const text = `programs that use types or functions of ${nameText(name)} fail`;
  return { touches: [{ ...of, how: "drops" }], breaks: [{ whom: "both", of, text }] };
};
