import { normalised, type Tree } from "./expression-trees.js";
import { withNamedResults } from "./named-results.js";

type Fields = Readonly<Record<string, Tree>>;

/** What a statement says of how it makes an object, not of what that is; dumps fill materialised views later. */
const ways = new Set(["replace", "if_not_exists", "inh", "location", "stmt_location", "stmt_len", "skipData"]);

/** Names that may stand behind the schema in which they are looked for anyway. */
const names = new Set(["funcname", "domainname", "objname", "typeName"]);

/** What a server does when nothing is said. https://www.postgresql.org/docs/current/sql-createfunction.html */
const usual: Readonly<Record<string, readonly string[]>> = {
  volatility: ['"volatile"'],
  parallel: ['"unsafe"'],
  strict: ["false"],
  security: ["false"],
  leakproof: ["false"],
  increment: ["1", '"1"'],
  start: ["1", '"1"'],
  cache: ["1", '"1"'],
  cycle: ["false"],
  minvalue: ["null"],
  maxvalue: ["null"],
  schema: ['"public"'],
  new_version: [],
};

function isFields(tree: Tree | undefined): tree is Fields {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree);
}

function textIn(tree: Tree | undefined): string | undefined {
  const text = isFields(tree) && isFields(tree["String"]) ? tree["String"]["sval"] : undefined;
  return typeof text === "string" ? text : undefined;
}

/** The value of an option, as far as it is one word or number. */
function wordOf(tree: Tree | undefined): string {
  const text = textIn(tree);
  if (text !== undefined) return JSON.stringify(text);
  if (isFields(tree) && isFields(tree["Boolean"])) return String(tree["Boolean"]["boolval"] === true);
  if (isFields(tree) && isFields(tree["Integer"])) return JSON.stringify(tree["Integer"]["ival"] ?? 0);
  return tree === undefined ? "null" : JSON.stringify(tree);
}

/** Options by their names, without what they say anyway. */
function options(list: readonly Tree[]): readonly Tree[] {
  return list
    .filter((one) => {
      const option = isFields(one) && isFields(one["DefElem"]) ? one["DefElem"] : {};
      const name = option["defname"];
      return typeof name !== "string" || usual[name] === undefined || !isUsual(usual[name], option["arg"]);
    })
    .toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

function isUsual(words: readonly string[], value: Tree | undefined): boolean {
  return words.length === 0 || words.includes(wordOf(value));
}

function isOptions(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree) && tree.some((one: Tree) => isFields(one) && isFields(one["DefElem"]));
}

/** A field of a statement without what says nothing. */
function field(key: string, value: Tree): readonly (readonly [string, Tree])[] {
  if (ways.has(key)) return [];
  if (key === "schemaname" && value === "public") return [];
  if (key === "relpersistence" && value === "p") return [];
  if (key === "mode" && value === "FUNC_PARAM_DEFAULT") return [[key, "FUNC_PARAM_IN"]];
  if (key === "query" && isFields(value) && value["SelectStmt"] !== undefined) {
    return [[key, normalised({ SelectStmt: withNamedResults(value["SelectStmt"]) })]];
  }
  if (Array.isArray(value) && names.has(key) && value.length > 1 && textIn(value[0] as Tree) === "public") {
    return [[key, (value as readonly Tree[]).slice(1)]];
  }
  if (!isOptions(value)) return [[key, statementTree(value)]];
  const said = options(value.map(statementTree));
  return said.length === 0 ? [] : [[key, said]];
}

/** A domain without the names that the server gives its checks. https://www.postgresql.org/docs/current/sql-createdomain.html */
function withoutGivenNames(content: Fields): Fields {
  const domain = Array.isArray(content["domainname"])
    ? textIn((content["domainname"] as readonly Tree[]).at(-1))
    : undefined;
  const constraints = content["constraints"];
  if (domain === undefined || !Array.isArray(constraints)) return content;
  const isGiven = (name: string): boolean =>
    name.startsWith(`${domain}_`) && /^(?:check|not_null)\d*$/.test(name.slice(domain.length + 1));
  return {
    ...content,
    constraints: (constraints as readonly Tree[]).map((one): Tree => {
      const constraint = isFields(one) && isFields(one["Constraint"]) ? one["Constraint"] : undefined;
      const name = constraint?.["conname"];
      if (constraint === undefined || typeof name !== "string" || !isGiven(name)) return one;
      const { conname: _name, ...rest } = constraint;
      return { Constraint: rest };
    }),
  };
}

/** The tree of a statement without what says how it makes an object, or what the server does anyway. */
export function statementTree(tree: Tree): Tree {
  if (Array.isArray(tree)) return (tree as readonly Tree[]).map(statementTree);
  if (!isFields(tree)) return tree;
  const [kind, content] = Object.entries(tree)[0] ?? [];
  if (kind === "TypeName" || kind === "A_Expr" || kind === "BoolExpr" || kind === "FuncCall") return normalised(tree);
  if (kind === "CreateDomainStmt" && isFields(content) && "constraints" in content) {
    const named = withoutGivenNames(content);
    if (named !== content) return { CreateDomainStmt: statementTree(named) };
  }
  // the body of a routine, without the spaces around it
  if (kind === "String" && isFields(content) && typeof content["sval"] === "string") {
    return { String: { sval: content["sval"].trim() } };
  }
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      key === "returnType" || key === "argType" || key === "typeName" ? [[key, typeTree(value)]] : field(key, value),
    ),
  );
}

/** A type that stands without the name of its kind of node. */
function typeTree(value: Tree): Tree {
  return isFields(value) && value["names"] !== undefined ? normalised({ TypeName: value }) : statementTree(value);
}

/** The tree of a query whose relations stand without the schema in which they are looked for anyway. */
export function inUsualSchema(tree: Tree): Tree {
  if (Array.isArray(tree)) return (tree as readonly Tree[]).map(inUsualSchema);
  if (!isFields(tree)) return tree;
  const kept = Object.entries(tree).filter(([key, value]) => key !== "schemaname" || value !== "public");
  return Object.fromEntries(kept.map(([key, value]) => [key, inUsualSchema(value)]));
}
