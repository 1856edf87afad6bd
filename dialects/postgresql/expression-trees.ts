import type { Table } from "../../src/schema/tables.js";
import { nameText } from "../../src/schema/names.js";
import { canonicalFunction, wider } from "./same-meaning.js";

/** A node of the grammar's tree, or a list or value in it. */
export type Tree = null | string | number | boolean | readonly Tree[] | { readonly [key: string]: Tree };
type Node = Readonly<Record<string, Tree>>;

function isNode(tree: Tree | undefined): tree is Node {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree);
}

function list(tree: Tree | undefined): readonly Tree[] {
  return Array.isArray(tree) ? (tree as readonly Tree[]) : [];
}

/** The content of a node of a kind. */
function of(tree: Tree | undefined, kind: string): Node | undefined {
  const content = isNode(tree) ? tree[kind] : undefined;
  return isNode(content) ? content : undefined;
}

/** The texts of a list of strings. */
function texts(tree: Tree | undefined): readonly string[] {
  return list(tree).flatMap((one) => {
    const text = of(one, "String")?.["sval"];
    return typeof text === "string" ? [text] : [];
  });
}

/** A name without the schemas that are looked in anyway. */
function withoutUsualSchema(names: readonly string[]): readonly string[] {
  return names.length > 1 && (names[0] === "pg_catalog" || names[0] === "public") ? names.slice(1) : names;
}

function plainText(tree: Tree): string {
  return typeof tree === "string" ? tree : JSON.stringify(tree);
}

function constantText(content: Node): string | null {
  if (content["isnull"] === true) return null;
  for (const kind of ["ival", "fval", "boolval", "sval", "bsval"]) {
    const value = content[kind];
    if (!isNode(value)) continue;
    // the grammar leaves out zero, false and the empty text
    const inner = Object.values(value)[0];
    if (inner !== undefined) return plainText(inner);
    return kind === "ival" ? "0" : kind === "boolval" ? "false" : "";
  }
  return null;
}

/** A constant of whatever type, by its text: a server writes the number 1 as `'1'::integer` too. */
function constant(text: string | null): Tree {
  return { constant: text };
}

function isConstant(tree: Tree): boolean {
  return isNode(tree) && "constant" in tree;
}

function isConstantList(tree: Tree): boolean {
  return isNode(tree) && "array" in tree && list(tree["array"]).every(isConstant);
}

interface NamedType {
  readonly name: string;
  readonly isArray: boolean;
  readonly tree: Tree;
}

function typeOf(tree: Tree | undefined): NamedType {
  const node = isNode(tree) ? tree : {};
  const name = withoutUsualSchema(texts(node["names"])).join(".");
  const isArray = list(node["arrayBounds"]).length > 0;
  return { name, isArray, tree: { name, isArray, modifiers: list(node["typmods"]).map((one) => normalised(one)) } };
}

const negatedOperators: Readonly<Record<string, string>> = { "=": "<>", "<>": "=" };

/** What is compared with one of several values: the same whether it is written by IN, by ANY, or by `=` for one. */
function membership(operator: string, isAll: boolean, left: Tree, right: readonly Tree[]): Tree {
  const [only, ...others] = right;
  if (only !== undefined && others.length === 0) return { operator, left, right: only };
  return { operator, quantity: isAll ? "all" : "any", left, array: right };
}

function operatorExpression(content: Node, table: Table | undefined): Tree {
  const kind = content["kind"];
  const operator = texts(content["name"]).at(-1) ?? "";
  const left = content["lexpr"] === undefined ? null : normalised(content["lexpr"], table);
  const right = normalised(content["rexpr"] ?? null, table);
  const members = (): readonly Tree[] => {
    const node = isNode(right) ? right : {};
    return list(node["array"] ?? node["list"]);
  };
  switch (kind) {
    case "AEXPR_IN":
      return membership(operator, operator === "<>", left, members());
    case "AEXPR_OP_ANY":
    case "AEXPR_OP_ALL":
      if (isNode(right) && "array" in right) return membership(operator, kind === "AEXPR_OP_ALL", left, members());
      return { operator, quantity: kind === "AEXPR_OP_ALL" ? "all" : "any", left, right };
    case "AEXPR_BETWEEN":
    case "AEXPR_NOT_BETWEEN": {
      const [low = null, high = null] = members();
      const isIn = kind === "AEXPR_BETWEEN";
      return {
        logic: isIn ? "AND_EXPR" : "OR_EXPR",
        terms: [
          { operator: isIn ? ">=" : "<", left, right: low },
          { operator: isIn ? "<=" : ">", left, right: high },
        ],
      };
    }
    case "AEXPR_DISTINCT":
      return { distinct: [left, right] };
    case "AEXPR_NOT_DISTINCT":
      return { logic: "NOT_EXPR", terms: [{ distinct: [left, right] }] };
    case "AEXPR_NULLIF":
      return { call: "nullif", given: [left, right] };
    default:
      return { operator, left, right };
  }
}

