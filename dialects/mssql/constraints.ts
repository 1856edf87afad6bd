import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Constraint, ForeignKey } from "../../src/schema/constraints.js";
import { checkText, constraintPreamble, foreignKeyText, sharedConstraints } from "../shared/constraints.js";

/** A constraint without its deferral: SQL Server checks at every statement, and has no words for it. */
function immediate<C extends Constraint>(constraint: C, context: RenderContext): C {
  const { deferrable, initially } = constraint;
  if (deferrable === true || initially?.toUpperCase() === "DEFERRED") {
    throw context.unsupported(
      "SQL Server has no deferrable constraints: each is checked at the end of every statement.",
      "Leave deferrable and initially out, and order the statements so that each leaves the data valid.",
    );
  }
  return { ...constraint, deferrable: undefined, initially: undefined };
}

const actions: ReadonlySet<string> = new Set(["NO ACTION", "CASCADE", "SET NULL", "SET DEFAULT"]);

function checkAction(clause: string, action: string | undefined, context: RenderContext): void {
  if (action !== undefined && !actions.has(action.toUpperCase())) {
    throw context.unsupported(
      `SQL Server has no ${clause} ${action}.`,
      `It has ${[...actions].join(", ")}; NO ACTION refuses as RESTRICT does.`,
    );
  }
}

function checkMatch({ match }: ForeignKey, context: RenderContext): void {
  if (match === undefined) return;
  if (match.toUpperCase() !== "SIMPLE") {
    throw context.unsupported(
      `SQL Server has no MATCH ${match}: a foreign key with a NULL in it is never checked.`,
      "Leave match out, and make the columns NOT NULL or add a check that they are NULL together.",
    );
  }
  context.refuseUnlessOnTrust(
    "SQL Server has no MATCH clause, and would refuse the statement.",
    "Leave match out: MATCH SIMPLE is what it does anyway.",
  );
}

function clustering(constraint: Constraint, context: RenderContext): string {
  const { clustered } = context.options(constraint.options) as { readonly clustered?: boolean };
  return clustered === undefined ? "" : clustered ? "CLUSTERED " : "NONCLUSTERED ";
}

export const constraints: Dialect["constraints"] = {
  ...sharedConstraints,
  primaryKey(key, context) {
    immediate(key, context);
    return `${constraintPreamble(key, context)}PRIMARY KEY ${clustering(key, context)}(${context.names(key.columns)})`;
  },
  unique(unique, context) {
    immediate(unique, context);
    return `${constraintPreamble(unique, context)}UNIQUE ${clustering(unique, context)}(${context.names(unique.columns)})`;
  },
  foreignKey(key, context) {
    checkMatch(key, context);
    checkAction("ON DELETE", key.onDelete, context);
    checkAction("ON UPDATE", key.onUpdate, context);
    return foreignKeyText(immediate(key, context), context);
  },
  check: (check, context) => checkText(immediate(check, context), context),
};
