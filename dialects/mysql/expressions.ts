import type { ExpressionGrammar } from "../shared/expressions/parser.js";
import { call, isWord, operation, sequence, word, type Tree, type TreeOf } from "../shared/expressions/tree.js";
import type { Meaning } from "../shared/expressions/meaning.js";

/** https://dev.mysql.com/doc/refman/8.4/en/operator-precedence.html; names of columns have no capitals of their own */
export const grammar: Omit<ExpressionGrammar, "rules"> = {
  levels: [
    ["or", "||"],
    ["xor"],
    ["and", "&&"],
    [
      ...[
        "=",
        "<=>",
        ">=",
        ">",
        "<=",
        "<",
        "<>",
        "!=",
        "is",
        "like",
        "regexp",
        "rlike",
        "in",
        "member",
        "sounds",
        "between",
      ],
    ],
    ["|"],
    ["&"],
    ["<<", ">>"],
    ["+", "-"],
    ["*", "/", "div", "%", "mod"],
    ["^"],
    ["collate"],
    ["->", "->>"],
  ],
  before: { not: "=", "-": "collate", "+": "collate", "~": "collate", "!": "collate", binary: "collate" },
  name: ({ value }) => value.toLowerCase(),
  stringPrefix: /^(?:_\w+|[bnx]|date|time|timestamp)$/i,
};

/** Functions of several names: https://dev.mysql.com/doc/refman/8.4/en/built-in-function-reference.html */
const functions: Readonly<Record<string, string>> = {
  adddate: "date_add",
  ceil: "ceiling",
  character_length: "char_length",
  current_date: "curdate",
  current_time: "curtime",
  day: "dayofmonth",
  lcase: "lower",
  localtime: "current_timestamp",
  localtimestamp: "current_timestamp",
  mid: "substr",
  now: "current_timestamp",
  octet_length: "length",
  power: "pow",
  schema: "database",
  session_user: "user",
  sha: "sha1",
  subdate: "date_sub",
  substring: "substr",
  system_user: "user",
  ucase: "upper",
};

/** Those of them that need no parentheses. */
const callsWithoutParentheses = new Set([
  ...["current_timestamp", "localtime", "localtimestamp", "current_date", "current_time", "current_user"],
  ...["utc_date", "utc_time", "utc_timestamp"],
]);

/** The bytes of a number that is written by its digits, as the letters of the same numbers. */
function bytesOf(digits: string, radix: 2 | 16): string {
  const perByte = radix === 16 ? 2 : 8;
  const padded = digits.padStart(Math.ceil(digits.length / perByte) * perByte, "0");
  const bytes = padded.match(new RegExp(`.{${perByte}}`, "g")) ?? [];
  return bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, radix))).join("");
}

/** What says of a text in which character set it is: of one in ASCII it says nothing. */
function withoutCharset(tree: TreeOf<"string">): Tree {
  const { prefix, text } = tree;
  const isUsual = /^(?:n|_utf8(?:mb[34])?)$/.test(prefix);
  const isAscii = /^_(?!binary|ucs2|utf16|utf16le|utf32)/.test(prefix) && /^[\0-\x7f]*$/.test(text);
  return isUsual || isAscii ? { kind: "string", text, prefix: "" } : tree;
}

function stringOf(tree: TreeOf<"string">): Tree {
  if (tree.prefix === "x") return { kind: "string", text: bytesOf(tree.text, 16), prefix: "bytes" };
  if (tree.prefix === "b") return { kind: "string", text: bytesOf(tree.text, 2), prefix: "bytes" };
  return withoutCharset(tree);
}

function dayInterval(amount: Tree): Tree {
  return operation("interval", amount, word("day"));
}

