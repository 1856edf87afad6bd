import type { Catalog } from "../catalog/catalog.js";
import { withoutObjectsOf } from "../catalog/dependents.js";
import { OperationError } from "../errors.js";
import type { DialectOptions } from "../schema/dialect-names.js";
import type { PartitionDialectOptions } from "../schema/dialect-options.js";
import { takeOptions } from "../schema/take-options.js";
import { literalOrSql, plainOrSql, type SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { BoundItem, Partition, PlainBound, PlainBounds } from "../schema/partitions.js";
import type { LiteralValue } from "../schema/values.js";
import { options, values, whenSet } from "./call.js";
import type { Operation, OperationDefinition } from "./operation.js";

/** A literal, or SQL such as `` sql`MAXVALUE` ``. */
export type BoundValue = LiteralValue | SqlText;
type BoundValues = BoundValue | readonly BoundValue[];

/**
 * The rows of a partition: a range (`to` is not in it), a list, a share of a hash, or all that no other takes. On
 * MySQL, MariaDB and Oracle a range begins where the one before it ends, and `from` may be left out.
 */
export type PartitionBounds =
  | { readonly from?: BoundValues; readonly to: BoundValues }
  | { readonly in: readonly BoundValue[] }
  | { readonly modulus: number; readonly remainder: number }
  | "default";

interface PartitionOperation extends Operation {
  readonly name: Name;
  /** The schema of the table and of its partition. */
  readonly schema: Name | undefined;
  /** The table that is parted. */
  readonly tableName: Name;
}

export interface CreatePartition extends PartitionOperation {
  readonly kind: "createPartition";
  readonly bounds: PlainBounds;
  readonly ifNotExists: boolean;
  readonly options: DialectOptions;
}

export interface DropPartition extends PartitionOperation {
  readonly kind: "dropPartition";
  readonly ifExists: boolean;
}

export interface AttachPartition extends PartitionOperation {
  readonly kind: "attachPartition";
  readonly bounds: PlainBounds;
}

export interface DetachPartition extends PartitionOperation {
  readonly kind: "detachPartition";
  readonly concurrently: boolean;
}

export interface CreatePartitionOptions extends PartitionDialectOptions {
  readonly schema?: Name | null;
  readonly ifNotExists?: boolean;
}

export interface CreatePartitionDirectives {
  /**
   * Adds a new partition to a table.
   *
   * @example op.createPartition("visit_2025", "visit", { from: "2025-01-01", to: "2026-01-01" })
   * // CREATE TABLE visit_2025 PARTITION OF visit FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
   */
  createPartition(name: Name, table: Name, bounds: PartitionBounds, options?: CreatePartitionOptions): void;
}

/** What `createPartition` is told of a dialect is taken, too: it is not in the statement. */
export interface DropPartitionOptions extends PartitionDialectOptions {
  readonly schema?: Name | null;
  readonly ifExists?: boolean;
}

export interface DropPartitionDirectives {
  /**
   * Drops a partition with its rows.
   *
   * @example op.dropPartition("visit_2025", "visit") // DROP TABLE visit_2025, ALTER TABLE visit DROP PARTITION visit_2025 on MySQL
   */
  dropPartition(name: Name, table: Name, options?: DropPartitionOptions): void;
}

export interface AttachPartitionDirectives {
  /**
   * Makes a table a partition of another.
   *
   * @example op.attachPartition("visit_2025", "visit", { from: "2025-01-01", to: "2026-01-01" })
   * // ALTER TABLE visit ATTACH PARTITION visit_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
   */
  attachPartition(name: Name, table: Name, bounds: PartitionBounds, options?: { readonly schema?: Name | null }): void;
}

export interface DetachPartitionDirectives {
  /**
   * Makes a partition a table of its own.
   *
   * @example op.detachPartition("visit_2025", "visit", { concurrently: true })
   * // ALTER TABLE visit DETACH PARTITION visit_2025 CONCURRENTLY
   */
  detachPartition(
    name: Name,
    table: Name,
    options?: { readonly schema?: Name | null; readonly concurrently?: boolean },
  ): void;
}

function requireBounds(where: string, bounds: PartitionBounds): void {
  const isKnown =
    bounds === "default" ||
    (typeof bounds === "object" &&
      bounds !== null &&
      ("to" in bounds ||
        ("in" in bounds && Array.isArray(bounds.in)) ||
        ("modulus" in bounds && "remainder" in bounds)));
  if (isKnown) return;
  throw new OperationError("partition-bounds", `${where}: the third argument does not say which rows it takes.`, {
    hint: 'Write { from: …, to: … }, { in: […] }, { modulus: 4, remainder: 0 } or "default".',
  });
}

/** The values of one end of a range, one for each column of the partition key. */
export function boundList(values: BoundItem): readonly PlainBound[] {
  return isList(values) ? values : [values];
}

function isList(values: BoundItem): values is readonly PlainBound[] {
  return Array.isArray(values);
}

function plainBound(values: BoundValues): BoundItem {
  return Array.isArray(values)
    ? (values as readonly BoundValue[]).map((value) => plainOrSql(value))
    : plainOrSql(values as BoundValue);
}

function plainBounds(bounds: PartitionBounds): PlainBounds {
  if (bounds === "default" || "modulus" in bounds) return bounds;
  if ("in" in bounds) return { in: bounds.in.map((value) => plainBound(value)) };
  const { from, to } = bounds;
  return { ...(from !== undefined && { from: plainBound(from) }), to: plainBound(to) };
}

function writtenBound(item: BoundItem): BoundValues {
  return isList(item) ? item.map(literalOrSql) : literalOrSql(item);
}

function writtenBounds(bounds: PlainBounds): PartitionBounds {
  if (bounds === "default" || "modulus" in bounds) return bounds;
  if ("in" in bounds) return { in: bounds.in.map((item) => writtenBound(item) as BoundValue) };
  const { from, to } = bounds;
  return { ...(from !== undefined && { from: writtenBound(from) }), to: writtenBound(to) };
}

function withPartition(
  catalog: Catalog,
  { name, schema, tableName }: PartitionOperation,
  content: Pick<Partition, "bounds" | "options" | "isAttached">,
): Catalog {
  return catalog.withObject({ kind: "partition", name, schema, tableName, ...content });
}

export const createPartition: OperationDefinition<CreatePartition, CreatePartitionDirectives> = {
  kind: "createPartition",
  call(operation) {
    const { name, tableName, schema, bounds, ifNotExists } = operation;
    const given = { schema, ifNotExists: whenSet(ifNotExists), ...operation.options };
    return ["createPartition", name, tableName, values(writtenBounds(bounds)), ...options(given)];
  },
  directives: (recording) => ({
    createPartition(name, tableName, bounds, options = {}) {
      const where = `op.createPartition("${nameText(name)}")`;
      const groups = takeOptions(where, options, ["schema", "ifNotExists"], "partition");
      requireBounds(where, bounds);
      const { schema, ifNotExists = false } = options;
      recording.add({
        kind: "createPartition",
        name,
        tableName,
        schema: schema ?? undefined,
        bounds: plainBounds(bounds),
        ifNotExists,
        options: groups,
      });
    },
  }),
  check(expect, { schema, name, tableName, ifNotExists }) {
    expect.table(schema, tableName);
    if (ifNotExists) return;
    expect.noObject("partition", schema, name, tableName);
    if (expect.catalog.rules.partitionsAreTables === true) expect.noTable(schema, name);
  },
  apply(catalog, operation) {
    const { schema, name, tableName, bounds, options, ifNotExists } = operation;
    if (ifNotExists && catalog.object("partition", schema, name, tableName) !== undefined) return catalog;
    const known = withPartition(catalog, operation, { bounds, options, isAttached: false });
    const parent = catalog.table(schema, tableName);
    if (catalog.rules.partitionsAreTables !== true || parent === undefined) return known;
    // names of constraints and indexes are the server's; what it takes over from the table goes by the table's columns
    const constraints = parent.constraints.filter(({ kind }) => kind === "primaryKey" || kind === "check");
    return known.withTable({ ...parent, name, constraints, indexes: [], comment: undefined, options });
  },
};

export const dropPartition: OperationDefinition<DropPartition, DropPartitionDirectives> = {
  kind: "dropPartition",
  call({ name, tableName, schema, ifExists }) {
    return ["dropPartition", name, tableName, ...options({ schema, ifExists: whenSet(ifExists) })];
  },
  directives: (recording) => ({
    dropPartition(name, tableName, options = {}) {
      takeOptions("op.dropPartition", options, ["schema", "ifExists"], "partition");
      const { schema, ifExists = false } = options;
      recording.add({ kind: "dropPartition", name, tableName, schema: schema ?? undefined, ifExists });
    },
  }),
  check(expect, { schema, name, tableName, ifExists }) {
    expect.table(schema, tableName);
    if (!ifExists && expect.catalog.rules.partitionsAreTables === true) expect.table(schema, name);
  },
  apply(catalog, { schema, name, tableName, origin }) {
    const without = catalog.withoutObject("partition", schema, name, tableName);
    if (catalog.rules.partitionsAreTables !== true) return without;
    return withoutObjectsOf(without.withoutTable(schema, name, origin), schema, name, origin);
  },
};

export const attachPartition: OperationDefinition<AttachPartition, AttachPartitionDirectives> = {
  kind: "attachPartition",
  call: ({ name, tableName, schema, bounds }) => [
    "attachPartition",
    name,
    tableName,
    values(writtenBounds(bounds)),
    ...options({ schema }),
  ],
  directives: (recording) => ({
    attachPartition(name, tableName, bounds, options = {}) {
      takeOptions("op.attachPartition", options, ["schema"], "none");
      requireBounds(`op.attachPartition("${nameText(name)}")`, bounds);
      recording.add({
        kind: "attachPartition",
        name,
        tableName,
        schema: options.schema ?? undefined,
        bounds: plainBounds(bounds),
      });
    },
  }),
  check(expect, { schema, name, tableName }) {
    expect.table(schema, tableName);
    expect.table(schema, name);
    expect.noObject("partition", schema, name, tableName);
  },
  apply(catalog, operation) {
    const { schema, name, bounds, origin } = operation;
    const known = withPartition(catalog, operation, { bounds, options: {}, isAttached: true });
    return catalog.rules.partitionsAreTables === true ? known : known.withoutTable(schema, name, origin);
  },
};

export const detachPartition: OperationDefinition<DetachPartition, DetachPartitionDirectives> = {
  kind: "detachPartition",
  call({ name, tableName, schema, concurrently }) {
    return ["detachPartition", name, tableName, ...options({ schema, concurrently: whenSet(concurrently) })];
  },
  directives: (recording) => ({
    detachPartition(name, tableName, options = {}) {
      takeOptions("op.detachPartition", options, ["schema", "concurrently"], "none");
      const { schema, concurrently = false } = options;
      recording.add({ kind: "detachPartition", name, tableName, schema: schema ?? undefined, concurrently });
    },
  }),
  check(expect, { schema, tableName }) {
    expect.table(schema, tableName);
  },
  apply(catalog, { schema, name, tableName }) {
    const without = catalog.withoutObject("partition", schema, name, tableName);
    const parent = catalog.table(schema, tableName);
    if (catalog.rules.partitionsAreTables === true || parent === undefined) return without;
    return without.withTable({ ...parent, name });
  },
};
