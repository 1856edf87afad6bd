import type { Breach, Change, ServerRule } from "../../src/compiler/server-rules.js";
import { identityOf } from "../../src/schema/columns.js";
import { nameText } from "../../src/schema/names.js";
import {
  columnOfCheck,
  columnOfCompositeKey,
  distinctColumns,
  enumDefaults,
  retypingOf,
  valuesOfComputed,
} from "../shared/rules/columns.js";
import { retypedSourceOfComputed, sourceOfComputed } from "../shared/rules/expressions.js";
import { foreignKeyTargets, foreignKeyTypes } from "../shared/rules/foreign-keys.js";
import { keyTypes } from "../shared/rules/key-types.js";
import { sameColumns } from "../shared/rules/keys.js";
import { columnsMentionedInChecks } from "../shared/rules/mentions.js";
import { distinctNames, isConstraint, isIndex } from "../shared/rules/names.js";

const manual = "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf";

const large = /^(?:N?CLOB|BLOB|BFILE|LONG(?: RAW)?|JSON|XMLTYPE|VECTOR)\b/;

/** Only the kind of a type has to be the same on both sides; lengths and digits may differ. */
function comparable(type: string): string | undefined {
  const [word = ""] = /^\w+/.exec(type) ?? [];
  if (/^(?:N?VARCHAR2|N?CHAR|VARCHAR)$/.test(word)) return word.startsWith("N") ? "NATIONAL TEXT" : "TEXT";
  if (/^(?:INTEGER|INT|SMALLINT|NUMBER|NUMERIC|DECIMAL|FLOAT|REAL|DOUBLE)$/.test(word)) return "NUMBER";
  return word;
}

/** A large object neither becomes another type nor comes of one by MODIFY. */
function* largeObject(change: Change<"alterColumn">): Iterable<Breach> {
  const retyping = retypingOf(change);
  if (retyping === undefined) return;
  const { from, to, column, table } = retyping;
  if (large.test(from) === large.test(to)) return;
  const name = nameText(column.name);
  yield {
    text: `"${nameText(table.name)}.${name}" cannot go from ${from} to ${to}.`,
    hint: `Add a column of the new type, copy the values by op.execute("UPDATE …"), drop "${name}", and give the new one its name.`,
  };
}

/** The server takes no value for an identity that it always counts itself. */
function* valuesOfIdentity({ before, operation }: Change<"bulkInsert">): Iterable<Breach> {
  const target = operation.table;
  const schema = target.kind === "table" ? target.schema : undefined;
  if (before.unknownBecauseOf(schema, target.name) !== undefined) return;
  const columns = before.table(schema, target.name)?.columns ?? (target.kind === "table" ? target.columns : []);
  const names = new Set(operation.rows.flatMap((row) => Object.keys(row)));
  for (const column of columns) {
    if (identityOf(column)?.always !== true || !names.has(nameText(column.name))) continue;
    yield {
      text: `"${nameText(target.name)}.${nameText(column.name)}" is GENERATED ALWAYS: a row cannot say its value.`,
      hint: "Leave the column out of the rows, or make the identity without always.",
    };
  }
}

/** What Oracle refuses: https://docs.oracle.com/en/error-help/db/ */
export const serverRules: readonly ServerRule[] = [
  {
    code: "column-exists",
    answer: "ORA-00957",
    page: `${manual}/CREATE-TABLE.html`,
    ofTable: distinctColumns(nameText),
  },
  {
    code: "name-taken",
    answer: "ORA-02264 or ORA-00955",
    page: `${manual}/Database-Object-Names-and-Qualifiers.html`,
    ofTable: distinctNames([
      { what: "constraints", has: isConstraint, reach: "schema" },
      {
        what: "indexes and keys",
        has: (item) => isIndex(item) || item.kind === "primaryKey" || item.kind === "unique",
        reach: "schema",
      },
    ]),
  },
  {
    code: "mentioned-column",
    answer: "ORA-00904",
    page: `${manual}/constraint.html`,
    ofTable: columnsMentionedInChecks,
  },
  {
    code: "foreign-key-types",
    answer: "ORA-02267",
    page: `${manual}/constraint.html`,
    ofTable: foreignKeyTypes(comparable),
  },
  {
    code: "foreign-key-target",
    answer: "ORA-02270, or ORA-02273 where the key is dropped",
    page: `${manual}/constraint.html`,
    ofTable: foreignKeyTargets(({ kind, columns }, referred) => kind !== "index" && sameColumns(columns, referred)),
  },
  {
    code: "key-type",
    answer: "ORA-02327 or ORA-02329",
    page: `${manual}/CREATE-INDEX.html`,
    ofTable: keyTypes(({ type, key, context }) => {
      if (!large.test(type)) return undefined;
      if (key.of.kind === "index" && context.options(key.of.options)["vector"] !== undefined) return undefined;
      return { why: "which no key or index takes", hint: "Use t.string(4000), or an index over an expression." };
    }),
  },
  {
    code: "composite-key-column",
    answer: "ORA-12991",
    page: `${manual}/ALTER-TABLE.html`,
    ofOperation: { dropColumn: columnOfCompositeKey },
  },
  {
    code: "check-column",
    answer: "ORA-12991",
    page: `${manual}/ALTER-TABLE.html`,
    ofOperation: { dropColumn: columnOfCheck },
  },
  {
    code: "computed-source",
    answer: "ORA-54031, 54032 or 54033",
    page: "https://docs.oracle.com/en/database/oracle/oracle-database/21/errmg/ORA-54000.html",
    ofOperation: {
      dropColumn: sourceOfComputed,
      *alterColumn(change) {
        yield* sourceOfComputed(change);
        yield* retypedSourceOfComputed(change);
      },
    },
  },
  {
    code: "large-object",
    answer: "ORA-22858 or ORA-22859",
    page: `${manual}/ALTER-TABLE.html`,
    ofOperation: { alterColumn: largeObject },
  },
  {
    code: "enum-default",
    answer: "ORA-02290",
    isOnlySaid: true,
    page: `${manual}/constraint.html`,
    ofTable: enumDefaults,
  },
  {
    code: "computed-value",
    answer: "ORA-54013",
    page: `${manual}/CREATE-TABLE.html`,
    ofOperation: { bulkInsert: valuesOfComputed },
  },
  {
    code: "identity-value",
    answer: "ORA-32795",
    page: `${manual}/CREATE-TABLE.html`,
    ofOperation: { bulkInsert: valuesOfIdentity },
  },
];
