import type { DependentRules, Fates } from "../../src/catalog/dependent-rules.js";
import { lateDependents, lateFates } from "../shared/dependents.js";

/** What is bound to the schema keeps all that it names as it is. */
const bound: Fates = { dropTable: "refuses", dropColumn: "refuses", rename: "refuses", retype: "refuses" };
const says = /\bwith\s+(?:[\w\s,]*,\s*)?schemabinding\b/i;

/**
 * What views, triggers and routines name is looked for when they are used, unless they are made WITH SCHEMABINDING:
 * https://learn.microsoft.com/sql/t-sql/statements/create-view-transact-sql#schemabinding
 * https://learn.microsoft.com/sql/t-sql/statements/create-function-transact-sql#schemabinding
 */
export const dependents: DependentRules = {
  ...lateDependents,
  viewThatSays: ({ options, statement }) =>
    options?.mssql?.["schemaBinding"] === true || says.test(statement ?? "") ? bound : undefined,
  routine: ({ attributes, body }) => ({
    fates: says.test(attributes ?? body) ? bound : lateFates,
    variablesGoFirst: false,
    starIsOfUse: true,
  }),
  // https://learn.microsoft.com/sql/t-sql/queries/with-common-table-expression-transact-sql
  withIsRecursive: true,
};
