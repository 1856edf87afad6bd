import type { ScriptModel } from "../../../src/compiler/script/model.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { primaryKeyOf } from "../../../src/schema/tables.js";
import type { Refusal } from "./refusal.js";
import { withoutOpening } from "./statements.js";

/** A statement that leaves a table without a primary key, if only until the next one. */
function leavesNoKey({ operation }: Statement): boolean {
  if (operation.kind === "createTable") return primaryKeyOf(operation.table) === undefined;
  return operation.kind === "dropConstraint" && operation.type === "primary";
}

const makesTriggerOrFunction =
  /^create\s+(?:or\s+replace\s+)?(?:definer\s*=\s*\S+\s+)?(?:aggregate\s+)?(?:trigger|function)\b/i;

/**
 * Settings of managed servers under which a statement of the script would fail, when others have been committed. Each is
 * asked for in comments that the servers without it pass over: https://dev.mysql.com/doc/refman/8.4/en/comments.html
 */
export function settingRefusals(model: ScriptModel): readonly Refusal[] {
  const statements = model.steps.flatMap((step) => step.statements);
  const refusals: Refusal[] = [];
  const { plan, versionTable, makesTableAlone } = model;
  const makesTable = plan.rowsBefore.length === 0 || makesTableAlone;
  const hasNoKey = makesTable && !versionTable.create.some((sql) => sql.includes("PRIMARY KEY"));
  if (model.dialect.name === "mysql" && (hasNoKey || statements.some(leavesNoKey))) {
    // https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_sql_require_primary_key
    refusals.push({
      when: "FALSE /*!80013 OR @@SESSION.sql_require_primary_key */ /*!80030 AND NOT @@SESSION.sql_generate_invisible_primary_key */",
      message: model.literal(
        "refused: sql_require_primary_key is on, and a table has no primary key here: --set sql_require_primary_key=0",
      ),
    });
  }
  if (statements.some(({ sql }) => makesTriggerOrFunction.test(withoutOpening(sql)))) {
    // https://dev.mysql.com/doc/refman/8.4/en/stored-programs-logging.html
    refusals.push({
      when: [
        "@@GLOBAL.log_bin AND NOT @@GLOBAL.log_bin_trust_function_creators",
        "/*!80000 AND CURRENT_ROLE() = 'NONE' */ /*M! AND CURRENT_ROLE() IS NULL */",
        "AND NOT EXISTS (SELECT 1 FROM information_schema.user_privileges WHERE privilege_type IN ('SUPER', 'BINLOG ADMIN'))",
      ].join(" "),
      message: model.literal(
        "refused: triggers and functions need log_bin_trust_function_creators, or an account with SUPER",
      ),
    });
  }
  return refusals;
}
