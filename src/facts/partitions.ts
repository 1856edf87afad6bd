import type { AttachPartition, CreatePartition, DetachPartition, DropPartition } from "../operations/partitions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { FactsOf, ObjectName, RowFailure } from "./facts.js";
import { objectText, tableOf } from "./object-names.js";
import { isKnownMissing } from "./tables.js";

interface OfPartition {
  readonly name: Name;
  readonly schema: Name | undefined;
  readonly tableName: Name;
}

/** The rows of a partition are those of a table of its name, also on servers where it is none. */
function rowsOf({ schema, name }: OfPartition): ObjectName {
  return tableOf({ schema, tableName: name });
}

function partitionOf({ schema, name, tableName }: OfPartition): ObjectName {
  return { kind: "partition", schema, name, tableName };
}

/** What a new partition takes must not lie in the default one, which is searched for it. */
function heldByDefault(operation: CreatePartition | AttachPartition): readonly RowFailure[] {
  if (operation.bounds === "default") return [];
  const of = tableOf(operation);
  const rows = `rows that belong to ${nameText(operation.name)}`;
  return [{ cause: "outOfBounds", of, text: `fails when a default partition of ${objectText(of)} has ${rows}` }];
}

export const createPartition: FactsOf<CreatePartition> = (operation, { before }) => {
  const { schema, name, ifNotExists } = operation;
  if (ifNotExists && before.table(schema, name) !== undefined) return { touches: [] };
  return {
    touches: [
      { ...partitionOf(operation), how: "makes" },
      { ...rowsOf(operation), how: "makes" },
      { ...tableOf(operation), how: "changes" },
    ],
    failures: heldByDefault(operation),
  };
};

export const dropPartition: FactsOf<DropPartition> = (operation, { before }) => {
  const { schema, name, ifExists } = operation;
  const isTable = before.rules.partitionsAreTables === true;
  if (ifExists && isTable && isKnownMissing(before, schema, name)) return { touches: [] };
  const rows = rowsOf(operation);
  const parent = tableOf(operation);
  return {
    touches: [
      { ...partitionOf(operation), how: "drops" },
      { ...rows, how: "drops" },
      { ...parent, how: "changes" },
    ],
    losses: [{ takes: "rows", of: rows, what: `all rows of ${objectText(rows)}` }],
    breaks: [
      { whom: "writers", of: parent, text: `a row for ${nameText(name)} fails where no other partition takes it` },
    ],
  };
};

export const attachPartition: FactsOf<AttachPartition> = (operation) => {
  const rows = rowsOf(operation);
  const parent = tableOf(operation);
  return {
    touches: [
      { ...partitionOf(operation), how: "makes" },
      { ...rows, how: "reads" },
      { ...parent, how: "changes" },
    ],
    failures: [
      { cause: "outOfBounds", of: rows, text: `fails when a row of ${objectText(rows)} is outside its bounds` },
      ...heldByDefault(operation),
    ],
    breaks: [{ whom: "writers", of: rows, text: `a row outside its bounds, written to ${objectText(rows)}, fails` }],
    rowChanges: [{ of: parent, text: `puts the rows of ${objectText(rows)} into ${objectText(parent)}` }],
  };
};

export const detachPartition: FactsOf<DetachPartition> = (operation) => {
  const rows = rowsOf(operation);
  const parent = tableOf(operation);
  return {
    touches: [
      { ...partitionOf(operation), how: "drops" },
      { ...rows, how: "changes" },
      { ...parent, how: "changes" },
    ],
    breaks: [
      {
        whom: "both",
        of: parent,
        text: `programs that use ${objectText(parent)} miss the rows of ${nameText(operation.name)}`,
      },
    ],
    rowChanges: [{ of: parent, text: `takes the rows of ${objectText(rows)} out of ${objectText(parent)}` }],
  };
};
