import type { LexicalRules, Token } from "../sql-text/tokens.js";
import { ExpressionCursor, NotParsed } from "./cursor.js";
import { call, operation, sequence, word, type Tree } from "./tree.js";
import { keywords, valueWords } from "./words.js";

/** How the operators of a dialect hold together. */
export interface ExpressionGrammar {
  readonly rules: LexicalRules;
  /** Operators between two operands, in small letters, the weakest first: those of a level go from the left. */
  readonly levels: readonly (readonly string[])[];
  /** Operators before an operand, with one of the level that holds as strongly. */
  readonly before: Readonly<Record<string, string>>;
  /** A name as it is compared: each server looks at capitals in its own way. */
  readonly name: (token: Token) => string;
  /** Words that may stand directly before a string and say what it is: X'00', N'text', DATE '2000-01-01'. */
  readonly stringPrefix: RegExp;
}

/** Words behind NOT that make one operator with it. */
const negatable = new Set(["in", "like", "between", "regexp", "rlike", "glob", "match"]);

/** Reads expressions, by how strongly their operators hold. Queries are read by what extends it. */
export abstract class ExpressionParser {
  protected readonly cursor: ExpressionCursor;
  protected readonly grammar: ExpressionGrammar;
  readonly #powers: ReadonlyMap<string, number>;

