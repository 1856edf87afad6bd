import type { CreateDomain, DropDomain } from "../operations/domains.js";
import type { CreateEnumType, DropEnumType } from "../operations/enum-types.js";
import type { AddEnumValue, RenameEnumValue } from "../operations/enum-values.js";
import type { FactsOf } from "./facts.js";
import { objectOf, objectText } from "./object-names.js";

export const createEnumType: FactsOf<CreateEnumType> = (operation) => ({
  touches: [{ ...objectOf("enumType", operation), how: "makes" }],
});

/** A server drops no type that a column uses, so that no value goes with it. */
export const dropEnumType: FactsOf<DropEnumType> = (operation) => ({
  touches: [{ ...objectOf("enumType", operation), how: "drops" }],
});

export const addEnumValue: FactsOf<AddEnumValue> = ({ schema, typeName, value }) => {
  const of = objectOf("enumType", { schema, name: typeName });
  const text = `programs may read the value '${value}', which they do not know`;
  return { touches: [{ ...of, how: "changes" }], breaks: [{ whom: "readers", of, text }] };
};

export const renameEnumValue: FactsOf<RenameEnumValue> = ({ schema, typeName, from }) => {
  const of = objectOf("enumType", { schema, name: typeName });
  const text = `programs that name the value '${from}' of ${objectText(of)} fail`;
  return { touches: [{ ...of, how: "changes" }], breaks: [{ whom: "both", of, text }] };
};

export const createDomain: FactsOf<CreateDomain> = (operation) => ({
  touches: [{ ...objectOf("domain", operation), how: "makes" }],
});

/** A server drops no domain that a column uses, so that no value goes with it. */
export const dropDomain: FactsOf<DropDomain> = (operation) => ({
  touches: [{ ...objectOf("domain", operation), how: "drops" }],
});
