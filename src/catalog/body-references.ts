import type { SqlPart, SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";

/** Where a name stands: in a piece of text, or as one of the names of an identifier. */
interface Place {
  readonly part: number;
  readonly start: number;
  readonly end: number;
}

interface Token extends Place {
  readonly kind: "word" | "quoted" | "value" | "sign";
  readonly text: string;
}

/** What names a table. */
export interface TableName {
  readonly schema: Name | undefined;
  readonly name: Name;
}

/** A table that a body reads from or writes to. */
interface TableReference {
  readonly names: readonly string[];
  /** What its columns are qualified with. */
  readonly alias: string;
  readonly place: Place;
}

/** A column, or with `*` all columns. */
interface ColumnReference {
  readonly qualifier: string | undefined;
  readonly qualifierPlace: Place | undefined;
  readonly name: string;
  readonly place: Place;
  /** It is all of an item of a list of results, to which it gives its name. */
  readonly isResult: boolean;
}

const pieces =
  /--[^\n]*|\/\*[\s\S]*?\*\/|(\$[\p{L}_]*\$|N?'(?:[^']|'')*'|\d[\w.]*|(?<![\w:])[@$?][\w@$]*|(?<![\w:]):(?!(?:new|old)\b)[\p{L}_]\w*)|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]\d][^\]]*)\]|([\p{L}_#][\p{L}\p{N}_$#]*)|(::|\S)/giu;

function tokensOf({ parts }: SqlText): readonly Token[] {
  return parts.flatMap((piece, part): readonly Token[] => {
    if (typeof piece === "string") return textTokens(piece, part);
    if (piece.part !== "identifier") return [{ kind: "value", text: "", part, start: 0, end: 0 }];
    return piece.names.flatMap((name, at): readonly Token[] => {
      const token: Token = { kind: "quoted", text: nameText(name), part, start: at, end: at };
      return at === 0 ? [token] : [{ kind: "sign", text: ".", part, start: at, end: at }, token];
    });
  });
}

function textTokens(text: string, part: number): readonly Token[] {
  return [...text.matchAll(pieces)].flatMap((match): readonly Token[] => {
    const [all, value, standard, backticked, bracketed, word, sign] = match;
    const place = { part, start: match.index, end: match.index + all.length };
    const quoted = standard?.replaceAll('""', '"') ?? backticked?.replaceAll("``", "`") ?? bracketed;
    if (quoted !== undefined) return [{ kind: "quoted", text: quoted, ...place }];
    if (word !== undefined) return [{ kind: "word", text: word, ...place }];
    if (value !== undefined) return [{ kind: "value", text: value, ...place }];
    return sign === undefined ? [] : [{ kind: "sign", text: sign, ...place }];
  });
}

