import type { Grant, PrivilegeObject, Revoke } from "../operations/privileges.js";
import { nameText } from "../schema/names.js";
import type { FactsOf, ObjectName, TouchedKind } from "./facts.js";

/** What privileges are on; those of many objects at once are on the schema that holds them. */
const kinds: Readonly<Record<PrivilegeObject, TouchedKind>> = {
  table: "table",
  sequence: "sequence",
  schema: "schema",
  function: "function",
  procedure: "procedure",
  type: "enumType",
  allTables: "schema",
  allSequences: "schema",
  allFunctions: "schema",
};

function objectOf({ object: { type, schema, name } }: Grant | Revoke): ObjectName {
  return { kind: kinds[type], schema, name };
}

export const grant: FactsOf<Grant> = (operation) => ({ touches: [{ ...objectOf(operation), how: "changes" }] });

export const revoke: FactsOf<Revoke> = (operation) => {
  const of = objectOf(operation);
  const { privileges, grantees } = operation;
  const who = grantees.map(nameText).join(", ");
  const text = `programs that run as ${who} lose ${privileges.join(", ")} on ${nameText(operation.object.name)}`;
  return { touches: [{ ...of, how: "changes" }], breaks: [{ whom: "both", of, text }] };
};
