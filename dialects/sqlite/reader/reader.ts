import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import { sqliteTypes } from "../../../src/schema/types/sqlite.js";
import type { Column } from "../../../src/schema/columns.js";
import { nameText } from "../../../src/schema/names.js";
import { primaryKeyOf, type Table } from "../../../src/schema/tables.js";
import type { SqlType } from "../../../src/schema/types/type.js";
import { attributeWords } from "../../shared/reader/columns.js";
import type { Cursor } from "../../shared/reader/cursor.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import type { TableOptions } from "../../shared/reader/grammar.js";
import { readerOf } from "../../shared/reader/statement-reader.js";
import type { TypeMakers } from "../../shared/reader/types.js";
import { standardMakers, typeArguments, typeNamed } from "../../shared/reader/types.js";
import { lexicalRules } from "../lexical-rules.js";

// SQLite keeps the words as they are, and INT PRIMARY KEY is another thing than INTEGER PRIMARY KEY:
// https://www.sqlite.org/rowidtable.html
const otherWords = new Set(["INT", "DEC", "BOOL", "CHARACTER", "CHARACTER VARYING", "CHAR VARYING"]);
const makers: TypeMakers = {
  ...Object.fromEntries(Object.entries(standardMakers).filter(([name]) => !otherWords.has(name))),
  JSONB: () => sqliteTypes.JSONB(),
};

/** Any words are a type, and so are none: https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
function readType(cursor: Cursor): SqlType {
  const start = cursor.place;
  const words: string[] = [];
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    const isName = token.kind === "name" || (token.kind === "word" && !attributeWords.has(token.value));
    if (!isName) break;
    words.push(cursor.next().value.toUpperCase());
  }
  if (words.length === 0) return typeNamed({}, "", [], "");
  const args = typeArguments(cursor);
  return typeNamed(makers, words.join(" "), args, cursor.textFrom(start));
}

function readTableOptions(cursor: Cursor): TableOptions {
  const options: Record<string, boolean> = {};
  while (!cursor.isAtEnd) {
    cursor.accept(",");
    if (cursor.accept("STRICT")) options["strict"] = true;
    else if (cursor.accept("WITHOUT", "ROWID")) options["withRowid"] = false;
    else throw new NotUnderstood(`the option ${cursor.peek()?.text}`);
  }
  return { options: Object.keys(options).length === 0 ? {} : { sqlite: options } };
}

/**
 * A key takes NULL, but for that of a table WITHOUT ROWID or a STRICT one, and but for the number of the row itself:
 * https://www.sqlite.org/lang_createtable.html#the_primary_key
 */
function nullableKeyColumns({ columns, constraints, options }: Table): readonly Column[] {
  const { strict, withRowid } = options.sqlite ?? {};
  if (strict === true || withRowid === false) return [];
  const key = primaryKeyOf({ columns, constraints })?.columns.map(nameText) ?? [];
  const inKey = columns.filter(({ name }) => key.includes(nameText(name)));
  const isRowid = inKey.length === 1 && inKey[0]?.type.name === "integer";
  return isRowid ? [] : inKey.filter(({ nullable }) => nullable === undefined);
}

/** The schema is rows of a table, which can be changed like others: https://www.sqlite.org/schematab.html */
const schemaTables: ReadonlySet<string> = new Set(["SQLITE_MASTER", "SQLITE_SCHEMA"]);

/** Reads SQLite's DDL, and what `.schema` and `.dump` print. */
export function loadReader(): SqlReader {
  return readerOf({
    script: { ...lexicalRules, client: { commandLine: "." } },
    names: { defaultSchema: "main" },
    group: "sqlite",
    readType,
    readTableOptions,
    nullableKeyColumns,
    keysCountSilently: true,
    indexWords: new Set(),
    isHarmless: (words) => words[0] === "SELECT" || !words.some((word) => schemaTables.has(word)),
    // dumps make them too: https://www.sqlite.org/fileformat2.html#internal_schema_objects
    isServersTable: (name) => name.startsWith("sqlite_"),
  });
}
