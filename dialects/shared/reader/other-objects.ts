import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { OtherClass } from "../../../src/schema/other-objects.js";
import type { Cursor, QualifiedName } from "./cursor.js";
import type { Understood } from "./grammar.js";

/** Tables that the modules of SQLite make for a virtual table, by what stands behind its name. */
const shadowSuffixes: ReadonlySet<string> = new Set([
  // https://www.sqlite.org/fts3.html#shadow_tables
  ...["content", "segments", "segdir", "docsize", "stat"],
  // https://www.sqlite.org/fts5.html#fts5_data_structures
  ...["data", "idx", "config"],
  // https://www.sqlite.org/rtree.html#the_virtual_table_interface
  ...["node", "parent", "rowid"],
]);

/** The virtual tables that one text has made, and the tables that these make by themselves. */
export class VirtualTables {
  readonly #names = new Set<string>();

  /** `CREATE VIRTUAL TABLE`, from behind TABLE. */
  create(cursor: Cursor): Understood {
    cursor.ifNotExists();
    const object = cursor.qualifiedName();
    cursor.expect("USING");
    this.#names.add(object.name.toLowerCase());
    return { operations: [], changes: [{ change: "keepOther", class: "virtual table", object }] };
  }

  /** Whether a table is one that a virtual table makes by itself: dumps hold these, too. */
  isShadow(name: string): boolean {
    const [, owner = "", suffix = ""] = /^(.*)_([a-z]+)$/.exec(name.toLowerCase()) ?? [];
    return this.#names.has(owner) && shadowSuffixes.has(suffix);
  }
}

/** Kinds of objects that are kept by their text, by the words that name them. */
const kinds: readonly (readonly [words: readonly string[], name: OtherClass])[] = [
  [["EVENT"], "event"],
  [["SYNONYM"], "synonym"],
  [["TYPE"], "type"],
  [["XML", "SCHEMA", "COLLECTION"], "XML schema collection"],
  [["PARTITION", "FUNCTION"], "partition function"],
  [["PARTITION", "SCHEME"], "partition scheme"],
  [["FULLTEXT", "CATALOG"], "full-text catalog"],
  [["FULLTEXT", "STOPLIST"], "full-text stoplist"],
  [["SECURITY", "POLICY"], "security policy"],
  [["STATISTICS"], "statistics"],
  [["ASSEMBLY"], "assembly"],
  [["EXTERNAL", "TABLE"], "external table"],
  [["RULE"], "rule"],
  [["DEFAULT"], "default"],
];

/** Words between CREATE and the kind of an object: who defines it, and whether it takes the place of another. */
function passDefiner(cursor: Cursor): void {
  cursor.accept("OR", "REPLACE");
  cursor.acceptOneOf("EDITIONABLE", "NONEDITIONABLE");
  cursor.accept("PUBLIC");
  if (!cursor.accept("DEFINER", "=")) return;
  while (!cursor.isAtEnd && !cursor.isAt("EVENT")) cursor.next();
}

/** Statistics of SQL Server are of a table: `CREATE STATISTICS s ON t (a)`, `DROP STATISTICS t.s`. */
function statisticsOf(
  { schema: before, name }: QualifiedName,
  cursor: Cursor,
): { readonly object: QualifiedName; readonly tableName: string | undefined } {
  if (!cursor.accept("ON")) return { object: { schema: undefined, name }, tableName: before };
  const table = cursor.qualifiedName();
  return { object: { schema: table.schema, name }, tableName: table.name };
}

/** A statement about an object that is kept by its text; undefined where it is about anything else. */
export function otherObjectAt(cursor: Cursor): Understood | undefined {
  const verb = cursor.word();
  if (verb !== "CREATE" && verb !== "ALTER" && verb !== "DROP") return undefined;
  const ahead = cursor.copy();
  ahead.next();
  passDefiner(ahead);
  const [words, name] = kinds.find(([first]) => ahead.accept(...first)) ?? [];
  if (words === undefined || name === undefined) return undefined;
  if (verb === "CREATE") ahead.ifNotExists();
  else ahead.ifExists();
  const written = ahead.qualifiedName();
  const { object, tableName } = name === "statistics" ? statisticsOf(written, ahead) : { object: written };
  const of = { object, ...(tableName !== undefined && { tableName }) };
  const change = (one: CatalogChange): Understood => ({ operations: [], changes: [one] });
  if (verb === "CREATE") return change({ change: "keepOther", class: name, ...of });
  if (verb === "DROP") return change({ change: "dropOther", classes: [name], ...of });
  while (!ahead.isAtEnd && !ahead.isAt("RENAME", "TO")) ahead.next();
  const to = ahead.accept("RENAME", "TO") ? ahead.qualifiedName() : undefined;
  return change({ change: "changeOther", class: name, object, ...(to && { to }) });
}
