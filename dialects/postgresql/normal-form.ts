import { wordsAlone, type NormalForm } from "../../src/catalog/normal-form.js";
import { requirePackage } from "../../src/on-demand.js";
import type { Table } from "../../src/schema/tables.js";
import { normalised, type Tree } from "./expression-trees.js";
import { at, withNamedResults } from "./named-results.js";
import { isUsualClass } from "./same-meaning.js";
import { inUsualSchema, statementTree } from "./statement-trees.js";

type Parse = (sql: string) => Tree;

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

/** Options, with the values of storage parameters as a server keeps them: as texts. */
function withParameterTexts(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { with: parameters, ...others } = options;
  if (typeof parameters !== "object" || parameters === null) return options;
  const texts = Object.entries(parameters).map(([name, value]) => [name, value === null ? "true" : String(value)]);
  return texts.length === 0 ? others : { ...others, with: Object.fromEntries(texts.sort()) as unknown };
}

function parsedOrUndefined(parse: Parse, sql: string): Tree | undefined {
  try {
    return parse(sql);
  } catch {
    return undefined;
  }
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
  // a schema has the same few defaults, types and conditions over and over
  const trees = new Map<string, Tree | undefined>();
  const treeOf = (sql: string): Tree | undefined => {
    if (!trees.has(sql)) trees.set(sql, parsedOrUndefined(parse, sql));
    return trees.get(sql);
  };
  const types = new Map<string, string>();
  const attempt = (sql: string, ...path: readonly (string | number)[]): Tree | undefined => at(treeOf(sql), ...path);
  const expressionTree = (text: string, table: Table | undefined): Tree | undefined => {
    const tree = attempt(`SELECT (${text})`, "SelectStmt", "targetList", 0, "ResTarget", "val");
    return tree === undefined ? undefined : normalised(tree, table);
  };
  return {
    type(text) {
      const known = types.get(text);
      if (known !== undefined) return known;
      const normal = typeText(text);
      types.set(text, normal);
      return normal;
    },
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
      return tree === undefined
        ? wordsAlone.definition(text)
        : textOf(normalised(withNamedResults(inUsualSchema(tree))));
    },
    statement(sql) {
      const tree = attempt(sql.replace(/[;\s]+$/, ""));
      return tree === undefined || tree === null ? wordsAlone.definition(sql) : textOf(statementTree(tree));
    },
    options(owner, options) {
      if (owner === "table") return withParameterTexts(options);
      if (owner !== "index") return options;
      const { using, ops, ...others } = withParameterTexts(options);
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
