import type { NormalForm } from "../../../src/catalog/normal-form.js";
import { nameText } from "../../../src/schema/names.js";
import type { Table } from "../../../src/schema/tables.js";
import { Meanings, type Meaning } from "./meaning.js";
import { withNamedResults, withResultNames } from "./named-results.js";
import type { ExpressionGrammar } from "./parser.js";
import { parsed } from "./queries.js";
import { statementText, wordsText } from "./words-text.js";
import { isWord, treeText, withParts, type Tree } from "./tree.js";

/** Without the name of the table whose columns an expression speaks of. */
function withoutOwner(tree: Tree, owner: string): Tree {
  if (tree.kind === "name" && tree.parts.length > 1 && tree.parts.at(-2) === owner) {
    return { ...tree, parts: tree.parts.slice(-1) };
  }
  return withParts(tree, (part) => withoutOwner(part, owner));
}

/** Reads what a dialect writes as trees, and compares those: what its grammar does not know is compared word by word. */
export class ExpressionForms {
  readonly #meanings: Meanings;

  constructor(
    readonly grammar: ExpressionGrammar,
    meaning: Meaning,
  ) {
    this.#meanings = new Meanings(meaning);
  }

  /** @param table the table whose columns need no name before them */
  #read(text: string, table: Table | undefined): Tree | undefined {
    const tree = parsed(text, this.grammar);
    if (tree === undefined || table === undefined) return tree;
    return withoutOwner(tree, this.#name(nameText(table.name)));
  }

  /** A name as names are compared. */
  #name(text: string): string {
    return this.grammar.name({ kind: "name", text, value: text, start: 0, end: 0 });
  }

  /** An expression as a tree of its meaning; undefined for what the grammar does not know. */
  value(text: string, table?: Table): Tree | undefined {
    const tree = this.#read(text, table);
    return tree && this.#meanings.value(tree);
  }

  expression(text: string, table: Table | undefined): string {
    const tree = this.value(text, table);
    return tree === undefined ? wordsText(text, this.grammar) : treeText(tree);
  }

  condition(text: string, table: Table | undefined): string {
    const tree = this.#read(text, table);
    return tree === undefined ? wordsText(text, this.grammar) : treeText(this.#meanings.condition(tree));
  }

  /** A key of an index; rising is the order that it has anyway. */
  key(text: string, table: Table | undefined): string {
    const [, written = text, order] = /^([^]*?)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
    const tree = this.value(written, table);
    const key = tree === undefined ? wordsText(written, this.grammar) : treeText(tree);
    return order?.toLowerCase() === "desc" ? `${key} DESC` : key;
  }

  /**
   * A query; undefined for any other text, such as the body of a routine.
   *
   * @param names the names of its results, where they are not said by itself
   */
  query(text: string, names?: readonly string[]): string | undefined {
    if (!/^\s*(?:select|with|\()/i.test(text)) return undefined;
    const tree = parsed(text, this.grammar);
    if (tree === undefined) return undefined;
    const given = names?.map((name) => this.#name(name));
    const named = given === undefined ? tree : withResultNames(tree, given);
    return named && treeText(withNamedResults(this.#meanings.value(named), (name) => this.value(name)));
  }

  /**
   * A default; undefined where it is NULL, which says no more than none.
   *
   * @param constant what a constant is to the column; undefined for what is an expression
   */
  default(text: string, constant: (tree: Tree) => string | undefined): string | undefined {
    const tree = this.value(text);
    if (tree === undefined) return wordsText(text, this.grammar);
    return isWord(tree, "null") ? undefined : (constant(tree) ?? treeText(tree));
  }

  /** The forms of everything that is made of expressions. */
  get forms(): Pick<NormalForm, "expression" | "condition" | "key" | "definition" | "statement"> {
    return {
      expression: (text, table) => this.expression(text, table),
      condition: (text, table) => this.condition(text, table),
      key: (text, table) => this.key(text, table),
      statement: (sql) => statementText(sql, this.grammar),
      definition: (text) => this.query(text) ?? wordsText(text, this.grammar),
    };
  }
}
