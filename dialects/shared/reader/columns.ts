import type { Column, UsualDefault } from "../../../src/schema/columns.js";
import { column as makeColumn, computed, identity, type SequenceOptions } from "../../../src/schema/columns.js";
import type { Check, Constraint, Deferral } from "../../../src/schema/constraints.js";
import type { DialectOptions } from "../../../src/schema/dialect-names.js";
import { sql } from "../../../src/schema/expressions.js";
import { rawType, type SqlType } from "../../../src/schema/types/type.js";
import { conflictClause, deferral, references, restOfCheck } from "./constraints.js";
import type { Cursor } from "./cursor.js";
import { expressionText, NotUnderstood } from "./cursor.js";
import type { SqlGrammar } from "./grammar.js";
import type { ReadColumn } from "./nodes.js";
import { withCollation } from "./types.js";

/** A literal as its value; any other default as it was written. NULL is no default. */
export function defaultValue(cursor: Cursor): UsualDefault | undefined {
  const place = cursor.place;
  const sign = cursor.accept("-") ? "-" : cursor.accept("+") ? "" : "";
  const token = cursor.next();
  if (token.kind === "string" && sign === "") return token.value;
  if (token.kind === "number") {
    const text = sign + token.text;
    return String(Number(text)) === text ? Number(text) : sql.raw(text);
  }
  if (token.text === "(") {
    for (let depth = 1; depth > 0;) {
      const { text, kind } = cursor.next();
      if (kind === "symbol" && text === "(") depth += 1;
      if (kind === "symbol" && text === ")") depth -= 1;
    }
    return sql.raw(cursor.textFrom(place));
  }
  if (token.kind !== "word" && token.kind !== "name") throw new NotUnderstood(`${token.text} is no default`);
  if (token.value === "NULL" && token.kind === "word") return undefined;
  if (token.value === "TRUE" || token.value === "FALSE") return token.value === "TRUE";
  if (token.value === "NEXT" && cursor.accept("VALUE", "FOR")) cursor.qualifiedName();
  // a prefix of a string (b'0', N'x'), a name of several parts, or a call
  const following = cursor.peek();
  if (following?.kind === "string" && following.start === token.end) cursor.next();
  while (cursor.accept(".")) cursor.name();
  if (cursor.isAt("(")) cursor.parenthesized();
  const text = cursor.textFrom(place);
  return /^N'/i.test(text) ? text.slice(2, -1).replaceAll("''", "'") : sql.raw(text);
}

/** What the attributes of a column have said so far. */
interface Draft {
  type: SqlType;
  nullable?: boolean;
  primaryKey?: boolean;
  autoincrement?: true | "always";
  value?: UsualDefault;
  expression?: string;
  persisted?: boolean;
  identity?: ReturnType<typeof identity>;
  comment?: string;
  onUpdate?: string;
  options: Record<string, unknown>;
  checks: Check[];
  constraints: Constraint[];
}

type AttributeReading = (cursor: Cursor, draft: Draft, grammar: SqlGrammar, column: string, name?: string) => void;

function key(
  kind: "primaryKey" | "unique",
  cursor: Cursor,
  grammar: SqlGrammar,
  column: string,
  name: string | undefined,
): Constraint {
  cursor.acceptOneOf("ASC", "DESC");
  const clustered = cursor.acceptOneOf("CLUSTERED", "NONCLUSTERED");
  const onConflict = conflictClause(cursor);
  const said = {
    ...(onConflict !== undefined && { onConflict }),
    ...(clustered !== undefined && { clustered: clustered === "CLUSTERED" }),
  };
  const options: DialectOptions = Object.keys(said).length === 0 ? {} : { [grammar.group]: said };
  return { kind, name, columns: [column], options, ...(deferral(cursor) satisfies Deferral) };
}

const numbered: Readonly<Record<string, keyof SequenceOptions>> = {
  START: "start",
  INCREMENT: "increment",
  MINVALUE: "minvalue",
  MAXVALUE: "maxvalue",
  CACHE: "cache",
};
/** What says no more than saying nothing. */
const usual = new Set(["NOMINVALUE", "NOMAXVALUE", "NOCYCLE", "NOORDER"]);

