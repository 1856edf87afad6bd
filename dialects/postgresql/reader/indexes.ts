import type { DropStmt, IndexElem, IndexStmt, Node } from "libpg-query";
import type { Origin } from "../../../src/errors.js";
import type { OperationNode } from "../../../src/operations/index.js";
import type { SqlText } from "../../../src/schema/expressions.js";
import { sql } from "../../../src/schema/expressions.js";
import { expressionText } from "../../shared/reader/cursor.js";
import { storageOptions } from "./properties.js";
import { namesOf, qualified, relationName, type Session, type Source } from "./source.js";

function elementsOf(nodes: readonly Node[] = []): readonly IndexElem[] {
  return nodes.flatMap((node) => ("IndexElem" in node ? [node.IndexElem] : []));
}

function isOrdered({ ordering, nulls_ordering: nulls }: IndexElem): boolean {
  return ordering === "SORTBY_DESC" || (nulls !== undefined && nulls !== "SORTBY_NULLS_DEFAULT");
}

/** A plain column by its name; with an order, a collation or as an expression as it was written. */
function columnOf(element: IndexElem, text: string): string | SqlText {
  const isPlain = element.name !== undefined && !isOrdered(element) && element.collation === undefined;
  if (isPlain) return element.name ?? "";
  return element.name === undefined && !isOrdered(element) && element.opclass === undefined
    ? expressionText(text)
    : sql.raw(text);
}

/** `CREATE INDEX`. */
export function createIndex(
  stmt: IndexStmt,
  source: Source,
  session: Session,
  origin: Origin | undefined,
): readonly OperationNode[] {
  const { schema, name: tableName } = relationName(stmt.relation, session);
  const elements = elementsOf(stmt.indexParams);
  const cursor = source.cursorAt(stmt.relation?.location);
  while (!cursor.isAt("(")) cursor.next();
  const texts = cursor
    .parenthesized()
    .commaSeparated()
    .map((part) => part.rest());
  const columns = elements.map((element, position) => columnOf(element, texts[position] ?? ""));
  const ops = elements.flatMap(({ name, opclass }, position): [string, string][] =>
    name === undefined || opclass === undefined || typeof columns[position] !== "string"
      ? []
      : [[name, namesOf(opclass).join(".")]],
  );
  let where: SqlText | undefined;
  if (stmt.whereClause !== undefined) {
    while (!cursor.accept("WHERE")) cursor.next();
    where = expressionText(cursor.rest());
  }
  const said = {
    ...(stmt.accessMethod !== undefined && stmt.accessMethod !== "btree" && { using: stmt.accessMethod }),
    ...(ops.length > 0 && { ops: Object.fromEntries(ops) }),
    ...(stmt.indexIncludingParams !== undefined && {
      include: elementsOf(stmt.indexIncludingParams).map(({ name }) => name ?? ""),
    }),
    ...(where !== undefined && { where }),
    ...(stmt.options !== undefined && { with: storageOptions(stmt.options) }),
    ...(stmt.nulls_not_distinct === true && { nullsNotDistinct: true }),
    ...(stmt.concurrent === true && { concurrently: true }),
    ...(stmt.tableSpace !== undefined && { tablespace: stmt.tableSpace }),
  };
  return [
    {
      kind: "createIndex",
      tableName,
      schema,
      index: {
        kind: "index",
        name: stmt.idxname,
        columns,
        unique: stmt.unique ?? false,
        options: Object.keys(said).length === 0 ? {} : { postgresql: said },
      },
      ifNotExists: stmt.if_not_exists ?? false,
      origin,
    },
  ];
}

/** `DROP INDEX`. */
export function dropIndexes(stmt: DropStmt, session: Session, origin: Origin | undefined): readonly OperationNode[] {
  return (stmt.objects ?? []).map((node): OperationNode => {
    const { schema, name } = qualified("List" in node ? namesOf(node.List.items) : [], session);
    const ifExists = stmt.missing_ok ?? false;
    return { kind: "dropIndex", indexName: name, tableName: undefined, schema, ifExists, options: {}, origin };
  });
}
