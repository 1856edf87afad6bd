/** Words behind which a table stands. */
export const beforeTables: ReadonlySet<string> = new Set([
  ...["FROM", "JOIN", "INTO", "UPDATE", "USING", "APPLY", "TRUNCATE"],
]);

/** Words that end a list of tables. */
export const afterTables: ReadonlySet<string> = new Set([
  ...["WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "FETCH", "UNION", "INTERSECT", "EXCEPT", "MINUS", "SET"],
  ...["VALUES", "SELECT", "PERFORM", "WINDOW", "RETURNING", "OUTPUT", "WHEN", "THEN", "CONNECT", "QUALIFY", "BEGIN"],
  ...["LOOP", "DELETE"],
]);

/** Other words that are no names. */
export const otherWords: ReadonlySet<string> = new Set([
  ...["AND", "OR", "NOT", "ON", "BY", "CASE", "ELSE", "BETWEEN", "IN", "LIKE", "ILIKE", "IS", "AS", "DISTINCT", "ALL"],
  ...["ANY", "SOME", "EXISTS", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "NATURAL", "ONLY", "LATERAL"],
  ...["WITH", "RECURSIVE", "INSERT", "REPLACE", "IGNORE", "FOR", "IF", "ELSEIF", "ELSIF", "WHILE", "RETURN", "DO"],
  ...["COLLATE", "OVER", "PARTITION", "ESCAPE", "SIMILAR", "DIV", "MOD", "XOR", "RLIKE", "REGEXP", "GLOB", "MATCH"],
  ...["MERGE", "CALL", "DECLARE", "FILTER", "WITHIN", "ASC", "DESC", "INTERVAL", "STRAIGHT_JOIN"],
]);

/** Words that stand where a value does. */
export const valueWords: ReadonlySet<string> = new Set([
  ...["NULL", "TRUE", "FALSE", "END", "DEFAULT", "CURRENT_TIMESTAMP", "CURRENT_DATE"],
]);

/** Functions in whose parentheses FROM stands before no table. */
const withFrom: ReadonlySet<string> = new Set(["EXTRACT", "TRIM", "SUBSTRING", "OVERLAY", "POSITION"]);

/** Functions that begin with a unit of time, which is no column: `DATEDIFF(day, …)`, `EXTRACT(year FROM …)`. */
export const withUnit: ReadonlySet<string> = new Set([
  ...["EXTRACT", "DATEADD", "DATEDIFF", "DATEDIFF_BIG", "DATENAME", "DATEPART", "DATETRUNC", "DATE_BUCKET"],
  ...["TIMESTAMPADD", "TIMESTAMPDIFF"],
]);

/** Words between INSERT, REPLACE or MERGE and their INTO. */
const insertWords: ReadonlySet<string> = new Set([
  ...["INSERT", "REPLACE", "MERGE", "IGNORE", "LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "ALL", "FIRST"],
  ...["ROLLBACK", "ABORT", "FAIL"],
]);

/** Words and signs of bodies behind which a statement begins; "" stands for where the text begins. */
const beforeStatements: ReadonlySet<string | undefined> = new Set([
  ...["", ";", ">", "THEN", "ELSE", "LOOP", "DO", "BEGIN", "ATOMIC", "AS", "IS", "FOR", "QUERY"],
]);

/** What stands around a word; undefined is what is no word, such as a name in quotes. */
interface Surroundings {
  readonly before: string | undefined;
  readonly next: string | undefined;
  /** The statement that the word stands in is a MERGE, whose branches are written as statements are. */
  readonly inMerge: boolean;
}

/** Whether a statement begins with a word, though no semicolon may stand before it. */
export function beginsStatement(word: string, { before, next, inMerge }: Surroundings): boolean {
  switch (word) {
    case "UPDATE":
      if (["FOR", "ON", "OR", "KEY", "BEFORE", "AFTER", ","].includes(before ?? "")) return false;
      return next !== "SET" && next !== "(";
    case "INSERT":
      if (["FOR", "ON", "OR", "BEFORE", "AFTER", ","].includes(before ?? "")) return false;
      return !(inMerge && before === "THEN") && next !== "(";
    case "DELETE":
      if (["FOR", "ON", "OR", "BEFORE", "AFTER", ","].includes(before ?? "")) return false;
      return !(inMerge && before === "THEN");
    case "SELECT":
    case "WITH":
    case "REPLACE":
    case "SET":
      return beforeStatements.has(before) && !(word === "REPLACE" && next === "(");
    case "PERFORM":
    case "MERGE":
    case "TRUNCATE":
    case "FETCH":
      return beforeStatements.has(before);
    default:
      return false;
  }
}

/** What stands around one of the words behind which a table may stand. */
interface AroundTable {
  readonly before: string | undefined;
  readonly twoBefore: string | undefined;
  readonly next: string | undefined;
  readonly second: string | undefined;
  /** How its statement begins. */
  readonly verb: string | undefined;
  /** The function in whose parentheses it stands. */
  readonly ofFunction: string | undefined;
}

/** Whether a word behind which a table may stand is a part of something else there. */
export function standsBeforeNoTable(word: string, around: AroundTable): boolean {
  const { before, twoBefore, next, second, verb, ofFunction } = around;
  switch (word) {
    case "FROM":
      return before === "DISTINCT" || before === "FETCH" || twoBefore === "FETCH" || withFrom.has(ofFunction ?? "");
    case "INTO":
      // elsewhere it stands before variables: SELECT … INTO x
      return !insertWords.has(before ?? "");
    case "USING":
      return (next === "(" && second !== "SELECT") || (verb !== "DELETE" && verb !== "MERGE");
    case "UPDATE":
      return next === "(" || next === "SET" || ["FOR", "ON", "OR", "KEY", "BEFORE", "AFTER"].includes(before ?? "");
    default:
      return false;
  }
}
