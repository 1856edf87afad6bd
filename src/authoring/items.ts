import { options, unless, whenAny, whenSet, type CallArguments } from "../operations/call.js";
import {
  column,
  computed,
  identity,
  isComputed,
  isIdentity,
  sequence,
  type Column,
  writtenDefault,
} from "../schema/columns.js";
import {
  check,
  exclude,
  foreignKey,
  primaryKey,
  references,
  unique,
  type Constraint,
  type ForeignKey,
} from "../schema/constraints.js";
import { index } from "../schema/indexes.js";
import { nameText } from "../schema/names.js";
import { table } from "../schema/tables.js";
import type { SqlType } from "../schema/types/type.js";
import type { Imported, RenderedItem } from "./vocabulary.js";

/** What a schema is written of, beside types and SQL text. */
export type Item = Exclude<RenderedItem, SqlType>;
type ItemKind = Item["kind"];
type ItemOf<K extends ItemKind> = Extract<Item, { kind: K }>;

/** What is written of an item: the call that makes it, and what that makes, which may be less than the item. */
export interface ItemCall {
  /** The function under the name that revisions know it by. */
  readonly name: Imported | "postgresql.exclude";
  readonly given: readonly unknown[];
  readonly made: Item;
}

/** The call of a function with what it is given for an item; the type checker knows that it takes that. */
function maker<I extends Item, A extends readonly unknown[]>(
  name: ItemCall["name"],
  make: (...given: A) => I,
  given: (item: I) => CallArguments<NoInfer<A>>,
): (item: I) => ItemCall {
  return (item) => {
    const all = given(item);
    // dialect groups are kept as they were given, under a type that knows of them no more than that
    return { name, given: all, made: make(...(all as unknown as A)) };
  };
}

/** One thing by itself, several as a list, none left out. */
function oneOrMore<V>(list: readonly V[]): V | readonly V[] | undefined {
  return list.length > 1 ? list : list[0];
}

function defaultOptions({ serverDefault }: Column) {
  if (isIdentity(serverDefault)) return { identity: serverDefault };
  return isComputed(serverDefault) ? { computed: serverDefault } : { serverDefault: writtenDefault(serverDefault) };
}

function keyOptions({ name, deferrable, initially, options: groups }: Constraint) {
  return options({ name, deferrable, initially, ...groups });
}

/** The columns that a foreign key refers to, as far as texts with dots tell them. */
function targetsOf({ referredSchema, referredTable, referredColumns }: ForeignKey): readonly string[] {
  const owner = [...(referredSchema === undefined ? [] : [nameText(referredSchema)]), nameText(referredTable)];
  return referredColumns.map((name) => [...owner, nameText(name)].join("."));
}

/** How each item is written: a new one has to say it here. */
const makers: { readonly [K in ItemKind]: (item: ItemOf<K>) => ItemCall } = {
  column: maker("column", column, (item) => [
    item.name,
    item.type,
    ...options({
      nullable: item.nullable,
      primaryKey: whenSet(item.primaryKey),
      unique: whenSet(item.unique),
      index: whenSet(item.index),
      autoincrement: unless("auto", item.autoincrement),
      ...defaultOptions(item),
      sequence: item.sequence,
      references: oneOrMore(item.references),
      check: oneOrMore(item.checks),
      comment: item.comment,
      system: whenSet(item.system),
      ...item.options,
    }),
  ]),
  primaryKey: maker("primaryKey", primaryKey, (item) => [item.columns, ...keyOptions(item)]),
  unique: maker("unique", unique, (item) => [item.columns, ...keyOptions(item)]),
  check: maker("check", check, (item) => [item.condition, ...keyOptions(item)]),
  foreignKey: maker("foreignKey", foreignKey, (item) => {
    const { name, onUpdate, onDelete, match, deferrable, initially, useAlter } = item;
    const given = { name, onUpdate, onDelete, match, deferrable, initially, useAlter: whenSet(useAlter) };
    return [item.columns, targetsOf(item), ...options({ ...given, ...item.options })];
  }),
  exclude: maker("postgresql.exclude", exclude, (item) => {
    const { name, using, where, deferrable, initially } = item;
    return [
      item.elements.map(({ expression, operator }) => [expression, operator] as const),
      ...options({ name, using, where, deferrable, initially, ...item.options }),
    ];
  }),
  index: maker("index", index, (item) => [
    item.name ?? null,
    item.columns,
    ...options({ unique: whenSet(item.unique), ...item.options }),
  ]),
  table: maker("table", table, (item) => [
    item.name,
    [...item.columns, ...item.constraints, ...item.indexes],
    ...options({ schema: item.schema, comment: item.comment, prefixes: whenAny(item.prefixes), ...item.options }),
  ]),
  references: maker("references", references, (item) => {
    const { name, onUpdate, onDelete, match, deferrable, initially, useAlter } = item;
    const given = { name, onUpdate, onDelete, match, deferrable, initially, useAlter: whenSet(useAlter) };
    return [item.target, ...options(given)];
  }),
  identity: maker("identity", identity, ({ kind: _kind, always, ...rest }) =>
    options({ always: whenSet(always), ...rest }),
  ),
  computed: maker("computed", computed, ({ expression, persisted }) => [expression, ...options({ persisted })]),
  sequence: maker("sequence", sequence, ({ kind: _kind, name, ...rest }) => [name, ...options(rest)]),
};

function callOf<K extends ItemKind>(kind: K, item: ItemOf<K>): ItemCall {
  return makers[kind](item);
}

/** The call that makes an item. */
export function itemCall(item: Item): ItemCall {
  return callOf(item.kind, item);
}

/** Whether a value is an item, as far as its kind tells. */
export function isItem(value: object): value is Item {
  return "kind" in value && typeof value.kind === "string" && Object.hasOwn(makers, value.kind);
}
