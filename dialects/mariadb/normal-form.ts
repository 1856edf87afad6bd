import type { NormalForm } from "../../src/catalog/normal-form.js";
import type { Column } from "../../src/schema/columns.js";
import { textOfSql } from "../../src/schema/expressions.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { SqlType } from "../../src/schema/types/type.js";
import type { Meaning } from "../shared/expressions/meaning.js";
import { meaning } from "../mysql/expressions.js";
import { normalFormWith } from "../mysql/normal-form.js";
import { lexicalRules } from "./lexical-rules.js";

/**
 * JSON is LONGTEXT in a collation of its own, with a check that it is JSON: it is read back as that.
 * https://mariadb.com/kb/en/json-data-type/
 */
function withJson(column: Column, form: NormalForm): Column {
  const { name, parameters } = column.type;
  const { collation } = parameters as { readonly collation?: string };
  if (name !== "LONGTEXT" || collation?.toLowerCase() !== "utf8mb4_bin") return column;
  const isJson = form.expression(`json_valid(\`${nameText(column.name)}\`)`, undefined);
  const checks = column.checks.filter(({ condition }) => form.expression(textOfSql(condition), undefined) !== isJson);
  if (checks.length === column.checks.length) return column;
  return { ...column, type: new SqlType("JSON", {}), checks };
}

const ownMeaning: Meaning = {
  ...meaning,
  rewritten(tree) {
    const known = meaning.rewritten(tree);
    // bytes are read back as the text that they are
    return known.kind === "string" && known.prefix === "bytes" ? { ...known, prefix: "" } : known;
  },
};

/** What means the same to MariaDB, as far as it writes one for the other in what it says of its tables. */
export function loadNormalForm(): NormalForm {
  const form = normalFormWith(ownMeaning, lexicalRules);
  const settled = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((column) => withJson(column, form)),
  });
  return { ...form, table: (table, catalog) => settled(form.table?.(table, catalog) ?? table) };
}