function logicalExpression(content: Node, table: Table | undefined): Tree {
  const logic = content["boolop"] ?? null;
  const terms = list(content["args"]).map((term) => normalised(term, table));
  if (logic === "NOT_EXPR") {
    const [term = null] = terms;
    // NOT (a = b) and a <> b
    const operator = isNode(term) && "operator" in term && !("quantity" in term) ? term["operator"] : undefined;
    const negated = typeof operator === "string" ? negatedOperators[operator] : undefined;
    if (negated !== undefined && isNode(term)) return { ...term, operator: negated };
    return { logic, terms };
  }
  const flat = terms.flatMap((term) => (isNode(term) && term["logic"] === logic ? list(term["terms"]) : [term]));
  return { logic, terms: flat };
}

function columnType(name: string | undefined, table: Table | undefined): string | undefined {
  const column = table?.columns.find((one) => nameText(one.name) === name);
  return column?.type.name;
}

/** A cast that a server writes where none was written: of a constant, or to a wider type of the same kind. */
function castExpression(content: Node, table: Table | undefined): Tree {
  const value = normalised(content["arg"] ?? null, table);
  const type = typeOf(content["typeName"]);
  if (isConstant(value) || isConstantList(value)) return value;
  if (isNode(value) && "array" in value) return value;
  const column = isNode(value) && typeof value["column"] === "string" ? value["column"] : undefined;
  if (column !== undefined && !type.isArray && wider(columnType(column, table), type.name)) return value;
  return { cast: value, to: type.tree };
}

function columnReference(content: Node, table: Table | undefined): Tree {
  const fields = list(content["fields"]);
  const names = texts(fields);
  const isStar = fields.some((field) => of(field, "A_Star") !== undefined);
  const own = table === undefined ? undefined : nameText(table.name);
  const owner = names.at(isStar ? -1 : -2);
  const isOwn = names.length > (isStar ? 0 : 1) && owner === own;
  if (isStar) return { column: "*", of: isOwn ? [] : names };
  if (isOwn || names.length === 1) return { column: names.at(-1) ?? "" };
  return { column: names.at(-1) ?? "", of: withoutUsualSchema(names.slice(0, -1)) };
}

function call(content: Node, table: Table | undefined): Tree {
  const name = withoutUsualSchema(texts(content["funcname"])).join(".");
  const given = list(content["args"]).map((one) => normalised(one, table));
  const isSequence = name === "nextval" || name === "currval" || name === "setval";
  const arguments_ = isSequence ? given.map(sequenceName) : given;
  const { funcname: _name, args: _given, location: _location, funcformat: _format, ...rest } = content;
  const others = normalisedFields(rest, table);
  return { call: canonicalFunction(name), given: arguments_, ...(Object.keys(others).length > 0 && { others }) };
}

/** The text that names a sequence. */
function sequenceName(tree: Tree): Tree {
  const text = isNode(tree) ? tree["constant"] : undefined;
  return typeof text === "string" ? constant(text.replace(/^(?:"public"|public)\./, "").replaceAll('"', "")) : tree;
}

function caseExpression(content: Node, table: Table | undefined): Tree {
  const otherwise = content["defresult"] === undefined ? constant(null) : normalised(content["defresult"], table);
  return {
    case: content["arg"] === undefined ? null : normalised(content["arg"], table),
    when: list(content["args"]).map((one) => {
      const when = of(one, "CaseWhen") ?? {};
      return [normalised(when["expr"] ?? null, table), normalised(when["result"] ?? null, table)];
    }),
    otherwise,
  };
}

/** Fields of a node without what says where it stood. */
function normalisedFields(node: Node, table: Table | undefined): Node {
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== "location" && key !== "rexpr_list_start" && key !== "list_start" && key !== "list_end")
      .map(([key, value]) => [key, normalised(value, table)]),
  );
}

type Rule = (content: Node, table: Table | undefined) => Tree;

const rules: Readonly<Record<string, Rule>> = {
  A_ArrayExpr(content, table) {
    const items = list(content["elements"]).map((one) => normalised(one, table));
    return items.length === 0 ? constant("{}") : { array: items };
  },
  A_Const: (content) => constant(constantText(content)),
  A_Expr: operatorExpression,
  BoolExpr: logicalExpression,
  CaseExpr: caseExpression,
  ColumnRef: columnReference,
  FuncCall: call,
  List: (content, table) => ({ list: list(content["items"]).map((one) => normalised(one, table)) }),
  RangeVar(content, table) {
    const { schemaname, ...rest } = content;
    return { RangeVar: normalisedFields(schemaname === "public" ? rest : content, table) };
  },
  SQLValueFunction(content) {
    const name = plainText(content["op"] ?? "").replace(/^SVFOP_/, "");
    return name === "CURRENT_TIMESTAMP" ? { call: "now", given: [] } : { value: name, typmod: content["typmod"] ?? -1 };
  },
  TypeCast: castExpression,
  TypeName: (content) => typeOf(content).tree,
};

/**
 * A tree of the grammar in which expressions that mean the same are the same: without positions, without the casts that
 * the server writes where none was written, with one form for IN and ANY, BETWEEN and comparisons, and so on.
 *
 * @param table the table whose columns need no name before them
 */
export function normalised(tree: Tree, table?: Table): Tree {
  if (Array.isArray(tree)) return (tree as readonly Tree[]).map((one) => normalised(one, table));
  if (!isNode(tree)) return tree;
  const [kind, content] = Object.entries(tree)[0] ?? [];
  const rule = kind === undefined || Object.keys(tree).length !== 1 ? undefined : rules[kind];
  if (rule !== undefined && isNode(content)) return rule(content, table);
  return normalisedFields(tree, table);
}
