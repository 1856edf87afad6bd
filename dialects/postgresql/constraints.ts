import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Constraint, Exclude, PrimaryKey, Unique } from "../../src/schema/constraints.js";
import { isSqlText } from "../../src/schema/expressions.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { checkText, constraintPreamble, deferral, foreignKeyText } from "../shared/constraints.js";
import { has } from "./features.js";

/** `INCLUDE (…)`: columns that an index holds without ordering by them. */
export function includeText(include: unknown, context: RenderContext): string {
  const columns = (include ?? []) as readonly string[];
  return columns.length === 0 ? "" : ` INCLUDE (${context.names(columns)})`;
}

/** `NULLS [NOT] DISTINCT`, from version 15. */
export function nullsDistinct(notDistinct: unknown, context: RenderContext): string {
  if (notDistinct === undefined) return "";
  if (!has("nullsNotDistinct", context)) {
    throw context.unsupported(
      `PostgreSQL ${context.version} has no NULLS NOT DISTINCT; version 15 has.`,
      "Remove nullsNotDistinct, or set targetVersion to 15.",
    );
  }
  return notDistinct === true ? "NULLS NOT DISTINCT" : "NULLS DISTINCT";
}

function validity(constraint: Constraint, context: RenderContext): string {
  return context.options(constraint.options)["notValid"] === true ? " NOT VALID" : "";
}

function exclude(constraint: Exclude, context: RenderContext): string {
  const classes = (context.options(constraint.options)["ops"] ?? {}) as Readonly<Record<string, string>>;
  const elements = constraint.elements.map(({ expression, operator }) => {
    const operatorClass = isSqlText(expression) ? undefined : classes[nameText(expression)];
    const text = context.columnOrExpression(expression);
    return `${text}${operatorClass === undefined ? "" : ` ${operatorClass}`} WITH ${operator}`;
  });
  const where = constraint.where === undefined ? "" : ` WHERE (${context.sql(constraint.where)})`;
  const using = (constraint.using ?? "gist").toLowerCase();
  const preamble = constraintPreamble(constraint, context);
  return `${preamble}EXCLUDE USING ${using} (${elements.join(", ")})${where}${deferral(constraint)}`;
}

/** The index that becomes the constraint's own, in place of the columns: it has to be there already. */
function usingIndex(key: PrimaryKey | Unique, context: RenderContext, table: Table | undefined): string | undefined {
  const index = context.options(key.options)["usingIndex"] as string | undefined;
  if (index === undefined) return undefined;
  if (table !== undefined) {
    throw context.unsupported(
      `A new table has no index "${index}" for a constraint to use.`,
      "Leave usingIndex out, or create the index and add the constraint after it.",
    );
  }
  return `${constraintPreamble(key, context)}${key.kind === "unique" ? "UNIQUE" : "PRIMARY KEY"} USING INDEX ${context.name(index)}${deferral(key)}`;
}

export const constraints: Dialect["constraints"] = {
  primaryKey(key, context, table) {
    const using = usingIndex(key, context, table);
    if (using !== undefined) return using;
    const include = includeText(context.options(key.options)["include"], context);
    return `${constraintPreamble(key, context)}PRIMARY KEY (${context.names(key.columns)})${include}${deferral(key)}`;
  },
  unique(unique, context, table) {
    const using = usingIndex(unique, context, table);
    if (using !== undefined) return using;
    const options = context.options(unique.options);
    const nulls = nullsDistinct(options["nullsNotDistinct"], context);
    const columns = `UNIQUE ${nulls === "" ? "" : `${nulls} `}(${context.names(unique.columns)})`;
    return constraintPreamble(unique, context) + columns + includeText(options["include"], context) + deferral(unique);
  },
  foreignKey: (key, context) => foreignKeyText(key, context) + validity(key, context),
  check: (check, context) => checkText(check, context) + validity(check, context),
  exclude,
};
