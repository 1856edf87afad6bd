import { constraintMentions, indexMentions } from "../../src/catalog/column-references.js";
import type { Breach, Change } from "../../src/compiler/server-rules.js";
import type { AlterColumn } from "../../src/operations/alter-column.js";
import type { DropColumn } from "../../src/operations/drop-column.js";
import { applyOperation, type OperationNode } from "../../src/operations/index.js";
import { nameText, sameName, type Name } from "../../src/schema/names.js";
import { constraintsOf, type Table } from "../../src/schema/tables.js";
import { computedFrom } from "../shared/rules/expressions.js";
import { constraintTitle, nameOf, titleOf } from "../shared/rules/keys.js";
import { usersOfType } from "./types-in-use.js";

/** What is dropped by name somewhere in a text: it is in the way of nothing there, whatever the order. */
function droppedIn(operations: readonly OperationNode[]): readonly (Name | undefined)[] {
  return operations.map((operation) => {
    if (operation.kind === "dropConstraint") return operation.constraintName;
    return operation.kind === "dropIndex" ? operation.indexName : undefined;
  });
}

/** What keeps a column from being dropped. A default does so too, but its name is not kept, by which it is dropped. */
function usersOf(table: Table, column: Name, dropped: readonly (Name | undefined)[]): readonly string[] {
  const stays = (name: Name | undefined): boolean =>
    name === undefined || !dropped.some((other) => sameName(other, name));
  const constraints = constraintsOf(table).filter((one) => constraintMentions(one, column) && stays(nameOf(one)));
  const indexes = table.indexes.filter((index) => indexMentions(index, column) && stays(index.name));
  return [
    ...constraints.map(constraintTitle),
    ...indexes.map(({ name }) => titleOf("index", name, [])),
    ...computedFrom(table, column).map((other) => `the computed column "${nameText(other.name)}"`),
  ];
}

function breachOf(operation: AlterColumn | DropColumn, users: readonly string[]): Breach | undefined {
  if (users.length === 0) return undefined;
  const column = `"${nameText(operation.tableName)}.${nameText(operation.columnName)}"`;
  const what = operation.kind === "dropColumn" ? "dropped" : "altered";
  const directive = operation.kind === "dropColumn" ? "op.dropColumn" : "op.alterColumn";
  return {
    text: `${column} cannot be ${what}: ${users.join(", ")} ${users.length === 1 ? "uses" : "use"} it.`,
    hint: `Drop these before, or call ${directive}, which does so.`,
  };
}

/**
 * The columns that an author's own SQL drops or gives another type have nothing on them.
 * https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#drop-column
 */
export function* ownAlterations({ operation, before, context }: Change<"execute">): Iterable<Breach> {
  const operations = operation.effects?.operations ?? [];
  const dropped = droppedIn(operations);
  let catalog = before;
  for (const inner of operations) {
    if (inner.kind === "dropColumn" || inner.kind === "alterColumn") {
      const { schema, tableName, columnName } = inner;
      const table =
        catalog.unknownBecauseOf(schema, tableName) === undefined ? catalog.table(schema, tableName) : undefined;
      if (table !== undefined) {
        const users =
          inner.kind === "dropColumn"
            ? usersOf(table, columnName, dropped)
            : usersOfType(inner, catalog, context, dropped);
        const breach = breachOf(inner, users);
        if (breach !== undefined) yield breach;
      }
    }
    catalog = applyOperation(catalog, inner);
  }
}