/** The numbers in the parentheses of an identity, if there are any. */
function identityNumbers(cursor: Cursor): SequenceOptions {
  const said: Record<string, number | boolean> = {};
  if (!cursor.isAt("(")) return said;
  const inner = cursor.parenthesized();
  while (!inner.isAtEnd) {
    const { value } = inner.next();
    const option = numbered[value];
    if (option !== undefined) {
      inner.acceptOneOf("WITH", "BY");
      const sign = inner.accept("-") ? -1 : 1;
      const number = sign * Number(inner.next().text);
      if (!Number.isSafeInteger(number)) throw new NotUnderstood("a number of an identity");
      said[option] = number;
    } else if (value === "CYCLE" || value === "ORDER") said[value.toLowerCase()] = true;
    else if (!usual.has(value)) throw new NotUnderstood(`${value} of an identity`);
  }
  return said;
}

/** FIXED, DISK and the like; DEFAULT says no more than saying nothing. */
function keepWord(option: string, cursor: Cursor, draft: Draft): void {
  const word = cursor.next().value;
  if (word !== "DEFAULT") draft.options[option] = word;
}

function readSrid(cursor: Cursor, draft: Draft): void {
  draft.options["srid"] = Number(cursor.next().text);
}

/** One attribute for each word that can begin one, of all dialects: no word means two things. */
const attributes: Readonly<Record<string, AttributeReading>> = {
  NOT(cursor, draft) {
    cursor.expect("NULL");
    draft.nullable = false;
    const onConflict = conflictClause(cursor);
    if (onConflict !== undefined) draft.options["onConflictNotNull"] = onConflict;
  },
  NULL(_cursor, draft) {
    draft.nullable = true;
  },
  PRIMARY(cursor, draft, grammar, column, name) {
    cursor.expect("KEY");
    const constraint = key("primaryKey", cursor, grammar, column, name);
    draft.primaryKey = true;
    if (cursor.accept("AUTOINCREMENT")) draft.autoincrement = true;
    // without a name and options it is what the column alone says
    if (name !== undefined || Object.keys(constraint.options).length > 0) draft.constraints.push(constraint);
  },
  KEY(_cursor, draft) {
    draft.primaryKey = true;
  },
  UNIQUE(cursor, draft, grammar, column, name) {
    cursor.accept("KEY");
    draft.constraints.push(key("unique", cursor, grammar, column, name));
  },
  CHECK(cursor, draft, _grammar, _column, name) {
    const place = cursor.place;
    cursor.parenthesized();
    const condition = expressionText(cursor.textFrom(place));
    restOfCheck(cursor);
    draft.checks.push({ kind: "check", name, condition, options: {} });
  },
  REFERENCES(cursor, draft, _grammar, column, name) {
    draft.constraints.push(references(cursor, [column], name));
  },
  FOREIGN(cursor, draft, _grammar, column, name) {
    cursor.expect("KEY", "REFERENCES");
    draft.constraints.push(references(cursor, [column], name));
  },
  DEFAULT(cursor, draft) {
    if (cursor.isAt("ON", "NULL")) throw new NotUnderstood("a default for NULL");
    const value = defaultValue(cursor);
    if (value !== undefined) draft.value = value;
  },
  ON(cursor, draft) {
    cursor.expect("UPDATE");
    const place = cursor.place;
    defaultValue(cursor);
    draft.onUpdate = cursor.textFrom(place);
  },
  GENERATED(cursor, draft, grammar, column) {
    const always = cursor.accept("ALWAYS");
    if (!always) cursor.expect("BY", "DEFAULT");
    const onNull = cursor.accept("ON", "NULL");
    cursor.expect("AS");
    if (!cursor.accept("IDENTITY")) attributes["AS"]?.(cursor, draft, grammar, column);
    else draft.identity = identity({ always, ...(onNull && { onNull }), ...identityNumbers(cursor) });
  },
  AS(cursor, draft) {
    const place = cursor.place;
    cursor.parenthesized();
    draft.expression = cursor.textFrom(place);
    const storage = cursor.acceptOneOf("STORED", "PERSISTENT", "PERSISTED", "VIRTUAL");
    if (storage !== undefined) draft.persisted = storage !== "VIRTUAL";
  },
  AUTO_INCREMENT(_cursor, draft) {
    draft.autoincrement = "always";
  },
  IDENTITY(cursor, draft) {
    draft.autoincrement = "always";
    if (!cursor.isAt("(")) return;
    const numbers = cursor
      .parenthesized()
      .commaSeparated()
      .map((part) => part.rest());
    const [start = 1, increment = 1] = numbers.map((text) => BigInt(text.replaceAll(" ", "")));
    if (BigInt(start) === 1n && BigInt(increment) === 1n) return;
    draft.options["identityStart"] = Number(start);
    draft.options["identityIncrement"] = Number(increment);
  },
  COMMENT(cursor, draft) {
    draft.comment = cursor.next().value;
  },
  COLLATE(cursor, draft) {
    draft.type = withCollation(draft.type, cursor.name());
  },
  // what the replayed schema does not keep
  ENABLE: () => {},
  DISABLE: () => {},
  VALIDATE: () => {},
  NOVALIDATE: () => {},
  RELY: () => {},
  ROWGUIDCOL: () => {},
  SPARSE: () => {},
  VISIBLE(_cursor, draft) {
    delete draft.options["visible"];
  },
  INVISIBLE(_cursor, draft, { group }) {
    if (group !== "mysql") throw new NotUnderstood("a column that is not seen");
    draft.options["visible"] = false;
  },
  COLUMN_FORMAT: (cursor, draft) => keepWord("columnFormat", cursor, draft),
  STORAGE: (cursor, draft) => keepWord("storage", cursor, draft),
  SRID: readSrid,
  // MariaDB's word for it
  REF_SYSTEM_ID(cursor, draft) {
    cursor.accept("=");
    readSrid(cursor, draft);
  },
};

