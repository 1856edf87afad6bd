import type { Dialect } from "../../src/compiler/dialect.js";
import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Deferral, ForeignKey, PrimaryKey } from "../../src/schema/constraints.js";
import type { MysqlKeyOptions } from "../../src/schema/dialect-options.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import {
  checkText,
  constraintPreamble,
  deferral,
  foreignKeyText,
  sharedConstraints,
  uniqueText,
} from "../shared/constraints.js";
import { isAutoincrement } from "./columns.js";
import { need } from "./features.js";
import { indexMethod, keyParts } from "./indexes.js";

/**
 * A constraint without what the server does anyway: it checks at once. Deferred checks do not exist.
 * https://dev.mysql.com/doc/refman/8.4/en/ansi-diff-foreign-keys.html
 */
function immediate<C extends Deferral>(constraint: C, context: RenderContext): C {
  const { deferrable, initially } = constraint;
  const isDeferred = deferrable === true || initially?.toLowerCase() === "deferred";
  if (!isDeferred) return { ...constraint, deferrable: undefined, initially: undefined };
  const problem = `${context.dialect.name} has no deferred constraints: it does not understand DEFERRABLE and INITIALLY.`;
  context.refuseUnlessOnTrust(problem, "Leave deferrable and initially out, and write parents before children.");
  return constraint;
}

/** A foreign key that means here what it says. */
export function acceptableForeignKey(key: ForeignKey, context: RenderContext): ForeignKey {
  if (key.match !== undefined) {
    throw context.unsupported(
      `${context.dialect.name} ignores MATCH, and with it ON DELETE and ON UPDATE.`,
      "Leave match out: MATCH SIMPLE is what the server does.",
    );
  }
  return immediate(key, context);
}

/** The columns of a key that columns were marked for, the counting one first: InnoDB needs it at the start of a key. */
function keyColumns(key: PrimaryKey, table: Table | undefined): readonly Name[] {
  const marked = key.columns.map((name) => table?.columns.find((column) => nameText(column.name) === nameText(name)));
  if (table === undefined || !marked.every((column) => column?.primaryKey)) return key.columns;
  const counts = (name: Name): boolean =>
    marked.some((column) => column && nameText(column.name) === nameText(name) && isAutoincrement(column, table));
  return [...key.columns.filter(counts), ...key.columns.filter((name) => !counts(name))];
}

export const constraints: Dialect["constraints"] = {
  ...sharedConstraints,
  primaryKey(key, context, table) {
    const options = context.options(key.options) as MysqlKeyOptions;
    const using = indexMethod(options.using, context);
    const columns = keyParts(keyColumns(key, table), options, context);
    return `${constraintPreamble(key, context)}PRIMARY KEY (${columns})${deferral(immediate(key, context))}${using}`;
  },
  unique: (unique, context) => uniqueText(immediate(unique, context), context),
  foreignKey: (key, context) => foreignKeyText(acceptableForeignKey(key, context), context),
  check(check, context) {
    need("checks", "CHECK constraints: it reads them and throws them away", "Leave the check out.", context);
    return checkText(immediate(check, context), context);
  },
};