  constructor(text: string, grammar: ExpressionGrammar) {
    this.cursor = new ExpressionCursor(text, grammar.rules);
    this.grammar = grammar;
    this.#powers = new Map(
      grammar.levels.flatMap((operators, level) => operators.map((operator) => [operator, level + 1] as const)),
    );
  }

  /** A query, up to a closing parenthesis or the end. */
  protected abstract query(): Tree;

  protected get isAtQuery(): boolean {
    return this.cursor.isAt("select", "with", "values");
  }

  /** A keyword by itself, or an expression. */
  protected item(): Tree {
    const mark = this.cursor.mark();
    if (mark !== undefined && mark !== "case" && keywords.has(mark) && !Object.hasOwn(this.grammar.before, mark)) {
      this.cursor.pass();
      return word(mark);
    }
    return this.expression();
  }

  /** What stands side by side, up to a comma or closing parenthesis. */
  protected side(): Tree {
    const items: Tree[] = [];
    while (!this.cursor.isAtEnd && !this.cursor.isAt(",", ")")) items.push(this.item());
    if (items.length === 0) throw new NotParsed("nothing");
    return sequence(...items);
  }

  /** The parts between commas, up to the closing parenthesis, which is passed. */
  protected list(): readonly Tree[] {
    if (this.cursor.accept(")")) return [];
    const items = [this.side()];
    while (this.cursor.accept(",")) items.push(this.side());
    this.cursor.expect(")");
    return items;
  }

  /** What is in parentheses of which the first is passed. */
  protected enclosed(): Tree {
    if (this.isAtQuery) {
      const query = this.query();
      this.cursor.expect(")");
      return query;
    }
    const items = this.list();
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: "list", items };
  }

  /** @param least operators have to hold more strongly than this */
  protected expression(least = 0): Tree {
    let left = this.operand();
    for (;;) {
      const next = this.#infix(left, least);
      if (next === undefined) return left;
      left = next;
    }
  }

  #infix(left: Tree, least: number): Tree | undefined {
    const mark = this.cursor.mark();
    if (mark === undefined) return undefined;
    const isNegated = mark === "not" && negatable.has(this.cursor.mark(1) ?? "");
    const operator = isNegated ? (this.cursor.mark(1) ?? "") : mark;
    const power = this.#powers.get(operator);
    if (power === undefined || power <= least) return undefined;
    this.cursor.pass(isNegated ? 2 : 1);
    const made = this.#behind(operator, left, power);
    return isNegated ? operation("not", made) : made;
  }

  /** What stands behind an operator. */
  #behind(operator: string, left: Tree, power: number): Tree {
    const right = (): Tree => this.expression(power);
    const { cursor } = this;
    switch (operator) {
      case "is": {
        const isNegated = cursor.accept("not");
        const isDistinct = cursor.accept("distinct");
        if (isDistinct) cursor.expect("from");
        const made = operation(isDistinct ? "is distinct from" : "is", left, right());
        return isNegated ? operation("not", made) : made;
      }
      case "isnull":
        return operation("is", left, word("null"));
      case "notnull":
        return operation("not", operation("is", left, word("null")));
      case "between": {
        const low = right();
        cursor.expect("and");
        return operation("between", left, low, right());
      }
      case "in":
        // POSITION(text IN text) has no list
        if (!cursor.accept("(")) return operation("position in", left, right());
        return this.isAtQuery ? operation("in query", left, this.enclosed()) : operation("in", left, ...this.list());
      case "member":
        cursor.expect("of");
        return operation("member of", left, right());
      case "sounds":
        cursor.expect("like");
        return operation("sounds like", left, right());
      default: {
        const other = right();
        return cursor.accept("escape") ? operation(operator, left, other, right()) : operation(operator, left, other);
      }
    }
  }

  protected operand(): Tree {
    const { cursor, grammar } = this;
    const token = cursor.peek();
    if (token === undefined) throw new NotParsed("the end");
    const mark = cursor.mark();
    cursor.pass();
    if (mark !== undefined && Object.hasOwn(grammar.before, mark)) {
      // CHARSET BINARY: a word that nothing follows is before nothing
      if (token.kind === "word" && (cursor.isAtEnd || cursor.isAt(",", ")"))) return word(mark);
      const power = this.#powers.get(grammar.before[mark] ?? "") ?? 0;
      // one may follow another: NOT NOT a, - - a
      return prefixed(mark, this.expression(power - 1));
    }
    switch (token.kind) {
      case "number":
        return { kind: "number", text: token.text.toLowerCase() };
      case "string":
        return { kind: "string", text: token.value, prefix: "" };
      case "name":
        return this.#path(grammar.name(token));
      case "word":
        return this.#word(token);
      default:
        if (token.text === "(") return this.enclosed();
        if (token.text === "*") return word("*");
        throw new NotParsed(token.text);
    }
  }

  #word(token: Token): Tree {
    const { cursor, grammar } = this;
    const mark = token.text.toLowerCase();
    const next = cursor.peek();
    if (next?.kind === "string" && grammar.stringPrefix.test(token.text)) {
      cursor.pass();
      return { kind: "string", text: next.value, prefix: mark };
    }
    if (mark === "case") return this.#case();
    if (mark === "interval" && next !== undefined && !cursor.isAt(",", ")")) return this.#interval();
    if (keywords.has(mark)) return word(mark);
    if (cursor.isAt("(")) return this.#path(mark);
    if (valueWords.has(mark) && !cursor.isAt(".")) return word(mark);
    return this.#path(grammar.name(token));
  }

  #interval(): Tree {
    const amount = this.expression();
    const unit = this.cursor.mark();
    if (this.cursor.peek()?.kind !== "word" || unit === undefined) return operation("interval", amount);
    this.cursor.pass();
    return operation("interval", amount, word(unit));
  }

  /** A name of one part or several, or a call. */
  #path(first: string): Tree {
    const { cursor, grammar } = this;
    const parts = [first];
    while (cursor.accept(".")) {
      const part = cursor.peek();
      cursor.pass();
      if (part?.kind === "name" || part?.kind === "word") parts.push(grammar.name(part));
      else if (part?.text === "*") parts.push("*");
      else throw new NotParsed("a name");
    }
    if (!cursor.accept("(")) return { kind: "name", parts };
    const name = parts.join(".").toLowerCase();
    return this.isAtQuery ? call(name, this.enclosed()) : call(name, ...this.list());
  }

  #case(): Tree {
    const { cursor } = this;
    const operands: Tree[] = [];
    if (!cursor.isAt("when")) operands.push(this.expression());
    while (cursor.accept("when")) {
      const condition = this.expression();
      cursor.expect("then");
      operands.push(operation("when", condition, this.expression()));
    }
    if (cursor.accept("else")) operands.push(operation("else", this.expression()));
    cursor.expect("end");
    return operation("case", ...operands);
  }
}

function prefixed(mark: string, operand: Tree): Tree {
  if (mark === "-" && operand.kind === "number" && !operand.text.startsWith("-")) {
    return { kind: "number", text: `-${operand.text}` };
  }
  return mark === "+" ? operand : operation(mark === "!" ? "not" : mark, operand);
}
