import type { DependentRules } from "../../src/catalog/dependent-rules.js";

/**
 * What a view or trigger names is looked for when it is used: a drop or rename is let through, and what names the old
 * fails from then on.
 * https://dev.mysql.com/doc/refman/8.4/en/create-view.html
 * https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-rename-transact-sql
 * https://docs.oracle.com/en/database/oracle/oracle-database/19/adfns/schema-object-dependency.html
 */
export const lateDependents: DependentRules = {
  view: { dropTable: "breaks", dropColumn: "breaks", rename: "breaks", retype: "keeps" },
  trigger: { dropTable: "breaks", dropColumn: "breaks", rename: "breaks", retype: "keeps" },
};
