import { wordsAlone, type NormalForm } from "../../src/catalog/normal-form.js";
import { requirePackage } from "../../src/on-demand.js";
import type { Table } from "../../src/schema/tables.js";
import { normalised, type Tree } from "./expression-trees.js";
import { isUsualClass } from "./same-meaning.js";

type Parse = (sql: string) => Tree;

/** A part of a tree, by the names and numbers that lead to it. */
function at(tree: Tree | undefined, ...path: readonly (string | number)[]): Tree | undefined {
  let found = tree;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Readonly<Record<string | number, Tree>>)[step];
  }
  return found;
}

/** The text of a tree, whatever the order of its fields. */
function textOf(tree: Tree): string {
  if (Array.isArray(tree)) return `[${(tree as readonly Tree[]).map(textOf).join(", ")}]`;
  if (typeof tree !== "object" || tree === null) return JSON.stringify(tree);
  const fields = Object.entries(tree).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, value]) => `${key}: ${textOf(value)}`).join(", ")}}`;
}

const truths = new Set(["t", "true", "y", "yes", "on", "1"]);
const falsehoods = new Set(["f", "false", "n", "no", "off", "0"]);

/** A constant of a column, as far as its type says that several texts are one value. */
function constantOf(text: string, type: string): string {
  if (/^BOOL/.test(type)) {
    const lower = text.toLowerCase();
    if (truths.has(lower)) return "true";
    if (falsehoods.has(lower)) return "false";
  }
  const isNumber = /^(?:NUMERIC|REAL|DOUBLE|INTEGER|BIGINT|SMALLINT)/.test(type);
  if (isNumber && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return String(Number(text));
  return text;
}

/** Names that the grammar has for a type and that say no more than another one. */
function typeText(text: string): string {
  return wordsAlone
    .type(text)
    .replace(/^(TIMESTAMP|TIME)(\(\d+\))? WITHOUT TIME ZONE/, "$1$2")
    .replace(/^(NUMERIC|DECIMAL)\((\d+)\)/, "$1($2, 0)")
    .replace(/^(NUMERIC|DECIMAL)\((\d+),(\d+)\)/, "$1($2, $3)")
    .replace(/^(CHAR|CHARACTER|BIT)(?![\w(]| VARYING)/, "$1(1)")
    .replace(/^FLOAT\((\d+)\)/, (_all, digits: string) => (Number(digits) <= 24 ? "REAL" : "DOUBLE PRECISION"))
    .replace(/^"?PUBLIC"?\./, "");
}

/**
 * What means the same to PostgreSQL, by the trees of its own grammar. What that cannot parse is compared word by word.
 *
 * https://www.postgresql.org/docs/current/ddl-constraints.html says that a server keeps expressions as trees: it writes them
 * its own way.
 */
export async function loadNormalForm(): Promise<NormalForm> {
  const { loadModule, parseSync } = requirePackage("libpg-query") as typeof import("libpg-query");
  await loadModule();
  const parse: Parse = (sql) => at(parseSync(sql) as unknown as Tree, "stmts", 0, "stmt") ?? null;
  const attempt = (sql: string, ...path: readonly (string | number)[]): Tree | undefined => {
    try {
      return at(parse(sql), ...path);
    } catch {
      return undefined;
    }
  };
  const expressionTree = (text: string, table: Table | undefined): Tree | undefined => {
    const tree = attempt(`SELECT (${text})`, "SelectStmt", "targetList", 0, "ResTarget", "val");
    return tree === undefined ? undefined : normalised(tree, table);
  };
  return {
    type: typeText,
    expression(text, table) {
      const tree = expressionTree(text, table);
      return tree === undefined ? wordsAlone.expression(text, table) : textOf(tree);
    },
    key(text, table) {
      const elementOf = (key: string): Tree | undefined =>
        attempt(`CREATE INDEX i ON t (${key})`, "IndexStmt", "indexParams", 0, "IndexElem");
      // an expression may stand here without the parentheses that CREATE INDEX needs
      const element = elementOf(text) ?? elementOf(`(${text})`);
      if (element === undefined) return wordsAlone.key(text, table);
      const name = at(element, "name");
      const expression = at(element, "expr");
      const isDescending = at(element, "ordering") === "SORTBY_DESC";
      const nulls = at(element, "nulls_ordering");
      const usualNulls = isDescending ? "SORTBY_NULLS_FIRST" : "SORTBY_NULLS_LAST";
      const isUsual = nulls === "SORTBY_NULLS_DEFAULT" || nulls === undefined || nulls === usualNulls;
      const classes = at(element, "opclass", 0, "String", "sval");
      const collation = at(element, "collation", 0, "String", "sval");
      return [
        typeof name === "string" ? name : textOf(normalised(expression ?? null, table)),
        ...(typeof collation === "string" ? [`COLLATE ${collation}`] : []),
        ...(typeof classes === "string" && !isUsualClass(classes) ? [classes] : []),
        ...(isDescending ? ["DESC"] : []),
        ...(isUsual ? [] : [isDescending ? "NULLS LAST" : "NULLS FIRST"]),
      ].join(" ");
    },
    default(text, type) {
      const tree = expressionTree(text, undefined);
      if (tree === undefined) return wordsAlone.default(text, type, undefined);
      const value = at(tree, "constant");
      if (value === null) return undefined;
      return typeof value === "string" ? `'${constantOf(value, type)}'` : textOf(tree);
    },
    definition(text) {
      const tree = attempt(text, "SelectStmt");
      return tree === undefined ? wordsAlone.definition(text) : textOf(normalised(withNamedResults(tree)));
    },
    options(owner, options) {
      if (owner !== "index") return options;
      const { using, ops, ...others } = options;
      const classes = Object.entries(typeof ops === "object" && ops !== null ? ops : {}).filter(
        ([, name]) => typeof name !== "string" || !isUsualClass(name),
      );
      return {
        ...others,
        ...(typeof using === "string" && using.toLowerCase() !== "btree" && { using: using.toLowerCase() }),
        ...(classes.length > 0 && { ops: Object.fromEntries(classes) }),
      };
    },
  };
}

/** A query whose results have the names that they have anyway; of one table, its columns need no name before them. */
function withNamedResults(tree: Tree): Tree {
  const from = at(tree, "fromClause");
  const only = Array.isArray(from) && from.length === 1 ? at(from as Tree, 0, "RangeVar") : undefined;
  const table = at(only, "relname");
  const alias = at(only, "alias", "aliasname");
  const own = typeof alias === "string" ? alias : table;
  const targets = at(tree, "targetList");
  if (!Array.isArray(targets) || typeof tree !== "object" || tree === null) return tree;
  const unqualified = (part: Tree): Tree => {
    if (Array.isArray(part)) return (part as readonly Tree[]).map(unqualified);
    if (typeof part !== "object" || part === null) return part;
    const fields = at(part, "ColumnRef", "fields");
    if (Array.isArray(fields) && fields.length === 2 && at(fields as Tree, 0, "String", "sval") === own) {
      return { ColumnRef: { fields: fields.slice(1) as readonly Tree[] } };
    }
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, unqualified(value)]));
  };
  const whole = typeof own === "string" ? (unqualified(tree) as Readonly<Record<string, Tree>>) : tree;
  const results = at(whole, "targetList") as readonly Tree[];
  const named = results.map((target): Tree => {
    const result = at(target, "ResTarget") as Readonly<Record<string, Tree>> | undefined;
    const fields = at(result, "val", "ColumnRef", "fields");
    const last = Array.isArray(fields) ? at((fields as readonly Tree[]).at(-1), "String", "sval") : undefined;
    return result === undefined || result["name"] !== undefined || typeof last !== "string"
      ? target
      : { ResTarget: { ...result, name: last } };
  });
  return { ...(whole as Readonly<Record<string, Tree>>), targetList: named };
}
