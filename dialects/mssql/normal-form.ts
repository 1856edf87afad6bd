import { wordsAlone, type NormalForm } from "../../src/catalog/normal-form.js";
import { ExpressionForms } from "../shared/expressions/expression-forms.js";
import type { Meaning } from "../shared/expressions/meaning.js";
import { numberText } from "../shared/expressions/number-text.js";
import type { ExpressionGrammar } from "../shared/expressions/parser.js";
import { call, operation, sequence, treeText, type Tree } from "../shared/expressions/tree.js";
import { usualMeaning } from "../shared/expressions/usual-meaning.js";
import { canonicalType } from "../shared/type-names.js";
import { lexicalRules } from "./lexical-rules.js";

/** https://learn.microsoft.com/sql/t-sql/language-elements/operator-precedence-transact-sql */
const grammar: ExpressionGrammar = {
  rules: lexicalRules,
  levels: [
    ["or"],
    ["and"],
    ["=", ">", "<", ">=", "<=", "<>", "!=", "is", "in", "like", "between"],
    ["+", "-", "&", "^", "|"],
    ["*", "/", "%"],
    ["collate"],
  ],
  before: { not: "=", "-": "collate", "+": "collate", "~": "collate" },
  name: ({ value }) => value.toLowerCase(),
  stringPrefix: /^n$/i,
};

/** A conversion by the name under which the server keeps it: `CAST(a AS int)` is `CONVERT([int],[a])`. */
function conversion(tree: Tree): Tree {
  if (tree.kind !== "call" || tree.name !== "cast") return tree;
  const [first] = tree.given;
  if (first?.kind !== "sequence") return tree;
  const [value, as, ...type] = first.items;
  return value !== undefined && as?.kind === "word" && as.text === "as"
    ? call("convert", sequence(...type), value)
    : tree;
}

/** What is true where one of several is, whatever their order: the server turns that of a list around. */
function alternatives(operands: readonly Tree[]): Tree {
  const sorted = [...operands].sort((one, other) => (treeText(one) < treeText(other) ? -1 : 1));
  return { kind: "operation", operator: "or", operands: sorted };
}

/** https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-check-constraints-transact-sql */
const meaning: Meaning = {
  ...usualMeaning,
  rewritten(tree) {
    if (tree.kind === "string" && tree.prefix === "n" && /^[\0-\x7f]*$/.test(tree.text)) return { ...tree, prefix: "" };
    if (tree.kind === "word" && tree.text === "current_timestamp") return call("getdate");
    if (tree.kind !== "operation") return conversion(tree);
    const { operator, operands } = tree;
    const [left, ...others] = operands;
    if (left === undefined) return tree;
    if (operator === "in") return alternatives(others.map((other) => operation("=", left, other)));
    if (operator === "or") return alternatives(operands);
    const [low, high] = others;
    if (operator === "between" && low !== undefined && high !== undefined) {
      return operation("and", operation(">=", left, low), operation("<=", left, high));
    }
    return tree;
  },
};

const canonical = canonicalType({
  INTEGER: "INT",
  DEC: "DECIMAL",
  NUMERIC: "DECIMAL",
  "DOUBLE PRECISION": "FLOAT",
  ROWVERSION: "TIMESTAMP",
  "CHAR VARYING": "VARCHAR",
  "CHARACTER VARYING": "VARCHAR",
  CHARACTER: "CHAR",
  "NATIONAL CHAR VARYING": "NVARCHAR",
  "NATIONAL CHARACTER VARYING": "NVARCHAR",
  "NATIONAL CHAR": "NCHAR",
  "NATIONAL CHARACTER": "NCHAR",
  "NATIONAL TEXT": "NTEXT",
  "BINARY VARYING": "VARBINARY",
  SYSNAME: "NVARCHAR(128)",
});

/** Lengths and digits of types that do not say them. https://learn.microsoft.com/sql/t-sql/data-types/data-types-transact-sql */
const usualArguments: Readonly<Record<string, string>> = {
  ...{ CHAR: "(1)", NCHAR: "(1)", VARCHAR: "(1)", NVARCHAR: "(1)", BINARY: "(1)", VARBINARY: "(1)" },
  ...{ DECIMAL: "(18,0)", TIME: "(7)", DATETIME2: "(7)", DATETIMEOFFSET: "(7)" },
};

function typeText(text: string): string {
  const plain = wordsAlone
    .type(text)
    .replace(/\[(\w+)\]/g, "$1")
    .replace(/^SYS\./, "")
    .replace(/\s*([(),])\s*/g, "$1");
  const [, name = "", given = "", rest = ""] = /^([A-Z]\w*)(\([^)]*\))?(.*)$/s.exec(canonical(plain)) ?? [];
  if (name === "") return plain;
  const behind = rest === "" ? "" : ` ${rest.trim()}`;
  if (name === "REAL") return `REAL${behind}`;
  if (name === "FLOAT") return (Number(given.slice(1, -1) || 53) <= 24 ? "REAL" : "FLOAT") + behind;
  if (name === "DECIMAL" && /^\(\d+\)$/.test(given)) return `DECIMAL${given.replace(")", ",0)")}${behind}`;
  return name + (given || (usualArguments[name] ?? "")) + behind;
}

/** A collation that one side does not say is that of the database. */
function isSameType(one: string, other: string): boolean {
  const [[base, order], [otherBase, otherOrder]] = [one.split(" COLLATE "), other.split(" COLLATE ")];
  return base === otherBase && (order === undefined || otherOrder === undefined || order === otherOrder);
}

const numberTypes = /^(?:\w*INT|BIT|DECIMAL|FLOAT|REAL|\w*MONEY)\b/;

function constantText(tree: Tree, type: string): string | undefined {
  if (tree.kind !== "number" && (tree.kind !== "string" || tree.prefix !== "")) return undefined;
  const text = /^BIT\b/.test(type) ? tree.text.replace(/^true$/i, "1").replace(/^false$/i, "0") : tree.text;
  const number = numberTypes.test(type) ? numberText(text) : undefined;
  if (number !== undefined) return number;
  return /CHAR|TEXT/.test(type) || tree.kind === "string" ? `'${text}'` : text;
}

/** What means the same to SQL Server, which keeps expressions in parentheses and names in brackets. */
export function loadNormalForm(): NormalForm {
  const forms = new ExpressionForms(grammar, meaning);
  return {
    ...forms.forms,
    type: typeText,
    isSameType,
    default: (text, type) => forms.default(text, (tree) => constantText(tree, type)),
    // https://learn.microsoft.com/sql/relational-databases/tables/specify-computed-columns-in-a-table
    usualStorage: "virtual",
    options(owner, options) {
      if (owner !== "constraint" && owner !== "index") return options;
      const { clustered, ...others } = options;
      return owner === "index" && clustered === false ? others : options;
    },
  };
}
