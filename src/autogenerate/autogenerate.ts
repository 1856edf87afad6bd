import type { Catalog } from "../catalog/catalog.js";
import { NormalWriter, wordsAlone, type NormalForm } from "../catalog/normal-form.js";
import type { Dialect } from "../compiler/dialect.js";
import type { RenderContext } from "../compiler/render-context.js";
import { applyAll, type OperationNode } from "../operations/index.js";
import { tableNameOf, type SchemaObject } from "../schema/schema-objects.js";
import type { NamingConvention } from "../schema/naming.js";
import type { Table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";
import { inOrder, type Change, type Gap } from "./change.js";
import { enumChanges } from "./compare-enums.js";
import { objectChanges } from "./compare-objects.js";
import { goesWithTable, otherChanges } from "./compare-others.js";
import { tableChanges } from "./compare-tables.js";
import { Descriptions, type Comparison } from "./comparison.js";
import { Filters, type FilterSettings } from "./filters.js";
import { withGivenNames } from "./given-names.js";
import { remarksOn, type Remarks } from "./remarks.js";
import { renamings, type Rename } from "./renames.js";

export interface AutogenerateOptions extends FilterSettings {
  readonly dialect: Dialect;
  /** The server's version. */
  readonly version: string;
  /** Writes what a catalog holds as the dialect does. */
  readonly writer: RenderContext;
  /** The form in which the two schemas are compared. */
  readonly form?: NormalForm | undefined;
  readonly compareType: boolean;
  readonly compareServerDefault: boolean;
  /** The convention of the project that the operations are for. */
  readonly namingConvention?: NamingConvention | undefined;
  /** What has another name in the wanted schema: else it is dropped, and added anew. */
  readonly renames?: readonly Rename[] | undefined;
  /** Gives the SQL text among operations its effects on the schema; needed only to tell that nothing is left to do. */
  readonly read?: ((operations: readonly OperationNode[]) => readonly OperationNode[]) | undefined;
}

/** One way between two schemas. */
interface Way {
  readonly operations: readonly OperationNode[];
  readonly detected: readonly string[];
  readonly gaps: readonly Gap[];
}

/** What makes one schema of another, and the way back. */
export interface Generated {
  readonly upgrade: readonly OperationNode[];
  readonly downgrade: readonly OperationNode[];
  /** What was found, a line each, in Alembic's words. */
  readonly detected: readonly string[];
  /** What stands as comments before operations of the way up and of the way back. */
  readonly remarks: Remarks;
  /** What the way up takes away, or what may make it fail on the rows that are there. */
  readonly warnings: readonly string[];
  /** What may be a rename: how that is said on the command line, `--rename account.nick=alias`. */
  readonly renames: readonly string[];
  /** What no operation says until somebody decides, for each way. */
  readonly gaps: { readonly upgrade: readonly Gap[]; readonly downgrade: readonly Gap[] };
}

function changesBetween(comparison: Comparison): readonly Change[] {
  const tables = tableChanges(comparison);
  const isTableGone = (object: SchemaObject): boolean =>
    goesWithTable(comparison, { schema: object.schema, tableName: tableNameOf(object) });
  return inOrder([
    ...enumChanges(comparison),
    ...tables.changes,
    ...objectChanges(comparison, tables.touched, isTableGone),
    ...otherChanges(comparison, (object) => goesWithTable(comparison, object)),
  ]);
}

/** What the operations leave to be done, although they are all that was found: no operation says it. */
function leftOver(
  operations: readonly OperationNode[],
  comparison: Comparison,
  read: AutogenerateOptions["read"],
): readonly Gap[] {
  if (read === undefined) return [];
  const after = applyAll(comparison.current, read(operations));
  return changesBetween({ ...comparison, current: after }).flatMap(({ detected }) =>
    detected.map((found): Gap => ({
      what: `${found.replace(/^Detected /, "")}: no operation of this kind makes it`,
      decide: "write the statement that makes it: op.execute(…)",
    })),
  );
}

function wayOf(comparison: Comparison, { read, namingConvention }: AutogenerateOptions): Way {
  const changes = changesBetween(comparison);
  const operations = withGivenNames(
    changes.flatMap((change) => change.operations),
    namingConvention,
    comparison.rules,
  );
  const gaps = changes.flatMap(({ gap }) => gap ?? []);
  return {
    operations,
    detected: changes.flatMap(({ detected }) => detected),
    // what is known to be missing would be found once more
    gaps: gaps.length > 0 ? gaps : leftOver(operations, comparison, read),
  };
}

/**
 * The operations that make the wanted schema of the current one, and those that lead back: the comparison the other way
 * round, with the texts of the schema that was there.
 *
 * @example autogenerate(replayed, target, options).detected // ["Detected added table 'account'"]
 */
export function autogenerate(there: Catalog, wanted: Catalog, options: AutogenerateOptions): Generated {
  const { dialect, version, writer, form = wordsAlone, compareType, compareServerDefault, renames = [] } = options;
  const { rules } = there;
  const filters = new Filters(options);
  const variant = (type: SqlType): SqlType => writer.variant(type);
  const known = new Descriptions();
  const settled = (table: Table, catalog: Catalog): Table =>
    form.table === undefined ? table : known.of(table, catalog, () => form.table?.(table, catalog) ?? table);
  const renaming = renamings(renames, there, wanted);
  const current = applyAll(there, renaming.forwards);
  const comparison: Comparison = {
    ...{ current, wanted, dialect, version, rules, filters, known, compareType, compareServerDefault, settled },
    context: writer,
    writer: new NormalWriter(writer, form, rules.canonicalType),
  };
  const upwards = wayOf(comparison, options);
  const downwards = wayOf({ ...comparison, current: wanted, wanted: current, filters: filters.reversed() }, options);
  // a value of an enum type cannot be added in every transaction: what stands before it would be committed by itself
  const isValue = ({ kind }: OperationNode): boolean => kind === "addEnumValue";
  const upgrade = [
    ...upwards.operations.filter(isValue),
    ...renaming.forwards,
    ...upwards.operations.filter((operation) => !isValue(operation)),
  ];
  const downgrade = [...downwards.operations, ...renaming.back];
  const text = (type: SqlType): string => comparison.writer.type(type);
  const up = remarksOn(upgrade, there, text, variant);
  const down = remarksOn(downgrade, wanted, text, variant);
  return {
    upgrade,
    downgrade,
    remarks: new Map([...up.remarks, ...down.remarks]),
    warnings: up.warnings,
    renames: up.renames,
    detected: [...renaming.detected, ...upwards.detected],
    gaps: { upgrade: upwards.gaps, downgrade: downwards.gaps },
  };
}
