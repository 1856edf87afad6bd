import type { Node } from "libpg-query";
import { Cursor } from "../../shared/reader/cursor.js";
import type { QualifiedName } from "../../shared/reader/cursor.js";
import type { SqlStatement } from "../../shared/reader/statements.js";
import { statementText } from "../../shared/reader/statements.js";

/** The text of a list of names, as the grammar keeps it. */
export function namesOf(nodes: readonly Node[] = []): readonly string[] {
  return nodes.flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []));
}

/** The whole number of a node; the grammar leaves a zero out. */
export function integerOf(node: Node | undefined): number | undefined {
  if (node === undefined) return undefined;
  if ("Integer" in node) return node.Integer.ival ?? 0;
  if ("A_Const" in node && node.A_Const.ival !== undefined) return node.A_Const.ival.ival ?? 0;
  return undefined;
}

/** What the statements of one text have said that later ones build on. */
export interface Session {
  /** The schema of names without one; undefined for the default. */
  schema: string | undefined;
}

/** A schema with a name; `public` is what no schema means. */
export function qualified(names: readonly string[], session: Session): QualifiedName {
  const [name = "", written] = names.toReversed();
  const schema = written ?? session.schema;
  return { name, schema: schema === "public" ? undefined : schema };
}

/** The name of a relation. */
export function relationName(
  relation: { readonly schemaname?: string; readonly relname?: string } | undefined,
  session: Session,
): QualifiedName {
  const { schemaname, relname = "" } = relation ?? {};
  return qualified(schemaname === undefined ? [relname] : [schemaname, relname], session);
}

/** A statement's text by the positions that the grammar gives, which count bytes. */
export class Source {
  readonly #start: number;
  readonly #bytes: Buffer | undefined;

  constructor(readonly statement: SqlStatement) {
    this.#start = statement.tokens[0]?.start ?? 0;
    const text = statementText(statement);
    this.#bytes = /^[\0-\x7f]*$/.test(text) ? undefined : Buffer.from(text, "utf8");
  }

  /** The place in the script of a position of the grammar's. */
  offsetOf(location: number): number {
    const characters = this.#bytes === undefined ? location : this.#bytes.toString("utf8", 0, location).length;
    return this.#start + characters;
  }

  /** A cursor that stands at a position of the grammar's. */
  cursorAt(location: number | undefined): Cursor {
    const offset = this.offsetOf(location ?? 0);
    const first = this.statement.tokens.findIndex(({ start }) => start >= offset);
    const tokens = first === -1 ? [] : this.statement.tokens.slice(first);
    return new Cursor(this.statement, {}, tokens);
  }
}

/** Passes over all up to a word, and the word. */
export function passUntil(cursor: Cursor, word: string): void {
  cursor.textUntil(({ kind, value }) => kind === "word" && value === word);
  cursor.expect(word);
}
