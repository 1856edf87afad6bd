import { wordsAlone, type NormalForm } from "../../src/catalog/normal-form.js";
import { ExpressionForms } from "../shared/expressions/expression-forms.js";
import { numberText } from "../shared/expressions/number-text.js";
import type { ExpressionGrammar } from "../shared/expressions/parser.js";
import type { Tree } from "../shared/expressions/tree.js";
import { usualMeaning } from "../shared/expressions/usual-meaning.js";
import { lexicalRules } from "./lexical-rules.js";

/** https://www.sqlite.org/lang_expr.html; names have no capitals of their own, in quotes or without */
const grammar: ExpressionGrammar = {
  rules: lexicalRules,
  levels: [
    ["or"],
    ["and"],
    ["=", "==", "<>", "!=", "is", "in", "like", "glob", "match", "regexp", "isnull", "notnull", "between"],
    ["<", "<=", ">", ">="],
    ["&", "|", "<<", ">>"],
    ["+", "-"],
    ["*", "/", "%"],
    ["||", "->", "->>"],
    ["collate"],
  ],
  before: { not: "=", "-": "collate", "+": "collate", "~": "collate" },
  name: ({ value }) => value.toLowerCase(),
  stringPrefix: /^x$/i,
};

/** Whether a column turns what looks like a number into one: https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
function takesNumbers(type: string): boolean {
  if (/INT/.test(type)) return true;
  return !/CHAR|CLOB|TEXT|BLOB|^$/.test(type);
}

/** A constant, as the affinity of its column takes it; undefined for an expression. */
function constantText(tree: Tree, type: string): string | undefined {
  // TRUE is 1: https://www.sqlite.org/lang_expr.html#booleanexpr
  if (tree.kind === "word" && (tree.text === "true" || tree.text === "false")) {
    return constantText({ kind: "number", text: tree.text === "true" ? "1" : "0" }, type);
  }
  // a name is a string where no column can stand: https://www.sqlite.org/quirks.html#dblquote
  if (tree.kind === "name" && tree.parts.length === 1) {
    return constantText({ kind: "string", text: tree.parts[0] ?? "", prefix: "" }, type);
  }
  if (tree.kind !== "number" && (tree.kind !== "string" || tree.prefix !== "")) return undefined;
  const number = takesNumbers(type) ? numberText(tree.text) : undefined;
  if (number !== undefined) return number;
  return tree.kind === "string" || /CHAR|CLOB|TEXT/.test(type) ? `'${tree.text}'` : tree.text;
}

/** What means the same to SQLite. It keeps the text of its author, so that there is little beside spaces and quotes. */
export function loadNormalForm(): NormalForm {
  const forms = new ExpressionForms(grammar, usualMeaning);
  return {
    ...forms.forms,
    type: (text) => wordsAlone.type(text).replace(/\s*([(),])\s*/g, "$1"),
    default: (text, type) => forms.default(text, (tree) => constantText(tree, type)),
    // https://www.sqlite.org/gencol.html
    usualStorage: "virtual",
    options(owner, options) {
      if (owner !== "table") return options;
      return Object.fromEntries(Object.entries(options).filter(([name, value]) => value !== (name === "withRowid")));
    },
  };
}
