import type { Fates, RoutineRules, RoutineText } from "../../src/catalog/dependent-rules.js";
import { lateFates } from "../shared/dependents.js";

/** What begins a block of PL/pgSQL: a label, declarations or BEGIN. */
const block = /^(?:<<|declare\b|begin\b(?!\s+atomic\b))/i;
/** A body in the grammar of SQL itself, which stands without quotes. */
const standardBody = /^(?:begin\s+atomic\b|return\b)/i;

/** The language of a body: that of a block is PL/pgSQL unless said otherwise. */
export function languageOf(text: string, language: string | undefined): string {
  return language?.toLowerCase() ?? (block.test(text) ? "plpgsql" : "sql");
}

/** Whether a body stands in the grammar of SQL itself, without quotes. */
export function isStandardBody(text: string, language: string): boolean {
  return language === "sql" && standardBody.test(text);
}

const tracked: Fates = { dropTable: "refuses", dropColumn: "refuses", rename: "follows", retype: "refuses" };

/**
 * The server keeps what a body in the grammar of SQL itself names; one in quotes is text, which it reads when it runs. A
 * column goes before a parameter of its name in SQL, and PL/pgSQL refuses to tell.
 * https://www.postgresql.org/docs/current/ddl-depend.html
 * https://www.postgresql.org/docs/current/xfunc-sql.html#XFUNC-SQL-FUNCTION-ARGUMENTS
 * https://www.postgresql.org/docs/current/plpgsql-implementation.html#PLPGSQL-VAR-SUBST
 */
export function routineRules({ body, language: said }: RoutineText): RoutineRules | undefined {
  const language = languageOf(body, said);
  if (isStandardBody(body, language)) return { fates: tracked, variablesGoFirst: false, starIsOfUse: false };
  if (language !== "sql" && language !== "plpgsql") return undefined;
  return { fates: lateFates, variablesGoFirst: language === "plpgsql", starIsOfUse: true };
}
