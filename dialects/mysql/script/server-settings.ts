import type { ScriptModel } from "../../../src/compiler/script/model.js";
import type { Statement } from "../../../src/compiler/statement.js";
import type { Dialect } from "../../../src/compiler/dialect.js";
import type { OperationNode } from "../../../src/operations/index.js";
import { primaryKeyOf } from "../../../src/schema/tables.js";
import type { Refusal } from "./refusal.js";
import { withoutOpening } from "./statements.js";

/** The operations that a statement stands for: those that were read in an author's text, too. */
function operationsOf({ operation }: Statement): readonly OperationNode[] {
  if (operation.kind !== "execute") return [operation];
  return operation.effects?.operations ?? [];
}

/** A statement that leaves a table without a primary key, if only until the next one. */
function leavesNoKey(statement: Statement): boolean {
  const operations = operationsOf(statement);
  // one ALTER TABLE may drop a key and add another
  const addsKey = operations.some((one) => one.kind === "addConstraint" && one.constraint.kind === "primaryKey");
  return operations.some((operation) => {
    if (operation.kind === "createTable") return primaryKeyOf(operation.table) === undefined;
    return operation.kind === "dropConstraint" && operation.type === "primary" && !addsKey;
  });
}

/** The engines of the tables that statements make, in capitals; undefined stands for the default one. */
function enginesOf(statements: readonly Statement[], { optionGroups }: Dialect): readonly (string | undefined)[] {
  const engines = statements.flatMap(operationsOf).flatMap((operation) => {
    if (operation.kind !== "createTable") return [];
    const { options } = operation.table;
    const said = optionGroups.map((group) => options[group]?.["engine"]).find((engine) => typeof engine === "string");
    return [said?.toUpperCase()];
  });
  return [...new Set(engines)].toSorted();
}

/**
 * Tables in an engine without transactions keep what a failed revision has written, and those in memory nothing at all. A
 * table says its engine, or the server has a default one that has transactions.
 * https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_default_storage_engine
 * https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_disabled_storage_engines
 */
function engineRefusals(engines: readonly (string | undefined)[], model: ScriptModel): readonly Refusal[] {
  return engines.map((engine) => {
    const name = engine === undefined ? "@@SESSION.default_storage_engine" : model.literal(engine);
    const isThere = engine === undefined ? "transactions = 'YES'" : "support IN ('YES', 'DEFAULT')";
    const found = `EXISTS (SELECT 1 FROM information_schema.engines WHERE engine = ${name} AND ${isThere})`;
    return {
      when: `NOT ${found} /*!50708 OR FIND_IN_SET(${name}, @@GLOBAL.disabled_storage_engines) */`,
      message:
        engine === undefined
          ? `CONCAT('refused: default engine ', ${name}, ': --set default_storage_engine=InnoDB')`
          : model.literal(`refused: the server makes no tables in the engine ${engine}`),
    };
  });
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
  if (model.session.length > 0) {
    refusals.push({
      when: "NOT IFNULL(@well_set, 0)",
      message: model.literal("refused: a setting of --set was not made"),
    });
  }
  const { plan, versionTable, makesTableAlone } = model;
  const makesTable = plan.rowsBefore.length === 0 || makesTableAlone;
  const engines = enginesOf(statements, model.dialect);
  const makesOwn = makesTable && !engines.includes(undefined) ? [undefined, ...engines] : engines;
  refusals.push(...engineRefusals(makesOwn, model));
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
