import type { TypeRenderers } from "../../src/compiler/dialect.js";
import { sharedTypes } from "../shared/types.js";
import { has } from "./features.js";

/** SQLite keeps any type name and takes an affinity from its text: https://www.sqlite.org/datatype3.html */
export const types: TypeRenderers = {
  ...sharedTypes,
  // a column may have no type at all: https://www.sqlite.org/datatype3.html#determination_of_column_affinity
  raw: ({ text }) => text,
  JSONB(_parameters, context) {
    if (has("jsonb", context)) return "JSONB";
    throw context.unsupported(
      `SQLite ${context.version} has no JSONB; version 3.45 has.`,
      "Use t.json(), which stores text, or set targetVersion to 3.45.",
    );
  },
};