/** Words behind which a table stands. */
const beforeTables = new Set(["FROM", "JOIN", "INTO", "UPDATE", "USING", "APPLY"]);
/** Words that end a list of tables. */
const afterTables = new Set([
  ...["WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "FETCH", "UNION", "INTERSECT", "EXCEPT", "MINUS", "SET"],
  ...["VALUES", "SELECT", "WINDOW", "RETURNING", "OUTPUT", "WHEN", "THEN", "CONNECT", "QUALIFY", "BEGIN"],
]);
/** Other words that are no names. */
const otherWords = new Set([
  ...["AND", "OR", "NOT", "ON", "BY", "CASE", "ELSE", "BETWEEN", "IN", "LIKE", "ILIKE", "IS", "AS", "DISTINCT", "ALL"],
  ...[
    "ANY",
    "SOME",
    "EXISTS",
    "INNER",
    "LEFT",
    "RIGHT",
    "FULL",
    "OUTER",
    "CROSS",
    "NATURAL",
    "ONLY",
    "LATERAL",
    "WITH",
  ],
  ...["RECURSIVE", "INSERT", "DELETE", "REPLACE", "IGNORE", "FOR", "IF", "ELSEIF", "ELSIF", "WHILE", "RETURN", "DO"],
  ...["COLLATE", "OVER", "PARTITION", "ESCAPE", "SIMILAR", "DIV", "MOD", "XOR", "RLIKE", "REGEXP", "GLOB", "MATCH"],
  ...["MERGE", "CALL", "DECLARE", "FILTER", "WITHIN", "ASC", "DESC", "INTERVAL", "STRAIGHT_JOIN"],
]);
/** Words that stand where a value does. */
const valueWords = new Set(["NULL", "TRUE", "FALSE", "END", "DEFAULT", "CURRENT_TIMESTAMP", "CURRENT_DATE"]);
/** Functions in whose parentheses FROM stands before no table. */
const withFrom = new Set(["EXTRACT", "TRIM", "SUBSTRING", "OVERLAY", "POSITION"]);

interface Frame {
  inTables: boolean;
  expectsTable: boolean;
  inResults: boolean;
  readonly ofFunction: string | undefined;
}

/** Reads which tables and columns a query or body names, without knowing the grammar of the dialect. */
class Reading {
  readonly tables: TableReference[] = [];
  readonly columns: ColumnReference[] = [];
  readonly #tokens: readonly Token[];
  readonly #frames: Frame[] = [{ inTables: false, expectsTable: false, inResults: false, ofFunction: undefined }];
  #at = 0;
  /** A value has just ended: a name behind it is what it is called from there on. */
  #isBehindValue = false;

  constructor(text: SqlText) {
    this.#tokens = tokensOf(text);
    while (this.#at < this.#tokens.length) this.#read(this.#tokens[this.#at] as Token);
  }

  get #frame(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  #wordAt(place: number): string | undefined {
    const token = this.#tokens[place];
    return token?.kind === "word" || token?.kind === "sign" ? token.text.toUpperCase() : undefined;
  }

  #isNameAt(place: number): boolean {
    const token = this.#tokens[place];
    if (token?.kind === "quoted") return true;
    const word = token?.kind === "word" ? token.text.toUpperCase() : undefined;
    return (
      word !== undefined &&
      !beforeTables.has(word) &&
      !afterTables.has(word) &&
      !otherWords.has(word) &&
      !valueWords.has(word)
    );
  }

  #read(token: Token): void {
    if (token.kind === "sign") return this.#sign(token.text);
    if (token.kind === "value") {
      this.#at += 1;
      this.#isBehindValue = true;
      return;
    }
    if (this.#isNameAt(this.#at)) return this.#name();
    this.#keyword(token.text.toUpperCase());
  }

  #sign(sign: string): void {
    const frame = this.#frame;
    const before = this.#wordAt(this.#at - 1);
    this.#at += 1;
    if (sign === "(") {
      const isQuery = ["SELECT", "WITH", "VALUES"].includes(this.#wordAt(this.#at) ?? "");
      const expectsTable = frame.expectsTable && !isQuery;
      this.#frames.push({ inTables: expectsTable, expectsTable, inResults: false, ofFunction: before });
      frame.expectsTable = false;
      this.#isBehindValue = false;
    } else if (sign === ")") {
      if (this.#frames.length > 1) this.#frames.pop();
      this.#isBehindValue = true;
    } else if (sign === "::") {
      this.#isBehindValue = false;
      this.#dotted();
      this.#isBehindValue = true;
    } else if (sign === "*" && !this.#isBehindValue && before !== "(") {
      this.#column(undefined, undefined, this.#tokens[this.#at - 1] as Token, false);
      this.#isBehindValue = true;
    } else {
      if (sign === "," && frame.inTables) frame.expectsTable = true;
      if (sign === ";") Object.assign(frame, { inTables: false, expectsTable: false, inResults: false });
      this.#isBehindValue = false;
    }
  }

  #keyword(word: string): void {
    const frame = this.#frame;
    const before = this.#wordAt(this.#at - 1);
    this.#at += 1;
    const next = this.#wordAt(this.#at);
    this.#isBehindValue = valueWords.has(word);
    if (word === "AS") {
      // what follows is a name for what stands before, or the type of a cast
      if (this.#isNameAt(this.#at)) this.#dotted();
      this.#isBehindValue = true;
    } else if (beforeTables.has(word)) {
      const isPart =
        (word === "FROM" && (before === "DISTINCT" || withFrom.has(frame.ofFunction ?? ""))) ||
        (word === "USING" && next === "(" && this.#wordAt(this.#at + 1) !== "SELECT") ||
        (word === "UPDATE" && ["FOR", "ON", "OR", "KEY", "BEFORE", "AFTER"].includes(before ?? ""));
      if (isPart) return;
      Object.assign(frame, { inTables: word === "FROM" || frame.inTables, expectsTable: true, inResults: false });
    } else if (afterTables.has(word)) {
      const inResults = word === "SELECT" || word === "RETURNING";
      Object.assign(frame, { inTables: false, expectsTable: false, inResults });
    }
  }

  /** Passes over a name with dots, and gives its parts. */
  #dotted(): readonly Token[] {
    const names: Token[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === undefined || token.kind === "value") return names;
      if (token.kind === "sign" && !(token.text === "*" && names.length > 0)) return names;
      names.push(token);
      this.#at += 1;
      if (this.#wordAt(this.#at) !== ".") return names;
      this.#at += 1;
    }
  }

  #name(): void {
    const frame = this.#frame;
    const isFirst = ["SELECT", "DISTINCT", "ALL", ","].includes(this.#wordAt(this.#at - 1) ?? "");
    const wasBehindValue = this.#isBehindValue;
    const before = this.#wordAt(this.#at - 1);
    const names = this.#dotted();
    const last = names.at(-1);
    if (last === undefined) {
      this.#at += 1;
      return;
    }
    const isCall = this.#wordAt(this.#at) === "(" && !(frame.expectsTable && before === "INTO");
    if (frame.expectsTable) {
      frame.expectsTable = false;
      this.#isBehindValue = true;
      if (!isCall) this.#table(names, last);
      return;
    }
    this.#isBehindValue = !isCall;
    if (isCall || (wasBehindValue && names.length === 1)) return;
    const qualifier = names.at(-2);
    const next = this.#wordAt(this.#at);
    const isAll = next === undefined || [",", "FROM", ")", ";"].includes(next);
    this.#column(
      qualifier?.text,
      qualifier,
      last,
      frame.inResults && isFirst && isAll && this.#tokens[this.#at]?.kind !== "quoted",
    );
  }

  #table(names: readonly Token[], last: Token): void {
    if (this.#wordAt(this.#at) === "AS") this.#at += 1;
    let alias = last;
    if (this.#isNameAt(this.#at)) {
      alias = this.#tokens[this.#at] as Token;
      this.#at += 1;
    }
    this.tables.push({ names: names.map(({ text }) => text), alias: alias.text, place: last });
  }

  #column(qualifier: string | undefined, qualifierPlace: Place | undefined, last: Token, isResult: boolean): void {
    this.columns.push({ qualifier, qualifierPlace, name: last.text, place: last, isResult });
  }
}

