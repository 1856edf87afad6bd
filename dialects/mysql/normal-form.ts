import type { NormalForm } from "../../src/catalog/normal-form.js";
import { ExpressionForms } from "../shared/expressions/expression-forms.js";
import type { Meaning } from "../shared/expressions/meaning.js";
import type { LexicalRules } from "../shared/sql-text/tokens.js";
import { grammar, meaning } from "./expressions.js";
import { lexicalRules } from "./lexical-rules.js";
import { defaultText } from "./normal-defaults.js";
import { inheritedOptions, optionsWith } from "./normal-options.js";
import { isSameStatement, objectStatement } from "./normal-statements.js";
import { settledTable } from "./normal-tables.js";
import { isSameType, typeText } from "./normal-types.js";

/** What MySQL and MariaDB have in common of what means the same. */
export function normalFormWith(ownMeaning: Meaning, rules: LexicalRules): NormalForm {
  const ownGrammar = { ...grammar, rules };
  const forms = new ExpressionForms(ownGrammar, ownMeaning);
  // bytes and texts are the same or not by the type of the column
  const constants = new ExpressionForms(ownGrammar, meaning);
  return {
    ...forms.forms,
    type: typeText,
    isSameType,
    default: (text, type) => defaultText(text, type, constants),
    statement: (sql) => objectStatement(sql, forms),
    isSameStatement,
    options: optionsWith(ownGrammar),
    // https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html#foreign-keys-referential-actions
    action: (words) => (words === "RESTRICT" ? undefined : words),
    usualStorage: "virtual",
    inheritedOptions,
    table: settledTable,
  };
}

/** What means the same to MySQL, as far as it writes one for the other in what it says of its tables. */
export function loadNormalForm(): NormalForm {
  return normalFormWith(meaning, lexicalRules);
}
