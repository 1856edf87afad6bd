import type { RenderContext } from "../../src/compiler/render-context.js";
import type { CreateFunction, CreateProcedure, DropFunction, DropProcedure } from "../../src/operations/routines.js";
import { isSqlText } from "../../src/schema/expressions.js";
import type { ObjectOperations } from "../shared/objects.js";
import { phrase, words } from "../shared/objects.js";
import { has } from "./features.js";
import { isStandardBody, languageOf } from "./routine-rules.js";

/**
 * Text between dollar signs, with a tag that does not occur in it: nothing in the text has to change.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-DOLLAR-QUOTING
 */
export function dollarQuoted(text: string): string {
  for (let number = 0; ; number++) {
    const tag = number === 0 ? "$$" : `$body${number === 1 ? "" : number}$`;
    if ((text + tag).indexOf(tag) === text.length) return tag + text + tag;
  }
}

/** LANGUAGE and the body. */
function bodyText(operation: CreateFunction | CreateProcedure, context: RenderContext): string {
  const { body, attributes } = operation;
  const text = context.sql(body, "quoted").trim();
  const language = languageOf(text, phrase(operation.language, "language", context));
  const isStandard = isStandardBody(text, language);
  if (isStandard && !has("standardBodies", context)) {
    throw context.unsupported(
      `PostgreSQL ${context.version} takes no body in SQL's own grammar (${text.slice(0, 12).trim()} …); version 14 does.`,
      "Write the statements alone, such as SELECT …, or set targetVersion to 14.",
    );
  }
  return words(
    `LANGUAGE ${language}`,
    attributes && context.sql(attributes).trim(),
    isStandard ? context.authorsText(text, "end").replace(/(?:\s*;)+$/, "") : `AS ${dollarQuoted(text)}`,
  );
}

function routineName({ schema, name, parameters }: CreateFunction | CreateProcedure, context: RenderContext): string {
  return `${context.qualified(schema, name)}(${parameters === undefined ? "" : context.sql(parameters).trim()})`;
}

function dropText(kind: string, operation: DropFunction | DropProcedure, context: RenderContext): string {
  const { schema, name, parameters, ifExists } = operation;
  const list = parameters === undefined ? "" : `(${context.sql(parameters).trim()})`;
  return words(`DROP ${kind}`, ifExists && "IF EXISTS", context.qualified(schema, name) + list);
}

export const routines: Pick<ObjectOperations, "createFunction" | "createProcedure" | "dropFunction" | "dropProcedure"> =
  {
    createFunction: (operation, context) =>
      words(
        operation.replace ? "CREATE OR REPLACE FUNCTION" : "CREATE FUNCTION",
        routineName(operation, context),
        `RETURNS ${isSqlText(operation.returns) ? context.sql(operation.returns).trim() : context.type(operation.returns)}`,
        bodyText(operation, context),
      ),
    createProcedure: (operation, context) =>
      words(
        operation.replace ? "CREATE OR REPLACE PROCEDURE" : "CREATE PROCEDURE",
        routineName(operation, context),
        bodyText(operation, context),
      ),
    dropFunction: (operation, context) => dropText("FUNCTION", operation, context),
    dropProcedure: (operation, context) => dropText("PROCEDURE", operation, context),
  };
