import { titleOf } from "../catalog/description.js";
import { describeOther } from "../catalog/describe-objects.js";
import { catalogKey } from "../catalog/catalog-key.js";
import { creationOfOther } from "../compiler/object-creation.js";
import type { OperationNode } from "../operations/index.js";
import { sql } from "../schema/expressions.js";
import { classesOf, type OtherObject, type OtherStage } from "../schema/other-objects.js";
import type { Change, Phase } from "./change.js";
import { origin, type Comparison } from "./comparison.js";

/** Where objects of a stage are made, and where they are taken away. */
const phasesOf: Readonly<Record<OtherStage, { readonly made: Phase; readonly dropped: Phase }>> = {
  first: { made: "createExtensions", dropped: "dropTypes" },
  types: { made: "createTypes", dropped: "dropTypes" },
  programs: { made: "createViews", dropped: "dropRoutines" },
  tables: { made: "createTables", dropped: "dropTables" },
  parts: { made: "createTriggers", dropped: "dropTriggers" },
  last: { made: "createTriggers", dropped: "dropTriggers" },
};

const stages: readonly OtherStage[] = ["first", "types", "programs", "tables", "parts", "last"];

function stageOf({ class: kind }: OtherObject): OtherStage {
  return stages.find((stage) => classesOf(stage).includes(kind)) ?? "last";
}

function textOf({ content }: OtherObject, { writer }: Comparison): string {
  return content.statements.map((statement) => writer.statement(statement)).join("\n");
}

function removal(object: OtherObject, { dialect, context }: Comparison): OperationNode | undefined {
  const text = dialect.dropOther?.(object, context);
  return text === undefined ? undefined : { kind: "execute", statement: sql.raw(text), origin };
}

/**
 * Compares what is known by its text alone. What belongs to a table that comes or goes comes and goes with it.
 *
 * @param isGone whether an object goes with its table
 */
export function otherChanges(
  comparison: Comparison,
  isGone: (object: Pick<OtherObject, "schema" | "tableName">) => boolean,
): readonly Change[] {
  const { current, wanted, filters } = comparison;
  const changes: Change[] = [];
  const title = (object: OtherObject): string => titleOf(describeOther(object));
  const includes = (there: OtherObject | undefined, target: OtherObject | undefined): boolean => {
    const one = target ?? there;
    if (one === undefined) return false;
    const [before, after] = [there && describeOther(there), target && describeOther(target)];
    return filters.includes("other", one.name, { schema: one.schema, table: one.tableName }, before, after);
  };
  const add = (object: OtherObject, detected: readonly string[]): void => {
    const { made } = phasesOf[stageOf(object)];
    changes.push({ phase: made, operations: [creationOfOther(object)], detected });
  };
  const drop = (object: OtherObject, detected: readonly string[]): void => {
    const operation = removal(object, comparison);
    const { dropped } = phasesOf[stageOf(object)];
    const gap =
      operation === undefined
        ? {
            what: `the ${title(object)} goes, which was made by: ${object.content.statements.join("; ")}`,
            decide: "write the statement that takes it away: op.execute(…)",
          }
        : undefined;
    changes.push({ phase: dropped, operations: operation === undefined ? [] : [operation], detected, gap });
  };
  for (const key of wanted.others.keys()) {
    const [there, target] = [current.others.get(key), wanted.others.get(key)];
    if (target === undefined || !includes(there, target)) continue;
    if (there === undefined) add(target, [`Detected added ${title(target)}`]);
    else if (textOf(there, comparison) !== textOf(target, comparison)) {
      const isRepeatable = target.class === "comment";
      if (!isRepeatable) drop(there, []);
      add(target, [`Detected changed ${title(target)}`]);
    }
  }
  for (const key of current.others.keys()) {
    const there = current.others.get(key);
    if (there === undefined || wanted.others.get(key) !== undefined || !includes(there, undefined)) continue;
    if (!isGone(there)) drop(there, [`Detected removed ${title(there)}`]);
  }
  return changes;
}

/** Whether the table of an object goes, and the object with it. */
export function goesWithTable(
  { current, wanted }: Comparison,
  { schema, tableName }: Pick<OtherObject, "schema" | "tableName">,
): boolean {
  if (tableName === undefined) return false;
  const key = catalogKey(schema, tableName);
  return current.tables.has(key) && !wanted.tables.has(key);
}
