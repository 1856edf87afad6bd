import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import { singleQuotes } from "../shared/sql-text/quotes.js";
import { stringParts } from "./literals.js";

/** What a comment is on: a table, or a column of it. */
export interface CommentTarget {
  readonly schema: Name | undefined;
  readonly tableName: Name;
  readonly columnName?: Name;
}

/** 7,500 bytes: https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-addextendedproperty-transact-sql */
const longestComment = 3750;

/** The schema that has the table, and the database before it, whose procedure is then called. */
function schemaPath(schema: Name | undefined, context: RenderContext): { procedure: string; schema: string } {
  if (typeof schema !== "string") return { procedure: "", schema: context.name(schema ?? "dbo") };
  const parts = schema.split(".");
  const owner = parts.pop() ?? "dbo";
  const database = parts.map((part) => `${context.name(part)}.`).join("");
  return { procedure: database === "" ? "" : `${database}sys.`, schema: context.name(owner) };
}

function levels({ tableName, columnName }: CommentTarget, schema: string, context: RenderContext): string {
  const column = columnName === undefined ? "" : `, 'column', ${context.name(columnName)}`;
  return `'schema', ${schema}, 'table', ${context.name(tableName)}${column}`;
}

/** Comments are extended properties of the name MS_Description, which Management Studio shows. */
const property = singleQuotes("MS_Description");

/**
 * Sets a comment where there is none (`add`) or where there is one (`update`). An argument of EXEC cannot be an
 * expression, so a comment that has to be joined from pieces passes through a variable.
 */
export function setComment(
  word: "exec" | "execute",
  verb: "add" | "update",
  comment: string,
  target: CommentTarget,
  context: RenderContext,
): string {
  if (comment.length > longestComment) {
    throw context.unstorable(
      `The comment on ${nameText(target.columnName ?? target.tableName)} has ${comment.length} characters; SQL Server takes ${longestComment}.`,
      "Shorten it.",
    );
  }
  const { procedure, schema } = schemaPath(target.schema, context);
  const parts = stringParts(comment, true, context);
  const call = (value: string): string =>
    `${word} ${procedure}sp_${verb}extendedproperty ${property}, ${value}, ${levels(target, schema, context)}`;
  if (parts.length === 1) return call(parts[0] ?? "");
  return `declare @comment nvarchar(${longestComment}) = ${parts.join(" + ")}\n${call("@comment")}`;
}

/** Removes a comment. */
export function dropComment(word: "exec" | "execute", target: CommentTarget, context: RenderContext): string {
  const { procedure, schema } = schemaPath(target.schema, context);
  return `${word} ${procedure}sp_dropextendedproperty ${property}, ${levels(target, schema, context)}`;
}