/** Words that end the type of a column. */
export const attributeWords: ReadonlySet<string> = new Set([
  ...Object.keys(attributes),
  "CONSTRAINT",
  "FIRST",
  "AFTER",
]);

function readAttributes(cursor: Cursor, draft: Draft, grammar: SqlGrammar, column: string): void {
  for (;;) {
    const name = cursor.accept("CONSTRAINT") ? cursor.name() : undefined;
    const word = cursor.word();
    const attribute = word === undefined || !Object.hasOwn(attributes, word) ? undefined : attributes[word];
    if (attribute === undefined) {
      if (name !== undefined) throw new NotUnderstood(`CONSTRAINT ${name} without one`);
      return;
    }
    cursor.next();
    attribute(cursor, draft, grammar, column, name);
  }
}

/** MySQL's ON UPDATE stands with the default, as authors write it there. */
function withOnUpdate({ value, onUpdate }: Draft): UsualDefault | undefined {
  if (onUpdate === undefined) return value;
  const text = sql`${value === undefined ? null : typeof value === "object" ? value : sql.literal(value)}`;
  return sql`${text} ON UPDATE ${sql.raw(onUpdate)}`;
}

/** The definition of a column, from its name to its last attribute. */
export function readColumn(cursor: Cursor, grammar: SqlGrammar): ReadColumn {
  const name = cursor.name();
  const serial = grammar.serialType !== undefined && cursor.accept("SERIAL") ? grammar.serialType : undefined;
  const type = serial ?? (cursor.isAt("AS") ? rawType("") : grammar.readType(cursor));
  const draft: Draft = { type, options: {}, checks: [], constraints: [] };
  if (serial !== undefined) {
    draft.nullable = false;
    draft.autoincrement = "always";
    draft.constraints.push({ kind: "unique", name: undefined, columns: [name], options: {} });
  }
  readAttributes(cursor, draft, grammar, name);
  const { expression, persisted } = draft;
  const value = withOnUpdate(draft);
  const made: Column = makeColumn(name, draft.type, {
    ...(draft.nullable !== undefined && { nullable: draft.nullable }),
    ...(draft.primaryKey !== undefined && { primaryKey: draft.primaryKey }),
    ...(draft.autoincrement !== undefined && { autoincrement: draft.autoincrement }),
    ...(expression === undefined && value !== undefined && { serverDefault: value }),
    ...(draft.identity !== undefined && { identity: draft.identity }),
    ...(expression !== undefined && {
      computed: computed(expressionText(expression), persisted === undefined ? {} : { persisted }),
    }),
    ...(draft.checks.length > 0 && { check: draft.checks }),
    ...(draft.comment !== undefined && { comment: draft.comment }),
    ...(Object.keys(draft.options).length > 0 && { [grammar.group]: draft.options }),
  });
  return { column: made, constraints: draft.constraints, indexes: [] };
}
