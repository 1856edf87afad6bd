import { Cursor, NotUnderstood } from "../shared/reader/cursor.js";
import type { ExpressionForms } from "../shared/expressions/expression-forms.js";
import { statementText, wordsText } from "../shared/expressions/words-text.js";
import { tokensOf } from "../shared/sql-text/tokens.js";
import { sidesOf, typeText } from "./normal-types.js";

/** What says how a routine is made, and begins behind its parameters and what it returns. */
const characteristics = [
  ["CONTAINS", "SQL"],
  ["NO", "SQL"],
  ["READS", "SQL", "DATA"],
  ["MODIFIES", "SQL", "DATA"],
  ["NOT", "DETERMINISTIC"],
  ["DETERMINISTIC"],
  ["LANGUAGE", "SQL"],
  ["SQL", "SECURITY", "DEFINER"],
  ["SQL", "SECURITY", "INVOKER"],
] as const;

/** What holds without being said: https://dev.mysql.com/doc/refman/8.4/en/create-procedure.html */
const usual = new Set(["CONTAINS SQL", "NOT DETERMINISTIC", "LANGUAGE SQL", "SQL SECURITY DEFINER"]);

/** What one side may leave out, since the server then says it by itself: who made an object, and the set of a text. */
function open(what: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`? ${what}: ${value}`];
}

function wordsIn(cursor: Cursor, { grammar }: ExpressionForms): string {
  return wordsText(cursor.rest(), grammar);
}

function acceptedIn(cursor: Cursor): string | undefined {
  const found = characteristics.find((words) => cursor.accept(...words));
  return found?.join(" ");
}

/** Characteristics in whatever order they are in. */
function characteristicsIn(cursor: Cursor): readonly string[] {
  const found: string[] = [];
  for (;;) {
    const known = acceptedIn(cursor);
    if (known !== undefined) found.push(known);
    else if (cursor.accept("COMMENT")) found.push(`COMMENT ${JSON.stringify(cursor.next().value)}`);
    else return found.filter((one) => !usual.has(one)).sort();
  }
}

const afterType = new Set(
  [
    "CONTAINS",
    "NO",
    "READS",
    "MODIFIES",
    "NOT",
    "DETERMINISTIC",
    "LANGUAGE",
    "SQL",
    "COMMENT",
    "RETURN",
    "BEGIN",
  ].concat(["IF", "CASE", "SELECT", "LOOP", "REPEAT", "WHILE"]),
);

function parameterText(cursor: Cursor): string {
  const way = cursor.acceptOneOf("IN", "OUT", "INOUT") ?? "IN";
  return `${way} ${cursor.name().toLowerCase()} ${typeText(cursor.rest())}`;
}

function routineText(cursor: Cursor, forms: ExpressionForms): readonly string[] {
  const parameters = cursor.isAt("(", ")") ? [] : cursor.parenthesized().commaSeparated().map(parameterText);
  if (parameters.length === 0) cursor.accept("(", ")");
  const returned = cursor.accept("RETURNS")
    ? typeText(cursor.textUntil(({ kind, value }) => kind === "word" && afterType.has(value)))
    : undefined;
  const { base, charset, collation } = sidesOf(returned ?? "");
  const said = characteristicsIn(cursor);
  return [
    `(${parameters.join(", ")})`,
    ...(returned === undefined ? [] : [`RETURNS ${base}`]),
    ...open("charset", charset),
    ...open("collation", collation),
    ...said,
    wordsIn(cursor, forms),
  ];
}

function viewText(cursor: Cursor, forms: ExpressionForms): readonly string[] {
  const columns = cursor.isAt("(") ? cursor.names() : undefined;
  cursor.expect("AS");
  const written = cursor.rest();
  const [, query = written, kind] =
    /^([^]*?)(?:\s+with\s+(?:(cascaded|local)\s+)?check\s+option)?\s*$/i.exec(written) ?? [];
  const checked = query.length < written.trimEnd().length;
  return [
    forms.query(query, columns) ?? [...(columns ?? []), wordsText(query, forms.grammar)].join(", "),
    ...(checked ? [`WITH ${(kind ?? "cascaded").toUpperCase()} CHECK OPTION`] : []),
  ];
}

