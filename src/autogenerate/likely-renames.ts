import type { Catalog } from "../catalog/catalog.js";
import { constraintIsNamed, findColumn, indexNamed } from "../catalog/table-changes.js";
import type { OperationNode, OperationOf } from "../operations/index.js";
import { sameData } from "../schema/equality.js";
import { nameText, type Name } from "../schema/names.js";
import { constraintsOf, type Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";

/** What is dropped while the like of it is added under another name. */
export interface LikelyRename {
  readonly dropped: OperationNode;
  readonly added: OperationNode;
  /** How it is said on the command line that it is a rename: `--rename account.nick=alias`. */
  readonly hint: string;
}

function path(schema: Name | undefined, ...names: readonly Name[]): string {
  return [...(schema === undefined ? [] : [schema]), ...names].map(nameText).join(".");
}

/** What of an object is not its name. */
function unnamed<V extends object>(value: V): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "name" && key !== "impliedName"));
}

/** The name under which an operation adds the like of a column; undefined where it does not. */
function columnAgain(
  { schema, tableName, columnName }: OperationOf<"dropColumn">,
  other: OperationNode,
  current: Catalog,
  text: (type: SqlType) => string,
): Name | undefined {
  if (other.kind !== "addColumn" || path(other.addition.schema, other.addition.name) !== path(schema, tableName))
    return;
  const column = findColumn(current.table(schema, tableName), columnName);
  const [next] = other.addition.columns;
  if (column === undefined || next === undefined || text(next.type) !== text(column.type)) return;
  return nameText(next.name) === nameText(columnName) ? undefined : next.name;
}

/** The columns of a table, as one text. */
function shapeOf({ columns }: Table, text: (type: SqlType) => string): string {
  return JSON.stringify(columns.map(({ name, type }) => [nameText(name), text(type)]));
}

function tableAgain(
  { schema, tableName }: OperationOf<"dropTable">,
  other: OperationNode,
  current: Catalog,
  text: (type: SqlType) => string,
): string | undefined {
  const table = current.table(schema, tableName);
  if (other.kind !== "createTable" || table === undefined) return undefined;
  if (path(other.table.schema, "") !== path(schema, "") || shapeOf(other.table, text) !== shapeOf(table, text)) return;
  return path(schema, other.table.name);
}

function constraintAgain(
  { schema, tableName, constraintName }: OperationOf<"dropConstraint">,
  other: OperationNode,
  current: Catalog,
): Name | undefined {
  const table = current.table(schema, tableName);
  if (other.kind !== "addConstraint" || table === undefined || constraintName === undefined) return undefined;
  if (path(other.schema, other.tableName) !== path(schema, tableName)) return undefined;
  const known = constraintsOf(table).find((constraint) => constraintIsNamed(constraint, constraintName));
  const { constraint } = other;
  return known !== undefined && sameData(unnamed(known), unnamed(constraint)) ? constraint.name : undefined;
}

function indexAgain(
  { schema, tableName, indexName }: OperationOf<"dropIndex">,
  other: OperationNode,
  current: Catalog,
): Name | undefined {
  if (other.kind !== "createIndex" || tableName === undefined) return undefined;
  if (path(other.schema, other.tableName) !== path(schema, tableName)) return undefined;
  const table = current.table(schema, tableName);
  const known = table && indexNamed(table, indexName);
  return known !== undefined && sameData(unnamed(known), unnamed(other.index)) ? other.index.name : undefined;
}

/**
 * What may be a rename among operations: columns of the same type, tables of the same columns, constraints and indexes
 * that say the same.
 *
 * @param text a type in the form in which types are compared
 */
export function likelyRenames(
  operations: readonly OperationNode[],
  current: Catalog,
  text: (type: SqlType) => string,
): readonly LikelyRename[] {
  const taken = new Set<OperationNode>();
  const found: LikelyRename[] = [];
  const look = (dropped: OperationNode, from: string, again: (other: OperationNode) => Name | undefined): void => {
    for (const added of operations) {
      const to = taken.has(added) ? undefined : again(added);
      if (to === undefined) continue;
      taken.add(added);
      found.push({ dropped, added, hint: `--rename ${from}=${nameText(to)}` });
      return;
    }
  };
  for (const one of operations) {
    switch (one.kind) {
      case "dropColumn":
        look(one, path(one.schema, one.tableName, one.columnName), (other) => columnAgain(one, other, current, text));
        break;
      case "dropTable":
        look(one, path(one.schema, one.tableName), (other) => tableAgain(one, other, current, text));
        break;
      case "dropConstraint":
        look(one, path(one.schema, one.tableName, one.constraintName ?? ""), (other) =>
          constraintAgain(one, other, current),
        );
        break;
      case "dropIndex":
        look(one, path(one.schema, one.tableName ?? "", one.indexName), (other) => indexAgain(one, other, current));
        break;
      default:
    }
  }
  return found;
}
