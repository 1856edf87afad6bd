import type { Catalog } from "../catalog/catalog.js";
import { catalogKey } from "../catalog/catalog-key.js";
import { enumTypeOf } from "../catalog/enums.js";
import type { Dialect } from "../compiler/dialect.js";
import { fitterOf } from "../compiler/identifiers.js";
import { orderByMention } from "../compiler/mention-order.js";
import { creationOf } from "../compiler/object-creation.js";
import { orderTables } from "../compiler/table-order.js";
import { ConfigError, SqlembicError } from "../errors.js";
import { applyOperation, checkOperation, type OperationNode } from "../operations/index.js";
import { withFittingNames } from "../revision/fitting-names.js";
import type { ModuleNamespace } from "../revision/loader.js";
import type { Sequence } from "../schema/columns.js";
import type { Constraint } from "../schema/constraints.js";
import { expandTable } from "../schema/expansion.js";
import type { Name } from "../schema/names.js";
import type { NamingConvention } from "../schema/naming.js";
import type { Table } from "../schema/tables.js";
import { isSqlType, type SqlType } from "../schema/types/type.js";
import type { MaterializedView, View } from "../schema/views.js";

/** What a module of a target schema may export. */
type Exported = Table | Sequence | View | MaterializedView | SqlType;

/** A module of a target schema, evaluated. */
export interface TargetModule {
  readonly file: string;
  readonly exports: ModuleNamespace;
}

/** What the names of a target schema are made with. */
export interface TargetNames {
  readonly dialect: Dialect;
  readonly namingConvention: NamingConvention | undefined;
}

const itemKinds: readonly unknown[] = ["table", "sequence", "view", "materializedView"] satisfies Exclude<
  Exported,
  SqlType
>["kind"][];

function isExported(value: object): value is Exported {
  if (isSqlType(value)) return enumTypeOf(value) !== undefined;
  return "kind" in value && "name" in value && itemKinds.includes(value.kind);
}

/** Whether something may hold items: a list, or an object that only groups what it has. */
function isGroup(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("kind" in value);
}

/** The items of modules with the files that they stand in, each once: also those in lists and in groups of others. */
function itemsOf(modules: readonly TargetModule[]): ReadonlyMap<Exported, string> {
  const found = new Map<Exported, string>();
  const seen = new Set<object>();
  const take = (value: unknown, file: string): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (isExported(value)) found.set(value, file);
    else if (isGroup(value)) for (const inner of Object.values(value)) take(inner, file);
  };
  for (const { file, exports } of modules) for (const value of Object.values(exports)) take(value, file);
  return found;
}

/** What an item is called, and in whose names it stands: a table and a view cannot have the same one. */
function nameOf(item: Exported): {
  readonly kind: "relation" | "type";
  readonly schema: Name | undefined;
  readonly name: Name;
} {
  if (!isSqlType(item)) return { kind: "relation", schema: item.schema, name: item.name };
  const { schema, name } = enumTypeOf(item) ?? { schema: undefined, name: "" };
  return { kind: "type", schema, name };
}

function refuseRepeated(items: ReadonlyMap<Exported, string>): void {
  const known = new Map<string, string>();
  for (const [item, file] of items) {
    const { kind, schema, name } = nameOf(item);
    const key = catalogKey(schema, name);
    const other = known.get(`${kind} ${key}`);
    if (other !== undefined) {
      const problem = `The target schema has two different things named "${key}".`;
      throw new ConfigError("repeated-target", problem, {
        origin: { file, line: 1, column: 1 },
        hint: `Give one of them another name${other === file ? "" : `; the other one stands in ${other}`}.`,
        problems: [problem],
      });
    }
    known.set(`${kind} ${key}`, file);
  }
}

/** Which foreign keys are added later is found by the order of the tables, whatever their author says of it. */
function withoutAlter(constraint: Constraint): Constraint {
  return constraint.kind === "foreignKey" ? { ...constraint, useAlter: false } : constraint;
}

function createEnum(type: SqlType): readonly OperationNode[] {
  const found = enumTypeOf(type);
  if (found === undefined) return [];
  const { name, schema, values } = found;
  return [{ kind: "createEnumType", name, schema, values, forColumn: false, origin: undefined }];
}

