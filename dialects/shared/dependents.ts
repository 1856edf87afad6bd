import type { DependentRules, Fates } from "../../src/catalog/dependent-rules.js";

/** What a body names is looked for when it is used: a drop or rename is let through, and it fails from then on. */
export const lateFates: Fates = { dropTable: "breaks", dropColumn: "breaks", rename: "breaks", retype: "keeps" };

/**
 * Servers that look for all that a view, trigger or routine names when it is used.
 * https://dev.mysql.com/doc/refman/8.4/en/create-view.html
 * https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-rename-transact-sql
 * https://docs.oracle.com/en/database/oracle/oracle-database/19/adfns/schema-object-dependency.html
 */
export const lateDependents: DependentRules = {
  view: lateFates,
  trigger: lateFates,
  routine: () => ({ fates: lateFates, variablesGoFirst: false, starIsOfUse: true }),
};
