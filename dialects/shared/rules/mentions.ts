import type { Breach, TableView } from "../../../src/compiler/server-rules.js";
import { computedOf } from "../../../src/schema/columns.js";
import { isSqlText, type SqlText } from "../../../src/schema/expressions.js";
import { nameText } from "../../../src/schema/names.js";
import { constraintsOf, type Table } from "../../../src/schema/tables.js";
import { nearest } from "../../../src/suggestion.js";

/** Words of expressions that are no columns, on any of the servers: operators, types, units, and what stands for a value. */
const words: ReadonlySet<string> = new Set(
  `
  all and any array as asc ascii at based between binary both by byte calculate case cast char character check collate
  collation columns concat conv convert current current_catalog current_date current_role current_schema current_time
  current_timestamp current_user day day_hour day_microsecond day_minute day_second dbtimezone default desc distinct div
  document else empty end epoch error escape except exists false first following for from glob hour hour_microsecond
  hour_minute hour_second ilike in indexed infinity intersect interval into is isnull json key language last leading level
  like localtime localtimestamp local match microsecond millisecond minute minute_microsecond minute_second mod mode month
  multiset natural nan new not notnull null nulls object of old on only or order oj others outer over overlaps overlay
  over partition path placing preceding prior quarter query quote quotes raise range regexp returning rlike row rownum rows
  second second_microsecond select sessiontimezone session_user similar some sounds strict submultiset symmetric sysdate
  sysname systimestamp system system_user table then time to trailing true type uid unbounded unique unknown user using utc_date
  utc_time utc_timestamp value values variadic wrapper week when where with within without xor year year_month yes zone
  bigint bigserial bit blob bool boolean box bpchar bytea cidr circle citext clob date datemultirange daterange datetime
  datetime2 datetimeoffset dec decimal double double_precision fixed float float4 float8 geography geometry hstore image inet
  int int2 int4 int4range int8 int8range integer jsonb jsonpath line long longblob longtext lseg macaddr macaddr8 mediumblob
  mediumint mediumtext middleint money name national nchar nclob ntext number numeric numrange nvarchar nvarchar2 oid path
  point polygon precision raw real regclass regconfig regproc regtype rowid rowversion serial signed smalldatetime smallint
  smallmoney smallserial sql_variant text timestamp timestamptz timetz tinyblob tinyint tinytext tsquery tsrange tstzrange
  tsvector txid_snapshot uniqueidentifier unsigned uuid varbinary varbit varchar varchar2 varying vector xml zerofill
  nocase rtrim nodefault ltrim no action persisted stored virtual generated always identity pg_catalog c posix
`
    .trim()
    .split(/\s+/),
);

/** Columns that a table has without saying so, and constants: on any of the servers. */
const unsaid: ReadonlySet<string> = new Set(
  `
  tableoid ctid xmin xmax cmin cmax rowid oid row_start row_end my_row_id fts_doc_id physloc lockres
  ora_rowscn column_value object_id object_value nextval currval connect_by_isleaf connect_by_iscycle
  binary_double_infinity binary_double_nan binary_float_infinity binary_float_nan
  normalized nfc nfd nfkc nfkd
`
    .trim()
    .split(/\s+/),
);

/**
 * A string, a number, a parameter or cast with what it casts to, or a word that is not called and no part of a name. What is
 * in quotes of any kind is passed over, since some servers take it for a string.
 */
const token =
  /[\p{L}_]*'(?:[^']|'')*'|\$([A-Za-z_]*)\$[\s\S]*?\$\1\$|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|::\s*[\w."]+(?:\s*\([^)]*\))?|\b(?:as|collate|from|over|using|zone|set|extract\s*\()\s+[\w.]+|[@:#$]+[\w$]+|\d[\w.]*|\.\s*[\p{L}_][\p{L}\p{N}_$]*|([\p{L}_][\p{L}\p{N}_$]*)(?![\p{L}\p{N}_$])(?!\s*[(.'"`[:]|\s*=>)/giu;

