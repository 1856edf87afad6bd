import type { Tree } from "./expression-trees.js";

/** A part of a tree, by the names and numbers that lead to it. */
export function at(tree: Tree | undefined, ...path: readonly (string | number)[]): Tree | undefined {
  let found = tree;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Readonly<Record<string | number, Tree>>)[step];
  }
  return found;
}

/** A query whose results have the names that they have anyway; of one table, its columns need no name before them. */
export function withNamedResults(tree: Tree): Tree {
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
