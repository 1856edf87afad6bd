import { isSqlText, textOfSql } from "../schema/expressions.js";
import type { OperationNode } from "./node.js";

/** Settings of the session that decide what the server checks and follows. */
interface Settings {
  /** SQLite renames a table without its foreign keys, views and triggers: https://www.sqlite.org/pragma.html#pragma_legacy_alter_table */
  readonly legacyRename?: true;
  /** Foreign keys need no table that is there: https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_foreign_key_checks */
  readonly foreignKeysUnchecked?: true;
}

const pragmas = /(?:^|;)\s*pragma\s+(?:\w+\s*\.\s*)?(legacy_alter_table|foreign_keys)\s*[=(]\s*['"]?(\w+)/gi;
const variables = /\bset\b[^;]*?\b(foreign_key_checks)\s*:?=\s*['"]?(\w+)/gi;
const on = /^(?:on|yes|true|1)$/i;

/** The settings behind SQL text. */
function settingsAfter(settings: Settings, text: string): Settings {
  let result = settings;
  for (const [, name = "", value = ""] of [...text.matchAll(pragmas), ...text.matchAll(variables)]) {
    const isOn = on.test(value);
    if (/^legacy/i.test(name)) {
      const { legacyRename: _old, ...others } = result;
      result = isOn ? { ...others, legacyRename: true } : others;
    } else {
      const { foreignKeysUnchecked: _old, ...others } = result;
      result = isOn ? others : { ...others, foreignKeysUnchecked: true };
    }
  }
  return result;
}

function under(operation: OperationNode, settings: Settings): OperationNode {
  switch (operation.kind) {
    case "renameTable":
      return settings.legacyRename === true ? { ...operation, legacyRename: true } : operation;
    case "createTable":
    case "addColumn":
    case "addConstraint":
    case "dropConstraint":
    case "dropIndex":
    case "dropTable":
      return settings.foreignKeysUnchecked === true ? { ...operation, foreignKeysUnchecked: true } : operation;
    default:
      return operation;
  }
}

function withSettings(
  operations: readonly OperationNode[],
  first: Settings,
): { readonly operations: readonly OperationNode[]; readonly settings: Settings } {
  let settings = first;
  const result = operations.map((operation): OperationNode => {
    if (operation.kind === "batchAlterTable" || operation.kind === "autocommitBlock") {
      const inner = withSettings(operation.operations, settings);
      ({ settings } = inner);
      return { ...operation, operations: inner.operations };
    }
    if (operation.kind !== "execute") return under(operation, settings);
    const { statement, effects } = operation;
    settings = settingsAfter(settings, isSqlText(statement) ? textOfSql(statement) : statement.sql);
    if (effects === undefined) return operation;
    return { ...operation, effects: { ...effects, operations: withSettings(effects.operations, settings).operations } };
  });
  return { operations: result, settings };
}

const settingWords = /\b(?:legacy_alter_table|foreign_keys|foreign_key_checks)\b/i;

function setsSomething(operation: OperationNode): boolean {
  if (operation.kind === "batchAlterTable" || operation.kind === "autocommitBlock") {
    return operation.operations.some(setsSomething);
  }
  if (operation.kind !== "execute") return false;
  const { statement } = operation;
  if (!isSqlText(statement)) return settingWords.test(statement.sql);
  return statement.parts.some((part) => typeof part === "string" && settingWords.test(part));
}

/** The operations of one revision, each under the settings that the author's SQL before it makes. */
export function withSettingsInRevision(operations: readonly OperationNode[]): readonly OperationNode[] {
  return operations.some(setsSomething) ? withSettings(operations, {}).operations : operations;
}

/** The operations of a dump: a foreign key of one table may refer to another that comes later. */
export function withLateForeignKeys(operations: readonly OperationNode[]): readonly OperationNode[] {
  return withSettings(operations, { foreignKeysUnchecked: true }).operations;
}
