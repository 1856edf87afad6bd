import type { Tree } from "./tree.js";
import { isWord, treeText, withParts } from "./tree.js";

/** A query inside a query. */
function isQuery(tree: Tree): boolean {
  return tree.kind === "sequence" && isWord(tree.items[0], "select");
}

function lastPart(tree: Tree | undefined): string | undefined {
  return tree?.kind === "name" ? tree.parts.at(-1) : undefined;
}

/** What is read from, without a name that it has anyway. */
function sourceOf(tree: Tree): Tree {
  if (tree.kind !== "operation") return tree;
  const [source, name] = tree.operands;
  if (tree.operator === "as") return source !== undefined && lastPart(source) === lastPart(name) ? source : tree;
  return withParts(tree, sourceOf);
}

/** Without the name of the one table that a query reads; queries inside it have tables of their own. */
function unqualified(tree: Tree, owner: string): Tree {
  if (isQuery(tree)) return tree;
  if (tree.kind === "name" && tree.parts.length === 2 && tree.parts[0] === owner) {
    return { ...tree, parts: tree.parts.slice(1) };
  }
  return withParts(tree, (part) => unqualified(part, owner));
}

/**
 * A query whose results have no names that they have anyway, and whose columns no table's where it reads one alone.
 *
 * @param read reads a text as an expression: a result is named for its text where no name is given
 */
export function withNamedResults(tree: Tree, read: (text: string) => Tree | undefined): Tree {
  const inner = withParts(tree, (part) => withNamedResults(part, read));
  if (inner.kind !== "sequence" || !isQuery(inner)) return inner;
  const { items } = inner;
  const from = items.findIndex((item) => isWord(item, "from"));
  const sources = from === -1 ? undefined : items[from + 1];
  const source = sources && sourceOf(sources);
  const owner =
    source?.kind === "operation" && source.operator === "as" ? lastPart(source.operands[1]) : lastPart(source);
  const named = (result: Tree): Tree => {
    if (result.kind !== "operation" || result.operator !== "as") return result;
    const [value, name] = result.operands;
    const text = lastPart(name);
    if (value === undefined || text === undefined) return result;
    if (value.kind === "name") return value.parts.at(-1) === text ? value : result;
    if (value.kind === "string") return value.text === text ? value : result;
    const same = read(text);
    return same !== undefined && treeText(same) === treeText(value) ? value : result;
  };
  const all = items.map((item, place) => {
    if (source !== undefined && place === from + 1) return source;
    const own = owner === undefined ? item : unqualified(item, owner);
    const isResults =
      item.kind === "list" && (isWord(items[place - 1], "select") || isWord(items[place - 1], "distinct"));
    return isResults && own.kind === "list" ? { ...own, items: own.items.map(named) } : own;
  });
  return { ...inner, items: all.filter((item) => !isWord(item, "asc")) };
}

/** A query whose results have other names; undefined where they cannot be told apart. */
export function withResultNames(tree: Tree, names: readonly string[]): Tree | undefined {
  if (tree.kind !== "sequence" || !isQuery(tree)) return undefined;
  const place = tree.items.findIndex(({ kind }) => kind === "list");
  const results = tree.items[place];
  if (results?.kind !== "list" || results.items.length !== names.length) return undefined;
  const named = results.items.map((result, number): Tree => {
    const name = names[number] ?? "";
    const value = result.kind === "operation" && result.operator === "as" ? (result.operands[0] ?? result) : result;
    return { kind: "operation", operator: "as", operands: [value, { kind: "name", parts: [name] }] };
  });
  return { ...tree, items: tree.items.with(place, { ...results, items: named }) };
}