/** Numbers of a sequence that are not said: https://mariadb.com/kb/en/create-sequence/ */
const usualNumbers = new Set([
  ...["START 1", "MINVALUE 1", "MAXVALUE 9223372036854775806", "INCREMENT 1", "CACHE 1000", "NOCYCLE", "ENGINE INNODB"],
  ...["NOMINVALUE", "NOMAXVALUE", "AS BIGINT"],
]);

function sequenceText(cursor: Cursor): readonly string[] {
  const found: string[] = [];
  while (!cursor.isAtEnd) {
    const name = cursor.accept("NO") ? `NO${cursor.next().value}` : cursor.next().value;
    if (/^NO/.test(name) || name === "CYCLE") {
      found.push(name);
      continue;
    }
    cursor.acceptOneOf("WITH", "BY");
    cursor.accept("=");
    const sign = cursor.accept("-") ? "-" : "";
    found.push(`${name} ${sign}${cursor.next().value.toUpperCase()}`);
  }
  return found.filter((one) => !usualNumbers.has(one)).sort();
}

function objectText(cursor: Cursor, forms: ExpressionForms): readonly string[] {
  cursor.expect("CREATE");
  if (cursor.accept("OR")) cursor.expect("REPLACE");
  if (cursor.accept("ALGORITHM")) {
    cursor.expect("=");
    const algorithm = cursor.next().value;
    if (algorithm !== "UNDEFINED") return [`ALGORITHM ${algorithm}`, ...objectText(asCreated(cursor, forms), forms)];
  }
  let definer: string | undefined;
  if (cursor.accept("DEFINER")) {
    cursor.expect("=");
    const start = cursor.place;
    cursor.next();
    if (cursor.accept("@")) cursor.next();
    else if (cursor.accept("(")) cursor.expect(")");
    definer = wordsText(cursor.textFrom(start), forms.grammar).replaceAll(" ", "");
  }
  const security = cursor.accept("SQL", "SECURITY") ? cursor.next().value : "DEFINER";
  const kind = cursor.next().value;
  cursor.ifNotExists();
  const { name } = cursor.qualifiedName();
  const head = [`${kind} ${name}`, ...(security === "DEFINER" ? [] : [`SQL SECURITY ${security}`])];
  const made = ["current_user", "current_user()"].includes(definer ?? "") ? undefined : definer;
  const rest = (): readonly string[] => {
    switch (kind) {
      case "VIEW":
        return viewText(cursor, forms);
      case "FUNCTION":
      case "PROCEDURE":
        return routineText(cursor, forms);
      case "SEQUENCE":
        return sequenceText(cursor);
      default:
        return [wordsIn(cursor, forms)];
    }
  };
  return [...head, ...open("definer", made), ...rest()];
}

/** What is left of a statement, as one that begins with CREATE. */
function asCreated(cursor: Cursor, forms: ExpressionForms): Cursor {
  return cursorOf(`CREATE ${cursor.rest()}`, forms);
}

function cursorOf(sql: string, { grammar }: ExpressionForms): Cursor {
  return new Cursor({ script: sql, tokens: tokensOf(sql, grammar.rules), marks: new Set() });
}

/**
 * A statement that makes a view, routine, trigger or sequence, a line for each thing that it says. SHOW CREATE says all of
 * them, with what the server took where nothing was said.
 */
export function objectStatement(sql: string, forms: ExpressionForms): string {
  try {
    return objectText(cursorOf(sql.replace(/[;\s]+$/, ""), forms), forms).join("\n");
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return statementText(sql, forms.grammar);
  }
}

/** The lines of a statement, apart from what one side may leave out. */
function linesOf(statement: string): { readonly fixed: string; readonly left: ReadonlyMap<string, string> } {
  const lines = statement.split("\n");
  const left = lines.filter((line) => line.startsWith("? "));
  const pairs = left.map((line): [string, string] => [line.slice(0, line.indexOf(":")), line]);
  return { fixed: lines.filter((line) => !line.startsWith("? ")).join("\n"), left: new Map(pairs) };
}

/** Whether two statements in their normal form make the same object. */
export function isSameStatement(one: string, other: string): boolean {
  const [first, second] = [linesOf(one), linesOf(other)];
  if (first.fixed !== second.fixed) return false;
  return [...first.left].every(([what, line]) => (second.left.get(what) ?? line) === line);
}