function same(text: string, name: Name): boolean {
  return text.toLowerCase() === nameText(name).toLowerCase();
}

/** What a trigger calls the row that it is about. */
const rowNames = new Set(["new", "old", "inserted", "deleted"]);
const defaultSchemas = new Set(["public", "main", "dbo"]);

/** Names in a text that are replaced. */
interface Replacement {
  readonly place: Place;
  readonly to: string;
  /** What the renamed column is still called where it is a result. */
  readonly resultName?: string | undefined;
}

function replaced({ kind, parts }: SqlText, replacements: readonly Replacement[]): SqlText {
  const changed = parts.flatMap((piece, part): readonly SqlPart[] => {
    const own = replacements.filter(({ place }) => place.part === part);
    if (own.length === 0) return [piece];
    if (typeof piece !== "string") {
      if (piece.part !== "identifier") return [piece];
      const names = piece.names.map((name, at) => own.find(({ place }) => place.start === at)?.to ?? name);
      const result = own.find(({ resultName }) => resultName !== undefined)?.resultName;
      const named: SqlPart[] = result === undefined ? [] : [" AS ", { part: "identifier", names: [result] }];
      return [{ ...piece, names }, ...named];
    }
    const made: SqlPart[] = [];
    let end = 0;
    for (const { place, to, resultName } of own.toSorted((one, other) => one.place.start - other.place.start)) {
      made.push(piece.slice(end, place.start), { part: "identifier", names: [to] });
      if (resultName !== undefined) made.push(" AS ", { part: "identifier", names: [resultName] });
      end = place.end;
    }
    made.push(piece.slice(end));
    return made.filter((text) => text !== "");
  });
  return { kind, parts: changed };
}

