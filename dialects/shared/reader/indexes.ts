import type { Origin } from "../../../src/errors.js";
import type { CreateIndex } from "../../../src/operations/create-index.js";
import type { DropIndex } from "../../../src/operations/drop-index.js";
import type { DialectOptions } from "../../../src/schema/dialect-names.js";
import type { SqlText } from "../../../src/schema/expressions.js";
import { isSqlText, sql } from "../../../src/schema/expressions.js";
import type { Cursor } from "./cursor.js";
import { expressionText, NotUnderstood, withoutOuterParentheses } from "./cursor.js";
import type { SqlGrammar } from "./grammar.js";

/** What stands in the parentheses of an index. */
export interface IndexParts {
  readonly columns: readonly (string | SqlText)[];
  /** MySQL: how many characters of a column are in the index. */
  readonly lengths: Readonly<Record<string, number>>;
  /** The columns without their order; undefined when an expression is among them. */
  readonly names: readonly string[] | undefined;
}

interface IndexPart {
  readonly column: string | SqlText;
  readonly name: string | undefined;
  readonly length: number | undefined;
}

/** A number in parentheses behind a column: how much of it is in the index. */
function prefixLength(cursor: Cursor): number | undefined {
  const isLength = cursor.isAt("(") && cursor.peek(1)?.kind === "number" && cursor.peek(2)?.text === ")";
  return isLength ? Number(cursor.parenthesized().next().text) : undefined;
}

/** A column in rising order by its name; with another order, or as an expression, it is SQL text. */
function indexPart(cursor: Cursor): IndexPart {
  const start = cursor.place;
  if (cursor.peek()?.kind === "name" || cursor.peek()?.kind === "word") {
    const name = cursor.name();
    const length = prefixLength(cursor);
    const behind = cursor.place;
    if (cursor.accept("COLLATE")) cursor.name();
    const hasCollation = cursor.place > behind;
    const order = cursor.acceptOneOf("ASC", "DESC");
    if (cursor.isAtEnd) {
      if (!hasCollation && order !== "DESC") return { column: name, name, length };
      const text = cursor.textFrom(behind);
      const prefix = length === undefined ? "" : `(${length})`;
      return { column: sql`${sql.identifier(name)}${sql.raw(`${prefix} ${text}`)}`, name, length: undefined };
    }
    cursor.rest();
    return { column: sql.raw(cursor.textFrom(start)), name: undefined, length: undefined };
  }
  const text = cursor.rest();
  return { column: sql.raw(withoutOuterParentheses(text)), name: undefined, length: undefined };
}

/** The columns and expressions in the parentheses here. */
export function indexParts(cursor: Cursor): IndexParts {
  const parts = cursor.parenthesized().commaSeparated().map(indexPart);
  const names = parts.map(({ name }) => name);
  return {
    columns: parts.map(({ column }) => column),
    lengths: Object.fromEntries(
      parts.flatMap(({ name, length }) => (name === undefined || length === undefined ? [] : [[name, length]])),
    ),
    names: names.every((name) => name !== undefined) ? names : undefined,
  };
}

/** The columns when each stands there by its name alone. */
export function plainColumns({ columns, lengths, names }: IndexParts): readonly string[] | undefined {
  return Object.keys(lengths).length === 0 && !columns.some(isSqlText) ? names : undefined;
}

/** What an index has besides its columns. */
export interface IndexDetails {
  readonly using?: string;
  readonly prefix?: string;
  readonly withParser?: string;
  readonly where?: SqlText;
  readonly include?: readonly string[];
  readonly clustered?: boolean;
  readonly columnstore?: boolean;
  readonly comment?: string;
  readonly visible?: boolean;
}

/** What follows the columns of an index. */
export function indexRest(cursor: Cursor, grammar: SqlGrammar): IndexDetails {
  const takesMethod = grammar.usingBeginsConstraintState !== true;
  let details: IndexDetails = {};
  for (;;) {
    if (takesMethod && cursor.accept("USING")) details = { ...details, using: cursor.next().value };
    else if (cursor.accept("WITH", "PARSER")) details = { ...details, withParser: cursor.name() };
    else if (cursor.accept("INCLUDE")) details = { ...details, include: cursor.names() };
    else if (grammar.passIndexPart?.(cursor) === true) continue;
    else if (cursor.accept("COMMENT")) details = { ...details, comment: cursor.next().value };
    else if (cursor.accept("KEY_BLOCK_SIZE")) {
      cursor.accept("=");
      cursor.next();
    } else if (cursor.acceptOneOf("INVISIBLE", "IGNORED") !== undefined) details = { ...details, visible: false };
    else if (cursor.accept("VISIBLE") || cursor.accept("NOT", "IGNORED")) continue;
    else if (cursor.accept("ALGORITHM") || cursor.accept("LOCK")) {
      cursor.accept("=");
      cursor.next();
    } else if (cursor.accept("WHERE")) {
      const where = cursor.rest();
      details = { ...details, where: expressionText(where) };
    } else return details;
  }
}

/** The options of an index as they stand in its dialect's group. */
export function indexOptions(grammar: SqlGrammar, { lengths }: IndexParts, details: IndexDetails): DialectOptions {
  const said = { ...details, ...(Object.keys(lengths).length > 0 && { length: lengths }) };
  return Object.keys(said).length === 0 ? {} : { [grammar.group]: said };
}

/** `CREATE … INDEX`, read from behind CREATE. */
export function createIndex(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): CreateIndex {
  cursor.accept("OR", "REPLACE");
  const unique = cursor.accept("UNIQUE");
  const prefix = cursor.acceptOneOf("FULLTEXT", "SPATIAL");
  const clustered = cursor.acceptOneOf("CLUSTERED", "NONCLUSTERED");
  if (cursor.isAt("COLUMNSTORE")) throw new NotUnderstood("a columnstore");
  cursor.expect("INDEX");
  const ifNotExists = cursor.ifNotExists();
  const index = cursor.qualifiedName();
  const using = cursor.accept("USING") ? cursor.next().value : undefined;
  cursor.expect("ON");
  const table = cursor.qualifiedName();
  const parts = indexParts(cursor);
  const rest = indexRest(cursor, grammar);
  cursor.expectEnd();
  const options = indexOptions(grammar, parts, {
    ...(using !== undefined && { using }),
    ...rest,
    ...(prefix !== undefined && { prefix }),
    ...(clustered !== undefined && { clustered: clustered === "CLUSTERED" }),
  });
  return {
    kind: "createIndex",
    tableName: table.name,
    // SQLite names the schema before the index
    schema: table.schema ?? index.schema,
    index: { kind: "index", name: index.name, columns: parts.columns, unique, options },
    ifNotExists,
    origin,
  };
}

/** `DROP INDEX`, read from behind INDEX. */
export function dropIndexes(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): readonly DropIndex[] {
  const ifExists = cursor.ifExists();
  const drops: DropIndex[] = [];
  do {
    const name = cursor.qualifiedName();
    const table = cursor.accept("ON") ? cursor.qualifiedName() : undefined;
    const before = grammar.indexesAreDroppedByTable === true && table === undefined ? name.schema : undefined;
    drops.push({
      kind: "dropIndex",
      indexName: name.name,
      tableName: table?.name ?? before,
      schema: table === undefined ? (before === undefined ? name.schema : undefined) : table.schema,
      ifExists,
      options: {},
      origin,
    });
  } while (cursor.accept(","));
  for (;;) {
    if (cursor.acceptOneOf("ALGORITHM", "LOCK") === undefined) break;
    cursor.accept("=");
    cursor.next();
  }
  cursor.expectEnd();
  return drops;
}
