import type { RenderContext } from "../../src/compiler/render-context.js";
import type { CreateTable } from "../../src/operations/create-table.js";
import type { CreateIndex } from "../../src/operations/create-index.js";
import type { DropIndex } from "../../src/operations/drop-index.js";
import { tableOfIndex } from "../../src/operations/drop-index.js";
import type { MysqlIndexOptions, MysqlKeyOptions } from "../../src/schema/dialect-options.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { isSqlText } from "../../src/schema/expressions.js";
import type { Index } from "../../src/schema/indexes.js";
import type { Name } from "../../src/schema/names.js";
import { nameText, sameName } from "../../src/schema/names.js";
import { indexNameOf } from "../shared/indexes.js";
import { has, lacks, need } from "./features.js";

/** An option that is one bare word of SQL. */
function word(value: unknown, option: string, context: RenderContext): string {
  if (typeof value === "string" && /^\w+$/.test(value)) return value;
  throw context.unsupported(
    `The option ${option} is ${JSON.stringify(value)}, which is not one word.`,
    "Write a word.",
  );
}

/** ` USING method`: never in quotes, which the server refuses. */
export function indexMethod(using: unknown, context: RenderContext): string {
  return using === undefined ? "" : ` USING ${word(using, "using", context)}`;
}

/** A column, perhaps with a length or an order, or an expression that has its own parentheses. */
const keyPart = /^\s*(?:\(.*|(?:`(?:[^`]|``)+`|[\w$]+)\s*(?:\(\s*\d+\s*\))?(?:\s+(?:asc|desc))?\s*)$/is;

/** An expression in an index needs parentheses of its own. */
function expressionPart(expression: SqlText, context: RenderContext): string {
  const text = context.sql(expression);
  const written = keyPart.test(text) && !text.trim().startsWith("(");
  if (written) return text;
  const instead = "Index a computed column: column(…, { computed: computed(sql`…`) }).";
  if (context.onTrust) {
    if (!has("functionalIndexes", context))
      context.notice(lacks("functionalIndexes", "functional indexes", instead, context).message);
    else if (!keyPart.test(text))
      context.notice(`An expression in an index needs parentheses: write sql\`(${text})\`.`);
    return text;
  }
  need("functionalIndexes", "functional indexes", instead, context);
  if (keyPart.test(text)) return text;
  const [, body = text, order = ""] = /^(.*?)(\s+(?:asc|desc))?\s*$/is.exec(text) ?? [];
  return `(${body.trim()})${order.toUpperCase()}`;
}

/** The columns of an index or a key, each with how much of it is in there. */
export function keyParts(
  columns: Index["columns"],
  { length }: Pick<MysqlKeyOptions, "length">,
  context: RenderContext,
): string {
  const lengthOf = (column: Name | SqlText): number | undefined => {
    if (typeof length !== "object") return length;
    return length[isSqlText(column) ? context.sql(column) : nameText(column)];
  };
  return columns
    .map((column) => {
      const part = isSqlText(column) ? expressionPart(column, context) : context.name(column);
      const characters = lengthOf(column);
      return characters === undefined ? part : `${part}(${characters})`;
    })
    .join(", ");
}

function partsOf(index: Index, context: RenderContext): string {
  return keyParts(index.columns, context.options(index.options), context);
}

function kindOf(index: Index, context: RenderContext): string {
  const { prefix } = context.options(index.options) as MysqlIndexOptions;
  return (index.unique ? "UNIQUE " : "") + (prefix === undefined ? "" : `${word(prefix, "prefix", context)} `);
}

function behindParts(index: Index, context: RenderContext): string {
  const { withParser, using, comment, visible } = context.options(index.options) as MysqlIndexOptions;
  const parser = withParser === undefined ? "" : ` WITH PARSER ${word(withParser, "withParser", context)}`;
  const text = comment === undefined ? "" : ` COMMENT ${context.literal(comment)}`;
  return parser + indexMethod(using, context) + text + (visible === false ? invisible(context) : "");
}

/** An index that is kept and not used: https://dev.mysql.com/doc/refman/8.4/en/invisible-indexes.html */
function invisible(context: RenderContext): string {
  need("invisibleIndexes", "invisible indexes", "Leave visible out.", context);
  return context.dialect.name === "mariadb" ? " IGNORED" : " INVISIBLE";
}

/**
 * The indexes that have to stand inside CREATE TABLE: all of a table that may exist, where CREATE INDEX cannot ask for that;
 * else the key that a counted column begins, without which the server takes no AUTO_INCREMENT.
 */
export function indexesInside({ table, ifNotExists }: CreateTable, context: RenderContext): readonly Index[] {
  if (ifNotExists && !has("existenceTests", context)) return table.indexes;
  const counted = table.columns.filter(({ autoincrement }) => autoincrement === "always").map(({ name }) => name);
  const isKeyOf = ({ columns: [first] }: Index): boolean =>
    first !== undefined && !isSqlText(first) && counted.some((name) => sameName(name, first));
  return table.indexes.filter(isKeyOf).slice(0, 1);
}

/** An index as it stands inside CREATE TABLE. */
export function indexItem(index: Index, context: RenderContext): string {
  const name = indexNameOf(index, context);
  return `${kindOf(index, context)}INDEX ${name} (${partsOf(index, context)})${behindParts(index, context)}`;
}

export function createIndex(operation: CreateIndex, context: RenderContext): string {
  const { index, ifNotExists, schema, tableName } = operation;
  if (ifNotExists) {
    need("existenceTests", "CREATE INDEX IF NOT EXISTS", "Leave ifNotExists out.", context);
  }
  const exists = ifNotExists ? "IF NOT EXISTS " : "";
  const target = `${indexNameOf(index, context)} ON ${context.qualified(schema, tableName)}`;
  return (
    `CREATE ${kindOf(index, context)}INDEX ${exists}${target} ` +
    `(${partsOf(index, context)})${behindParts(index, context)}`
  );
}

/** The table of an index: as the author says, else as replayed. */
function tableNameOf(operation: DropIndex, context: RenderContext): Name {
  const tableName = operation.tableName ?? tableOfIndex(context.before, operation)?.name;
  if (tableName !== undefined) return tableName;
  const problem = `The table of index "${nameText(operation.indexName)}" is not known, and DROP INDEX has to name it.`;
  const remedy = 'Write op.dropIndex(name, { tableName: "…" }).';
  context.refuseUnlessOnTrust(problem, remedy);
  return "no_table"; // Alembic's stand-in, which no server has: the statement fails instead of doing harm
}

export function dropIndex(operation: DropIndex, context: RenderContext): string {
  const { schema, indexName, ifExists } = operation;
  if (ifExists) need("existenceTests", "DROP INDEX IF EXISTS", "Leave ifExists out.", context);
  const table = context.qualified(schema, tableNameOf(operation, context));
  return `DROP INDEX ${ifExists ? "IF EXISTS " : ""}${context.indexName(indexName)} ON ${table}`;
}
