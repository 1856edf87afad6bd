/** SQL text as a tree, without spaces and parentheses: every token of the text is in it, so that nothing is lost. */
export type Tree =
  | { readonly kind: "string"; readonly text: string; readonly prefix: string }
  | { readonly kind: "number"; readonly text: string }
  /** A keyword, in small letters. */
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "name"; readonly parts: readonly string[] }
  | { readonly kind: "call"; readonly name: string; readonly given: readonly Tree[] }
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Tree[] }
  /** What stands side by side: the clauses of a query, the words between the arguments of a call. */
  | { readonly kind: "sequence"; readonly items: readonly Tree[] }
  /** What stands between commas in parentheses. */
  | { readonly kind: "list"; readonly items: readonly Tree[] };

export type TreeOf<K extends Tree["kind"]> = Extract<Tree, { kind: K }>;

export function operation(operator: string, ...operands: readonly Tree[]): TreeOf<"operation"> {
  return { kind: "operation", operator, operands };
}

export function call(name: string, ...given: readonly Tree[]): TreeOf<"call"> {
  return { kind: "call", name, given };
}

export function sequence(...items: readonly Tree[]): Tree {
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { kind: "sequence", items };
}

export function word(text: string): TreeOf<"word"> {
  return { kind: "word", text };
}

export function isWord(tree: Tree | undefined, text: string): boolean {
  return tree?.kind === "word" && tree.text === text;
}

/** A tree whose parts are replaced. */
export function withParts(tree: Tree, replaced: (part: Tree) => Tree): Tree {
  switch (tree.kind) {
    case "call":
      return { ...tree, given: tree.given.map(replaced) };
    case "operation":
      return { ...tree, operands: tree.operands.map(replaced) };
    case "sequence":
    case "list":
      return { ...tree, items: tree.items.map(replaced) };
    default:
      return tree;
  }
}

/** A tree as a text that no other tree has. It is no SQL, but near enough to it to stand in a message. */
export function treeText(tree: Tree): string {
  switch (tree.kind) {
    case "string":
      return `${tree.prefix}'${tree.text.replaceAll("'", "''")}'`;
    case "number":
    case "word":
      return tree.text;
    case "name":
      return tree.parts
        .map((part) => (/^[\p{L}_][\p{L}\p{N}_$]*$/u.test(part) ? part : JSON.stringify(part)))
        .join(".");
    case "call":
      return `${tree.name}(${tree.given.map(treeText).join(", ")})`;
    case "operation": {
      const [first, ...others] = tree.operands.map(treeText);
      if (others.length === 0) return `(${tree.operator} ${first ?? ""})`;
      return `(${[first, ...others].join(` ${tree.operator} `)})`;
    }
    case "sequence":
      return `{${tree.items.map(treeText).join(" ")}}`;
    case "list":
      return `(${tree.items.map(treeText).join(", ")},)`;
  }
}
