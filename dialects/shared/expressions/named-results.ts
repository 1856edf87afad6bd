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

/** One SELECT of a query, from its first word to the next one's. */
function selected(items: readonly Tree[], read: (text: string) => Tree | undefined): readonly Tree[] {
  const from = items.findIndex((item) => isWord(item, "from"));
  const sources = from === -1 ? undefined : items[from + 1];
  const source = sources && sourceOf(sources);
  const alias = source?.kind === "operation" && source.operator === "as" ? source.operands[1] : source;
  const owner = lastPart(alias);
  const own = (tree: Tree): Tree => (owner === undefined ? tree : unqualified(tree, owner));
  const named = (result: Tree): Tree => {
    if (result.kind !== "operation" || result.operator !== "as") return result;
    const [value, name] = result.operands;
    const text = lastPart(name);
    if (value === undefined || text === undefined) return result;
    if (value.kind === "name") return value.parts.at(-1) === text ? value : result;
    if (value.kind === "string") return value.text === text ? value : result;
    const same = read(text);
    return same !== undefined && treeText(own(same)) === treeText(value) ? value : result;
  };
  const results = items.findIndex(({ kind }) => kind === "list");
  const all = items.map((item, place) => {
    if (source !== undefined && place === from + 1) return source;
    const tree = own(item);
    return place === results && tree.kind === "list" ? { ...tree, items: tree.items.map(named) } : tree;
  });
  return all.filter((item) => !isWord(item, "asc"));
}

/**
 * A query whose results have no names that they have anyway, and whose columns no table's where it reads one alone.
 *
 * @param read reads a text as an expression: a result is named for its text where no name is given
 */
export function withNamedResults(tree: Tree, read: (text: string) => Tree | undefined): Tree {
  const inner = withParts(tree, (part) => withNamedResults(part, read));
  if (inner.kind !== "sequence") return inner;
  const starts = inner.items.flatMap((item, place) => (isWord(item, "select") ? [place] : []));
  const parts = starts.map((start, number) => selected(inner.items.slice(start, starts[number + 1]), read));
  return { ...inner, items: [...inner.items.slice(0, starts[0] ?? inner.items.length), ...parts.flat()] };
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