const comment = /('(?:[^']|'')*')|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** Behind one of these stands a value, and so does what is an argument of one of the functions. */
const beforeValue =
  /(?:[-+*/%<=]|[^-=]>|\|\||\b(?:lower|upper|length|char_length|character_length|octet_length|len|trim|ltrim|rtrim|abs|year|month|day|md5|floor|ceil|ceiling|round|coalesce|nullif|ifnull|nvl|substr|substring|reverse)\s*\()\s*$/i;
/** Before one of these stands a value. */
const afterValue =
  /^\s*(?:[-+*/%<>]|=(?!>)|!=|\|\||(?:not\s+)?(?:in\s*\(|like\b|ilike\b|between\b)|is\s+(?:not\s+)?null\b)/i;
const inFunction = /\(\s*$/;
const endOfArgument = /^\s*[,)]/;

/**
 * The words that can be nothing but columns. Each server has words of its own, and new ones in each version, in places where
 * no column may stand; so a word counts only where it stands beside an operator, or alone as the argument of a function
 * that takes values.
 */
function wordsOf(text: string): readonly string[] {
  const code = text.replace(comment, (_all, string: string | undefined) => string ?? " ");
  return [...code.matchAll(token)].flatMap((match) => {
    const [all, , word] = match;
    if (word === undefined || word.startsWith("_")) return [];
    const before = code.slice(0, match.index);
    const after = code.slice(match.index + all.length);
    const isArgument = inFunction.test(before) && endOfArgument.test(after);
    const isValue = beforeValue.test(before) && (isArgument || !inFunction.test(before));
    return isValue || afterValue.test(after) ? [word] : [];
  });
}

/** The bare words of an expression that no column of the table has and that stand for nothing else. */
function strangers(expression: SqlText, table: Table): readonly string[] {
  const known = new Set(table.columns.map(({ name }) => nameText(name).toLowerCase()));
  known.add(nameText(table.name).toLowerCase());
  return expression.parts.flatMap((part) => {
    if (typeof part !== "string") return [];
    return wordsOf(part).filter((word) => {
      const folded = word.toLowerCase();
      return !known.has(folded) && !words.has(folded) && !unsaid.has(folded);
    });
  });
}

interface Expression {
  readonly title: string;
  readonly text: SqlText;
}

function* checksOf(table: Table): Iterable<Expression> {
  for (const constraint of constraintsOf(table)) {
    if (constraint.kind !== "check" || constraint.boundTo !== undefined) continue;
    const title = constraint.name === undefined ? "a check" : `the check "${nameText(constraint.name)}"`;
    yield { title, text: constraint.condition };
  }
}

function* computedAndIndexesOf(table: Table): Iterable<Expression> {
  for (const column of table.columns) {
    const computed = computedOf(column);
    if (computed !== undefined)
      yield { title: `the computed column "${nameText(column.name)}"`, text: computed.expression };
  }
  for (const index of table.indexes) {
    for (const item of index.columns) {
      if (isSqlText(item))
        yield { title: index.name === undefined ? "an index" : `the index "${nameText(index.name)}"`, text: item };
    }
  }
}

/** Checks, indexes and computed columns speak of columns that the table has. */
export function mentionedColumns({ table }: TableView): Iterable<Breach> {
  return mentionsIn(table, [...checksOf(table), ...computedAndIndexesOf(table)]);
}

/** Checks alone, where functions without parentheses may stand in the others. */
export function columnsMentionedInChecks({ table }: TableView): Iterable<Breach> {
  return mentionsIn(table, checksOf(table));
}

function* mentionsIn(table: Table, expressions: Iterable<Expression>): Iterable<Breach> {
  for (const { title, text } of expressions) {
    const columns = table.columns.map(({ name }) => nameText(name));
    for (const word of strangers(text, table)) {
      const candidate = nearest(word, columns);
      yield {
        text: `${title} of "${nameText(table.name)}" speaks of "${word}", which is no column of the table.`,
        hint: candidate === undefined ? `The columns are ${columns.join(", ")}.` : `Did you mean "${candidate}"?`,
      };
    }
  }
}