function createSequence({ kind: _kind, name, schema, ...options }: Sequence): OperationNode {
  const plain = { type: undefined, ownedBy: undefined, ifNotExists: false, origin: undefined };
  return { kind: "createSequence", name, schema, options, ...plain };
}

/** An operation with the file of what it makes. */
interface Making {
  readonly operation: OperationNode;
  readonly file: string;
}

function makings(items: ReadonlyMap<Exported, string>, { dialect, namingConvention }: TargetNames): readonly Making[] {
  const fileOf = new Map<string, string>();
  const enums: Making[] = [];
  const sequences: Sequence[] = [];
  const tables: Table[] = [];
  const views: (View | MaterializedView)[] = [];
  for (const [item, file] of items) {
    const { schema, name } = nameOf(item);
    fileOf.set(catalogKey(schema, name), file);
    if (isSqlType(item)) {
      if (dialect.features.enumTypes === true) {
        enums.push(...createEnum(item).map((operation) => ({ operation, file })));
      }
    } else if (item.kind === "table") {
      const expanded = expandTable(item, namingConvention);
      tables.push({ ...expanded, constraints: expanded.constraints.map(withoutAlter) });
    } else if (item.kind === "sequence") sequences.push(item);
    else views.push(item);
  }
  const keyOf = ({ schema, name }: { readonly schema: Name | undefined; readonly name: Name }): string =>
    catalogKey(schema, name);
  const made = (owner: { schema: Name | undefined; name: Name }, operation: OperationNode): Making => ({
    operation,
    file: fileOf.get(keyOf(owner)) ?? "",
  });
  // a sequence that fills a column is made with its table
  const ofColumns = new Set(
    tables.flatMap(({ columns }) => columns.flatMap(({ sequence }) => (sequence === undefined ? [] : keyOf(sequence)))),
  );
  const byKey = tables.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const { order, later } = orderTables(byKey, true);
  const isLater = (table: Table, constraint: Constraint): boolean =>
    later.get(table)?.some((key) => key === constraint) === true;
  return [
    ...enums,
    ...sequences.filter((one) => !ofColumns.has(keyOf(one))).map((one) => made(one, createSequence(one))),
    ...order.map((table) => {
      const constraints = table.constraints.filter((constraint) => !isLater(table, constraint));
      const created = { ...table, constraints };
      return made(table, { kind: "createTable", table: created, ifNotExists: false, origin: undefined });
    }),
    ...order.flatMap((table) =>
      (later.get(table) ?? []).map((constraint) => {
        const { name: tableName, schema } = table;
        return made(table, { kind: "addConstraint", tableName, schema, constraint, origin: undefined });
      }),
    ),
    ...orderByMention(views).flatMap((view) => creationOf(view.kind, view).map((operation) => made(view, operation))),
  ];
}

/**
 * The schema that the modules of a target export: tables, enum types, sequences and views, as if operations had made them.
 *
 * @param isAlone whether nothing but these modules makes the schema, so that what they speak of has to be there
 * @throws ConfigError when they export nothing of a schema, or two things of one name; SqlembicError for what does not fit
 */
export function schemaOfModules(
  modules: readonly TargetModule[],
  start: Catalog,
  names: TargetNames,
  isAlone: boolean,
): Catalog {
  const items = itemsOf(modules);
  if (items.size === 0) {
    const [first] = modules;
    const problem = `No table is exported by ${modules.map(({ file }) => file).join(", ")}.`;
    throw new ConfigError("empty-target", problem, {
      origin: { file: first?.file ?? "", line: 1, column: 1 },
      hint: 'Export what the schema is to have: export const account = table("account", [column("id", t.integer())]);',
      problems: [problem],
    });
  }
  refuseRepeated(items);
  const fit = fitterOf(names.dialect.identifiers);
  let catalog = start;
  for (const { operation, file } of makings(items, names)) {
    const fitting: OperationNode = { ...withFittingNames(operation, fit), origin: undefined };
    try {
      if (isAlone) checkOperation(catalog, fitting);
      catalog = applyOperation(catalog, fitting);
    } catch (error) {
      if (error instanceof SqlembicError) error.origin ??= { file, line: 1, column: 1 };
      throw error;
    }
  }
  return catalog;
}
