import fc from "fast-check";
import {
  check,
  column,
  computed,
  foreignKey,
  identity,
  index,
  postgresql,
  primaryKey,
  references,
  sequence,
  table,
  unique,
} from "../../src/index.js";
import type { Column, ColumnOptions, SequenceOptions } from "../../src/schema/columns.js";
import type { Check, Constraint, ForeignKeyActions, Reference } from "../../src/schema/constraints.js";
import type { Index } from "../../src/schema/indexes.js";
import type { Name } from "../../src/schema/names.js";
import type { Table, TableItem, TableOptions } from "../../src/schema/tables.js";
import { bareName, name, some, sqlText, text, type } from "./arbitrary-values.js";

const flag = fc.boolean();
const phrase = fc.constantFrom("CASCADE", "SET NULL", "DEFERRED");
const whole = fc.oneof(fc.integer(), fc.bigInt());
export const names = fc.array(name, { minLength: 1, maxLength: 3 });

/** Nothing, or a thing. */
export function maybe<V>(thing: fc.Arbitrary<V>): fc.Arbitrary<V | undefined> {
  return fc.option(thing, { nil: undefined });
}

export const numbers = some<SequenceOptions>({
  start: whole,
  increment: whole,
  minvalue: whole,
  maxvalue: whole,
  nominvalue: flag,
  nomaxvalue: flag,
  cycle: flag,
  cache: fc.nat(),
  order: flag,
});

/** Where SQL is asked for, a text or SQL text. */
export const condition = fc.oneof(sqlText, text);

const deferral = { deferrable: flag, initially: phrase };
const actions: { readonly [K in keyof ForeignKeyActions]-?: fc.Arbitrary<NonNullable<ForeignKeyActions[K]>> } = {
  ...deferral,
  onUpdate: phrase,
  onDelete: phrase,
  match: phrase,
};

const checkGroups = { postgresql: fc.record({ notValid: flag }), sqlite: fc.record({ onConflict: phrase }) };
const uniqueGroups = {
  postgresql: some<{ include: string[]; nullsNotDistinct: boolean }>({
    include: fc.array(text, { maxLength: 2 }),
    nullsNotDistinct: flag,
  }),
  mssql: fc.record({ clustered: flag }),
};

const options = { name, ...deferral };
export const checkOptions = fc.record({ ...options, ...checkGroups }, { requiredKeys: [] });
export const uniqueOptions = fc.record({ ...options, ...uniqueGroups }, { requiredKeys: [] });
export const foreignKeyOptions = fc.record(
  { ...actions, postgresql: fc.record({ notValid: flag }) },
  { requiredKeys: [] },
);

const someCheck: fc.Arbitrary<Check> = fc.tuple(condition, checkOptions).map(([given, all]) => check(given, all));
const target = fc.tuple(maybe(bareName), fc.stringMatching(/^[a-z]{1,4}$/), fc.stringMatching(/^[a-z]{1,4}$/));
const targetText = target.map((parts) => parts.filter((given) => given !== undefined).join("."));

const someReference: fc.Arbitrary<Reference> = fc
  .tuple(targetText, fc.record({ name, useAlter: flag, ...actions }, { requiredKeys: [] }))
  .map(([given, all]) => references(given, all));

const defaults: fc.Arbitrary<ColumnOptions> = fc.oneof(
  fc.constant({}),
  fc.oneof(text, fc.integer(), fc.bigInt(), flag, sqlText).map((serverDefault) => ({ serverDefault })),
  fc.tuple(numbers, some<{ always: boolean; onNull: boolean }>({ always: flag, onNull: flag })).map(([all, more]) => ({
    identity: identity({ ...all, ...more }),
  })),
  fc.tuple(condition, maybe(flag)).map(([given, persisted]) => ({
    computed: computed(given, persisted === undefined ? {} : { persisted }),
  })),
);

const columnOptions: fc.Arbitrary<ColumnOptions> = fc.record(
  {
    nullable: flag,
    primaryKey: flag,
    unique: flag,
    index: flag,
    autoincrement: fc.constantFrom(true, false, "auto" as const, "ignoreForeignKey" as const),
    sequence: fc
      .tuple(name, numbers, some<{ schema: Name }>({ schema: name }))
      .map(([given, all, more]) => sequence(given, { ...all, ...more })),
    references: fc.array(someReference, { maxLength: 2 }),
    check: fc.array(someCheck, { maxLength: 2 }),
    comment: text,
    system: flag,
    quote: flag,
    sqlite: some<{ onConflictNotNull: string; onConflictUnique: string }>({
      onConflictNotNull: phrase,
      onConflictUnique: phrase,
    }),
    mssql: fc.record({ identityStart: fc.nat(), identityIncrement: fc.nat() }),
  },
  { requiredKeys: [] },
);