/** A cast to text says the character set of the connection where none was written. */
function castOf(value: Tree, type: readonly Tree[]): Tree {
  const words = type.map((one) => (one.kind === "name" ? one.parts.join(".") : one.kind === "word" ? one.text : one));
  const text = words.filter((one) => typeof one === "string").join(" ");
  if (/^(?:unsigned|signed) int(?:eger)?$|^int(?:eger)?$/.test(text)) {
    return call("cast", value, word(text.startsWith("unsigned") ? "unsigned" : "signed"));
  }
  if (text === "binary") return call("cast", value, sequence(word("char"), word("charset binary")));
  const first = type[0];
  if (first === undefined) return call("cast", value);
  const name = first.kind === "name" ? word(first.parts.join(".")) : first;
  const rest = text.replace(/^char\b\s*/, "").replace(/^character set /, "charset ");
  const isUsual = /^charset utf8(?:mb[34])?$/.test(rest);
  if (/^char/.test(text) || (first.kind === "call" && first.name === "char")) {
    return call("cast", value, isUsual || rest === "" ? name : sequence(name, word(rest)));
  }
  return call("cast", value, sequence(name, ...type.slice(1)));
}

function rewrittenCall(tree: TreeOf<"call">): Tree {
  const { name, given } = tree;
  const [first, second, third] = given;
  const items = first?.kind === "sequence" ? first.items : [];
  if (name === "current_timestamp" && first?.kind === "number" && first.text === "0") return call(name);
  if (first === undefined) return tree;
  if (second === undefined) {
    // rows are counted, whatever constant stands there
    if (name === "count" && (isWord(first, "*") || first.kind === "number")) {
      return call(name, { kind: "number", text: "0" });
    }
    if (name === "isnull") return operation("is", first, word("null"));
    if (name === "date") return call("cast", first, word("date"));
    if (name === "position" && first.kind === "operation") return call("locate", ...first.operands);
    if (name === "cast" && isWord(items[1], "as") && items[0] !== undefined) return castOf(items[0], items.slice(2));
    // SUBSTRING(text FROM 1 FOR 2)
    if (name === "substr" && isWord(items[1], "from"))
      return call(name, ...items.filter(({ kind }) => kind !== "word"));
    return tree;
  }
  const isPair = third === undefined;
  if (name === "date_add" || name === "date_sub") {
    const interval = second.kind === "operation" && second.operator === "interval" ? second : dayInterval(second);
    return operation(name === "date_add" ? "+" : "-", first, interval);
  }
  if (name === "mod" && isPair) return operation("%", first, second);
  if (name === "instr") return call("locate", second, first);
  if (name === "regexp_like" && isPair) return operation("regexp", first, second);
  if (name === "convert" && isPair) return castOf(first, second.kind === "sequence" ? second.items : [second]);
  return tree;
}

function rewrittenOperation(tree: TreeOf<"operation">): Tree {
  const { operator, operands } = tree;
  const [left, right] = operands;
  if (left === undefined) return tree;
  if (operator === "binary") return castOf(left, [word("binary")]);
  if (right === undefined) return tree;
  switch (operator) {
    case "->":
      return call("json_extract", left, right);
    case "->>":
      return call("json_unquote", call("json_extract", left, right));
    case "sounds like":
      return operation("=", call("soundex", left), call("soundex", right));
    case "+":
      return left.kind === "operation" && left.operator === "interval" ? operation("+", right, left) : tree;
    default:
      return tree;
  }
}

/** What MySQL writes for what, where a definition is read back from it: what MariaDB does alike besides. */
export const meaning: Meaning = {
  operators: { "!=": "<>", "&&": "and", "||": "or", rlike: "regexp", mod: "%", "cross join": "join" },
  functions,
  numbersAreTruths: true,
  rewritten(tree) {
    switch (tree.kind) {
      case "word":
        if (tree.text === "true" || tree.text === "false")
          return { kind: "number", text: tree.text === "true" ? "1" : "0" };
        return callsWithoutParentheses.has(tree.text) ? call(functions[tree.text] ?? tree.text) : tree;
      case "number":
        if (tree.text.startsWith("0x"))
          return { kind: "string", text: bytesOf(tree.text.slice(2), 16), prefix: "bytes" };
        return tree;
      case "string":
        return stringOf(tree);
      case "call":
        return rewrittenCall(tree);
      case "operation":
        return rewrittenOperation(tree);
      default:
        return tree;
    }
  },
};
