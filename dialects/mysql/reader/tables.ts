import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { Cursor, QualifiedName } from "../../shared/reader/cursor.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import type { TableOptions } from "../../shared/reader/grammar.js";
import type { Token } from "../../shared/sql-text/tokens.js";
import { charsetIn, otherOptions } from "../charsets.js";

/** Clauses of ALTER TABLE about rows, or about how the statement itself goes, by their first words. */
const ignoredClauses: Readonly<Record<string, IgnoringRule>> = Object.fromEntries([
  ...["ALGORITHM", "LOCK", "FORCE", "WITH", "WITHOUT", "WAIT", "NOWAIT"].map((word) => [word, "session"] as const),
  ...["ENABLE", "DISABLE", "ORDER", "ANALYZE", "CHECK", "OPTIMIZE", "REPAIR", "REBUILD"].map(
    (word) => [word, "maintenance"] as const,
  ),
  ...["TRUNCATE", "DISCARD", "IMPORT", "EXCHANGE"].map((word) => [word, "rows"] as const),
]);

const partitionOptions = ["partitionBy", "partitions", "subpartitionBy", "subpartitions"];

/** What the options of `ALTER TABLE` make of a table. */
function optionsChange(table: QualifiedName, { options, comment }: TableOptions): CatalogChange {
  const said = (options.mysql ?? {}) as Readonly<Record<string, string | number>>;
  const charset = charsetIn(said);
  const others = otherOptions(said);
  const names = Object.keys(others);
  const removed = names.some((name) => partitionOptions.includes(name)) ? [...partitionOptions, ...names] : names;
  return {
    change: "changeTableOptions",
    table,
    removed: { mysql: removed, mariadb: removed },
    added: { mysql: others },
    ...(comment !== undefined && { comment: comment === "" ? null : comment }),
    ...(charset !== undefined && { defaultCharset: charset }),
  };
}

function charsetWordsIn(tokens: readonly Token[]): number {
  const words = ["CHARACTER", "CHARSET", "COLLATE", "ASCII", "UNICODE", "BINARY"];
  return tokens.filter(({ kind, value }) => kind === "word" && words.includes(value)).length;
}

/** A clause of ALTER TABLE that begins with none of its verbs: options of the table, for the most part. */
export function readAlterOptions(
  clause: Cursor,
  table: QualifiedName,
  readTableOptions: (cursor: Cursor) => TableOptions,
): readonly CatalogChange[] | IgnoringRule {
  const rule = ignoredClauses[clause.word() ?? ""];
  if (rule !== undefined) {
    clause.rest();
    return rule;
  }
  if (clause.accept("CONVERT", "TO")) {
    if (charsetWordsIn(clause.tokens) < charsetWordsIn(clause.statement.tokens)) {
      throw new NotUnderstood("a conversion along with columns in a character set of their own");
    }
    const { options } = readTableOptions(clause);
    const charset = charsetIn((options.mysql ?? {}) as Readonly<Record<string, string>>);
    // without a name it is the set of the database, which is not known
    if (charset?.charset === undefined || charset.charset.toUpperCase() === "DEFAULT") {
      throw new NotUnderstood("the character set of the database");
    }
    return [{ change: "convertCharset", table, to: charset }];
  }
  if (clause.accept("REMOVE", "PARTITIONING")) {
    const removed = { mysql: partitionOptions, mariadb: partitionOptions };
    return [{ change: "changeTableOptions", table, removed, added: {} }];
  }
  if (clause.peek()?.kind !== "word" || clause.isAt("COALESCE") || clause.isAt("REORGANIZE")) {
    throw new NotUnderstood(`ALTER TABLE … ${clause.peek()?.text}`);
  }
  return [optionsChange(table, readTableOptions(clause))];
}
