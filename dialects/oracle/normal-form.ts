import { wordsAlone, type NormalForm } from "../../src/catalog/normal-form.js";
import { ExpressionForms } from "../shared/expressions/expression-forms.js";
import { numberText } from "../shared/expressions/number-text.js";
import type { ExpressionGrammar } from "../shared/expressions/parser.js";
import type { Tree } from "../shared/expressions/tree.js";
import { usualMeaning } from "../shared/expressions/usual-meaning.js";
import { canonicalType } from "../shared/type-names.js";
import { lexicalRules } from "./lexical-rules.js";

/** https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/About-SQL-Operators.html; names without quotes are in capitals */
const grammar: ExpressionGrammar = {
  rules: lexicalRules,
  levels: [
    ["or"],
    ["and"],
    ["=", "!=", "<>", "<", ">", "<=", ">=", "is", "in", "like", "between"],
    ["+", "-", "||"],
    ["*", "/"],
    ["collate"],
  ],
  before: { not: "=", "-": "collate", "+": "collate", prior: "collate" },
  name: ({ kind, value }) => (kind === "name" ? value : value.toUpperCase()),
  stringPrefix: /^(?:n|date|timestamp)$/i,
};

const canonical = canonicalType({
  "CHAR VARYING": "VARCHAR2",
  "CHARACTER VARYING": "VARCHAR2",
  VARCHAR: "VARCHAR2",
  CHARACTER: "CHAR",
  "NATIONAL CHAR VARYING": "NVARCHAR2",
  "NATIONAL CHARACTER VARYING": "NVARCHAR2",
  "NCHAR VARYING": "NVARCHAR2",
  "NATIONAL CHAR": "NCHAR",
  "NATIONAL CHARACTER": "NCHAR",
  INTEGER: "NUMBER(*,0)",
  SMALLINT: "NUMBER(*,0)",
  INT: "NUMBER(*,0)",
  DECIMAL: "NUMBER",
  NUMERIC: "NUMBER",
  DEC: "NUMBER",
  "DOUBLE PRECISION": "FLOAT(126)",
  REAL: "FLOAT(63)",
});

/** Types as the server keeps them: https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Data-Types.html */
function typeText(text: string): string {
  const plain = wordsAlone.type(text).replace(/\s*([(),])\s*/g, "$1");
  // of the standard's names a number without digits is a whole one
  const standard = plain.replace(/^(?:DECIMAL|NUMERIC|DEC)$/, "NUMBER(*,0)");
  return canonical(standard)
    .replace(/^NUMBER\((\d+)\)/, "NUMBER($1,0)")
    .replace(/^NUMBER\(38,0\)$/, "NUMBER(*,0)")
    .replace(/^(N?CHAR)(?!\w|\()/, "$1(1)")
    .replace(/^FLOAT(?!\()/, "FLOAT(126)")
    .replace(/^TIMESTAMP(?!\()/, "TIMESTAMP(6)")
    .replace(/^((?:VARCHAR2|CHAR)\(\d+) BYTE\)/, "$1)")
    .replace(
      /^INTERVAL DAY(?:\((\d)\))?\s?TO SECOND(?:\((\d)\))?$/,
      (_all, days = "2", seconds = "6") => `INTERVAL DAY(${days as string}) TO SECOND(${seconds as string})`,
    )
    .replace(
      /^INTERVAL YEAR(?:\((\d)\))?\s?TO MONTH$/,
      (_all, years = "2") => `INTERVAL YEAR(${years as string}) TO MONTH`,
    );
}

/** A constant of a column; the empty text is NULL there. */
function constantText(tree: Tree, type: string): string | undefined {
  if (tree.kind !== "number" && (tree.kind !== "string" || !/^n?$/.test(tree.prefix))) return undefined;
  const number = /^(?:NUMBER|FLOAT|BINARY_)/.test(type) ? numberText(tree.text) : undefined;
  if (number !== undefined) return number;
  return tree.kind === "string" || /CHAR|CLOB/.test(type) ? `'${tree.text}'` : tree.text;
}

/** What means the same to Oracle. It keeps the texts of its authors, under names in capitals. */
export function loadNormalForm(): NormalForm {
  const forms = new ExpressionForms(grammar, usualMeaning);
  return {
    ...forms.forms,
    type: typeText,
    default(text, type) {
      // https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Nulls.html
      return /^\s*\(*\s*''\s*\)*\s*$/.test(text) ? undefined : forms.default(text, (tree) => constantText(tree, type));
    },
    // https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/CREATE-TABLE.html
    usualStorage: "virtual",
  };
}
