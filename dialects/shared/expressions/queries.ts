import { NotParsed } from "./cursor.js";
import { ExpressionParser, type ExpressionGrammar } from "./parser.js";
import { operation, sequence, word, type Tree } from "./tree.js";
import { keywords } from "./words.js";

/** Reads queries too: what they give, what they read from, and their other clauses as they stand there. */
class QueryParser extends ExpressionParser {
  /** All of the text. */
  whole(): Tree {
    const tree = this.query();
    if (!this.cursor.isAtEnd) throw new NotParsed("the end");
    return tree;
  }

  protected query(): Tree {
    const items: Tree[] = [];
    while (!this.cursor.isAtEnd && !this.cursor.isAt(")")) {
      if (this.cursor.accept(",")) items.push(word(","));
      else if (this.cursor.accept("select")) items.push(word("select"), ...this.#results());
      else if (this.cursor.accept("from")) items.push(word("from"), this.#sources());
      else items.push(this.item());
    }
    if (items.length === 0) throw new NotParsed("nothing");
    return sequence(...items);
  }

  /** What a query gives, as far as it is expressions with names. */
  #results(): readonly Tree[] {
    const before: Tree[] = [];
    while (this.cursor.isAt("distinct", "all")) before.push(this.item());
    const items = [this.#named(this.expression())];
    while (this.cursor.accept(",")) items.push(this.#named(this.expression()));
    return [...before, { kind: "list", items }];
  }

  /** With the name behind it, if there is one. */
  #named(tree: Tree): Tree {
    const said = this.cursor.accept("as");
    const token = this.cursor.peek();
    const isName =
      token?.kind === "name" ||
      (token?.kind === "string" && said) ||
      (token?.kind === "word" && !keywords.has(token.text.toLowerCase()) && this.#join() === undefined);
    if (!isName) {
      if (said) throw new NotParsed("a name");
      return tree;
    }
    this.cursor.pass();
    return operation("as", tree, { kind: "name", parts: [this.grammar.name(token)] });
  }

  /** The words of a join and their number. */
  #join(): { readonly name: string; readonly length: number } | undefined {
    const marks: string[] = [];
    for (let ahead = 0; ahead < 4; ahead += 1) {
      const mark = this.cursor.mark(ahead) ?? "";
      if (mark === "join" || mark === "straight_join") {
        const kinds = marks.filter((one) => one !== "inner" && one !== "outer");
        return { name: [...kinds, mark].join(" "), length: ahead + 1 };
      }
      if (!/^(?:left|right|full|inner|outer|cross|natural)$/.test(mark)) return undefined;
      marks.push(mark);
    }
    return undefined;
  }

  /** Tables and what joins them; a comma joins them too. */
  #sources(): Tree {
    let left = this.#source();
    for (;;) {
      const join = this.#join();
      if (join === undefined && !this.cursor.isAt(",")) return left;
      this.cursor.pass(join?.length ?? 1);
      const right = this.#source();
      const condition = this.cursor.accept("on") ? [this.expression()] : [];
      left = operation(join?.name ?? "join", left, right, ...condition);
      if (this.cursor.accept("using")) {
        this.cursor.expect("(");
        left = operation("using", left, ...this.list());
      }
    }
  }

  #source(): Tree {
    const isEnclosed = this.cursor.isAt("(");
    if (!isEnclosed) return this.#named(this.operand());
    this.cursor.pass();
    const inner = this.isAtQuery ? this.query() : this.#sources();
    this.cursor.expect(")");
    return this.#named(inner);
  }
}

/** SQL text as a tree: an expression, or a query; undefined for what the grammar does not know. */
export function parsed(text: string, grammar: ExpressionGrammar): Tree | undefined {
  try {
    return new QueryParser(text, grammar).whole();
  } catch (error) {
    if (error instanceof NotParsed) return undefined;
    throw error;
  }
}