/**
 * The tables and columns that the query of a view or the body of a trigger or routine names, told apart by what stands
 * before the dot and in its FROM.
 *
 * @example bodyReferences(sql`SELECT b.name FROM a JOIN b ON a.id = b.id`).readsColumn({ name: "a", … }, "name") // false
 */
export class BodyReferences {
  readonly #reading: Reading;

  constructor(
    readonly text: SqlText,
    /** The table of a trigger, whose rows the body calls NEW and OLD. */
    readonly own?: TableName,
  ) {
    this.#reading = new Reading(text);
  }

  #isTable({ names }: TableReference, { schema, name }: TableName): boolean {
    const [last = "", written] = names.toReversed();
    if (!same(last, name)) return false;
    if (written === undefined) return true;
    return schema === undefined ? defaultSchemas.has(written.toLowerCase()) : same(written, schema);
  }

  #isOwn(table: TableName): boolean {
    if (this.own === undefined || !same(nameText(this.own.name), table.name)) return false;
    return (this.own.schema === undefined) === (table.schema === undefined);
  }

  #isOf({ qualifier }: ColumnReference, table: TableName): boolean {
    const { tables } = this.#reading;
    if (qualifier === undefined) return tables.some((reference) => this.#isTable(reference, table));
    if (this.own !== undefined && rowNames.has(qualifier.toLowerCase())) return this.#isOwn(table);
    const meant = tables.filter(({ alias }) => alias.toLowerCase() === qualifier.toLowerCase());
    return meant.some((reference) => this.#isTable(reference, table));
  }

  /** Whether the text reads from a table or view, or writes to it. */
  readsTable(table: TableName): boolean {
    return this.#reading.tables.some((reference) => this.#isTable(reference, table));
  }

  /** Whether the text names a column of a table; a star names all of them. */
  readsColumn(table: TableName, column: Name): boolean {
    return this.#reading.columns.some(
      (reference) => (reference.name === "*" || same(reference.name, column)) && this.#isOf(reference, table),
    );
  }

  /** The text with a table under another name. */
  withTable(table: TableName, to: Name): SqlText {
    const { tables, columns } = this.#reading;
    const meant = tables.filter((reference) => this.#isTable(reference, table));
    const isQualifier = ({ qualifier }: ColumnReference): boolean =>
      qualifier !== undefined && meant.some(({ alias, names }) => alias === names.at(-1) && same(alias, qualifier));
    const places = [
      ...meant.map(({ place }) => place),
      ...columns.filter(isQualifier).flatMap(({ qualifierPlace }) => qualifierPlace ?? []),
    ];
    return places.length === 0
      ? this.text
      : replaced(
          this.text,
          places.map((place) => ({ place, to: nameText(to) })),
        );
  }

  /**
   * The text with a column under another name.
   *
   * @param keepsResults the results of a query keep the names that they had
   */
  withColumn(table: TableName, from: Name, to: Name, keepsResults: boolean): SqlText {
    const found = this.#reading.columns.filter(
      (reference) => same(reference.name, from) && this.#isOf(reference, table),
    );
    const replacements = found.map(({ place, isResult }): Replacement => {
      return { place, to: nameText(to), resultName: keepsResults && isResult ? nameText(from) : undefined };
    });
    return replacements.length === 0 ? this.text : replaced(this.text, replacements);
  }
}
