import type { RenderContext } from "../../src/compiler/render-context.js";
import { boundList } from "../../src/operations/partitions.js";
import type { AttachPartition, CreatePartition, DetachPartition } from "../../src/operations/partitions.js";
import type { ObjectOperations } from "../shared/objects.js";
import { boundValues, refuse, words } from "../shared/objects.js";
import { alterTable } from "../shared/operations.js";
import { need } from "./features.js";

/** `PARTITION p VALUES LESS THAN (…)`: a range begins where the one before it ends. */
function partitionText({ name, bounds }: CreatePartition | AttachPartition, context: RenderContext): string {
  const partition = `PARTITION ${context.name(name)}`;
  if (bounds === "default") {
    need("defaultPartitions", "DEFAULT partitions", "End the ranges with { to: sql`MAXVALUE` }.", context);
    return `${partition} DEFAULT`;
  }
  if ("in" in bounds) return `${partition} VALUES IN ${boundValues(bounds.in, context)}`;
  if ("to" in bounds) return `${partition} VALUES LESS THAN ${boundValues(boundList(bounds.to), context)}`;
  throw context.unsupported(
    `${context.dialect.title} has no partition of a hash by itself: their number is changed.`,
    'Write op.execute("ALTER TABLE … ADD PARTITION PARTITIONS 1").',
  );
}

const insteadOfConvert = 'Write op.execute("ALTER TABLE … EXCHANGE PARTITION … WITH TABLE …").';

function attachPartition(operation: AttachPartition, context: RenderContext): string {
  const { schema, name, tableName } = operation;
  need("convertPartitions", "statement that makes a table a partition", insteadOfConvert, context);
  const table = context.qualified(schema, name);
  return `${alterTable(context, schema, tableName)} CONVERT TABLE ${table} TO ${partitionText(operation, context)}`;
}

function detachPartition({ schema, name, tableName, concurrently }: DetachPartition, context: RenderContext): string {
  need("convertPartitions", "statement that makes a partition a table", insteadOfConvert, context);
  refuse(concurrently, "MariaDB has no CONCURRENTLY.", "Leave concurrently out.", context);
  const table = context.qualified(schema, name);
  return `${alterTable(context, schema, tableName)} CONVERT PARTITION ${context.name(name)} TO TABLE ${table}`;
}

/** The operations on partitions. */
export const partitions: Pick<
  ObjectOperations,
  "createPartition" | "dropPartition" | "attachPartition" | "detachPartition"
> = {
  createPartition(operation, context) {
    const { schema, tableName, ifNotExists } = operation;
    if (ifNotExists) need("existenceTests", "ADD PARTITION IF NOT EXISTS", "Leave ifNotExists out.", context);
    const exists = ifNotExists ? "IF NOT EXISTS " : "";
    return `${alterTable(context, schema, tableName)} ADD PARTITION ${exists}(${partitionText(operation, context)})`;
  },
  dropPartition({ schema, name, tableName, ifExists }, context) {
    if (ifExists) need("existenceTests", "DROP PARTITION IF EXISTS", "Leave ifExists out.", context);
    return words(
      `${alterTable(context, schema, tableName)} DROP PARTITION`,
      ifExists && "IF EXISTS",
      context.name(name),
    );
  },
  attachPartition,
  detachPartition,
};
