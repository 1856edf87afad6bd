import type { CreateStmt, PartitionBoundSpec, PartitionCmd } from "libpg-query";
import type { Origin } from "../../../src/errors.js";
import type { AttachPartition, CreatePartition, DetachPartition } from "../../../src/operations/partitions.js";
import type { PlainBounds } from "../../../src/schema/partitions.js";
import type { SqlText } from "../../../src/schema/expressions.js";
import { sql } from "../../../src/schema/expressions.js";
import type { Cursor, QualifiedName } from "../../shared/reader/cursor.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { relationName, type Session, type Source } from "./source.js";

/** The values in the parentheses here, as they were written. */
function values(cursor: Cursor): readonly SqlText[] {
  return cursor
    .parenthesized()
    .commaSeparated()
    .map((part) => sql.raw(part.rest()));
}

function boundsOf(bound: PartitionBoundSpec | undefined, source: Source): PlainBounds {
  if (bound === undefined) throw new NotUnderstood("a partition without bounds");
  if (bound.is_default === true) return "default";
  const { strategy, modulus = 0, remainder = 0 } = bound;
  if (strategy === "h") return { modulus, remainder };
  const cursor = source.cursorAt(bound.location);
  while (!cursor.isAt("(")) cursor.next();
  const first = values(cursor);
  if (strategy === "l") return { in: first };
  cursor.expect("TO");
  return { from: first, to: values(cursor) };
}

/** A partition is in the schema of its table, as far as this is kept. */
function inSchemaOf(parent: QualifiedName, partition: QualifiedName): string | undefined {
  if (parent.schema !== partition.schema) throw new NotUnderstood("a partition in another schema than its table");
  return parent.schema;
}

/** `CREATE TABLE … PARTITION OF`. */
export function createPartition(
  stmt: CreateStmt,
  source: Source,
  session: Session,
  origin: Origin | undefined,
): CreatePartition {
  const [parentNode] = stmt.inhRelations ?? [];
  if (parentNode === undefined || !("RangeVar" in parentNode) || stmt.tableElts !== undefined) {
    throw new NotUnderstood("a partition with columns of its own");
  }
  const parent = relationName(parentNode.RangeVar, session);
  const partition = relationName(stmt.relation, session);
  return {
    kind: "createPartition",
    name: partition.name,
    tableName: parent.name,
    schema: inSchemaOf(parent, partition),
    bounds: boundsOf(stmt.partbound, source),
    ifNotExists: stmt.if_not_exists ?? false,
    options: {},
    origin,
  };
}

/** `ALTER TABLE … ATTACH PARTITION`. */
export function attachPartition(
  parent: QualifiedName,
  command: PartitionCmd | undefined,
  source: Source,
  session: Session,
  origin: Origin | undefined,
): AttachPartition {
  const partition = relationName(command?.name, session);
  return {
    kind: "attachPartition",
    name: partition.name,
    tableName: parent.name,
    schema: inSchemaOf(parent, partition),
    bounds: boundsOf(command?.bound, source),
    origin,
  };
}

/** `ALTER TABLE … DETACH PARTITION`. */
export function detachPartition(
  parent: QualifiedName,
  command: PartitionCmd | undefined,
  session: Session,
  origin: Origin | undefined,
): DetachPartition {
  const partition = relationName(command?.name, session);
  const schema = inSchemaOf(parent, partition);
  const concurrently = command?.concurrent ?? false;
  return { kind: "detachPartition", name: partition.name, tableName: parent.name, schema, concurrently, origin };
}