export const someColumn: fc.Arbitrary<Column> = fc
  .tuple(name, type, columnOptions, defaults)
  .map(([given, of, all, one]) => column(given, of, { ...all, ...one }));

const constraints: { readonly [K in Constraint["kind"]]: fc.Arbitrary<Constraint> } = {
  primaryKey: fc.tuple(names, uniqueOptions).map(([list, { postgresql: _group, ...all }]) => primaryKey(list, all)),
  unique: fc.tuple(names, uniqueOptions).map(([list, all]) => unique(list, all)),
  check: someCheck,
  foreignKey: fc
    .tuple(
      fc.array(fc.tuple(name, fc.stringMatching(/^[a-z]{1,4}$/)), { minLength: 1, maxLength: 3 }),
      target,
      fc.record({ name, useAlter: flag, ...actions, postgresql: fc.record({ notValid: flag }) }, { requiredKeys: [] }),
    )
    .map(([pairs, [schema, referred], all]) => {
      const owner = schema === undefined ? referred : `${schema}.${referred}`;
      return foreignKey(
        pairs.map(([local]) => local),
        pairs.map(([, remote]) => `${owner}.${remote}`),
        all,
      );
    }),
  exclude: fc
    .tuple(
      fc.array(fc.tuple(fc.oneof(name, sqlText), fc.constantFrom("=", "&&")), { minLength: 1, maxLength: 2 }),
      fc.record({ ...options, using: text, where: condition }, { requiredKeys: [] }),
    )
    .map(([elements, all]) => postgresql.exclude(elements, all)),
};

const someConstraint: fc.Arbitrary<Constraint> = fc.oneof(...Object.values(constraints));

const indexGroups = {
  postgresql: fc.record(
    {
      using: text,
      include: fc.array(text, { maxLength: 2 }),
      where: condition,
      ops: fc.dictionary(fc.oneof(text, fc.constantFrom("text", "kind")), text, { maxKeys: 2, noNullPrototype: true }),
      concurrently: flag,
      with: fc.constantFrom({ fillfactor: 70 }, { text: "t" }),
      nullsNotDistinct: flag,
    },
    { requiredKeys: [] },
  ),
  mysql: fc.record({ length: fc.oneof(fc.nat(), fc.constant({ name: 10 })), prefix: phrase }, { requiredKeys: [] }),
  sqlite: fc.record({ where: condition }),
  mssql: fc.record({ clustered: flag, where: condition }, { requiredKeys: [] }),
};

export const indexOptions = fc.record({ unique: flag, quote: flag, ...indexGroups }, { requiredKeys: [] });
export const indexColumns = fc.array(fc.oneof(name, sqlText), { minLength: 1, maxLength: 3 });

const someIndex: fc.Arbitrary<Index> = fc
  .tuple(fc.oneof(name, fc.constant(null)), indexColumns, indexOptions)
  .map(([given, list, all]) => index(given, list, all));

export const tableOptions: fc.Arbitrary<TableOptions> = fc.record(
  {
    schema: fc.oneof(name, fc.constant(null)),
    comment: text,
    prefixes: fc.array(text, { maxLength: 2 }),
    postgresql: fc.record({ partitionBy: text, with: fc.constant({ fillfactor: 70 }) }, { requiredKeys: [] }),
    mysql: fc.constantFrom({ engine: "InnoDB", rowFormat: "COMPRESSED" }, { union: ["a", "b"] }),
    sqlite: fc.record({ strict: flag }),
  },
  { requiredKeys: [] },
);

/** Columns of names that differ, constraints and indexes, in any order. */
export const tableItems: fc.Arbitrary<readonly TableItem[]> = fc
  .tuple(fc.array(someColumn, { maxLength: 4 }), fc.array(fc.oneof(someConstraint, someIndex), { maxLength: 4 }))
  .map(([columns, others]) => [...others, ...columns]);

export const someTable: fc.Arbitrary<Table> = fc
  .tuple(name, tableItems, tableOptions)
  .map(([given, items, all]) => table(given, items, all));
