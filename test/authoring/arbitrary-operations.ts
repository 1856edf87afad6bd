import fc from "fast-check";
import type { BatchOperations, Operations } from "../../src/index.js";
import type { OperationKind } from "../../src/operations/index.js";
import type { PartitionBounds } from "../../src/operations/partitions.js";
import type { LiteralValue, SqlText } from "../../src/schema/expressions.js";
import type { NamingConvention } from "../../src/schema/naming.js";
import {
  checkOptions,
  condition,
  foreignKeyOptions,
  indexColumns,
  indexOptions,
  maybe,
  names,
  numbers,
  someColumn,
  someTable,
  tableItems,
  tableOptions,
  uniqueOptions,
} from "./arbitrary-items.js";
import { bareName, literal, name, sqlText, text, type } from "./arbitrary-values.js";

/** A call of some directive. */
export type Recorded = (op: Operations) => void;
type InBatch = (batch: BatchOperations) => void;

const flag = fc.boolean();
const nameOrNone = fc.oneof(name, fc.constant(null));
const schema = fc.record({ schema: nameOrNone }, { requiredKeys: [] });
const inSchema = fc.record({ schema: nameOrNone, ifExists: flag }, { requiredKeys: [] });
const newInSchema = fc.record({ schema: nameOrNone, ifNotExists: flag }, { requiredKeys: [] });
const parameters = condition;

function optional<T>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

/** The calls of one directive with arguments of these. */
function calls<A extends readonly unknown[]>(
  given: { readonly [I in keyof A]: fc.Arbitrary<A[I]> },
  call: (op: Operations, ...given: A) => void,
): fc.Arbitrary<Recorded> {
  return fc
    .tuple(...(given as readonly fc.Arbitrary<unknown>[]))
    .map((all) => (op: Operations) => call(op, ...(all as unknown as A)));
}

const withoutName = <O extends { name?: unknown }>({ name: _name, ...rest }: O): Omit<O, "name"> => rest;
const keyOptions = uniqueOptions.map(withoutName);
const primaryKeyOptions = keyOptions.map(({ postgresql: _group, ...rest }) => rest);
const conditionOptions = checkOptions.map(withoutName);
const excludeOptions = optional({ using: text, where: condition, deferrable: flag });
const elements = fc.array(fc.tuple(fc.oneof(name, sqlText), fc.constantFrom("=", "&&")), {
  minLength: 1,
  maxLength: 2,
});

const change = {
  nullable: flag,
  comment: fc.oneof(text, fc.constant(null)),
  serverDefault: fc.oneof(text, fc.integer(), flag, sqlText, fc.constant(null)),
  newColumnName: name,
  type,
  autoincrement: flag,
  existingType: type,
  existingNullable: flag,
  existingServerDefault: fc.oneof(text, sqlText, fc.constant(null)),
  existingComment: fc.oneof(text, fc.constant(null)),
  existingAutoincrement: flag,
};

const row: fc.Arbitrary<Readonly<Record<string, LiteralValue | SqlText>>> = fc.dictionary(
  fc.oneof(bareName, fc.constantFrom("text", "kind", "1", "a b")),
  fc.oneof({ weight: 3, arbitrary: literal }, sqlText),
  { minKeys: 1, maxKeys: 4, noNullPrototype: true },
);
const rows = fc.array(row, { maxLength: 3 });

const bound = fc.oneof(literal, sqlText);
const boundOrList = fc.oneof(bound, fc.array(bound, { minLength: 1, maxLength: 2 }));
const bounds: fc.Arbitrary<PartitionBounds> = fc.oneof(
  fc.record({ from: boundOrList, to: boundOrList }, { requiredKeys: ["to"] }),
  fc.record({ in: fc.array(bound, { maxLength: 3 }) }),
  fc.record({ modulus: fc.nat(), remainder: fc.nat() }),
  fc.constant("default" as const),
);

const privileges = fc.oneof(fc.constantFrom("select", "ALL"), fc.constant(["insert", "update"]));
const privilegeOptions = {
  schema: nameOrNone,
  type: fc.constantFrom("table" as const, "sequence" as const, "allTables" as const, "function" as const),
  columns: names,
  parameters,
};
const routineOptions = { schema: nameOrNone, parameters, language: text, attributes: condition, replace: flag };

/** The directives of a batch, each with all that it may be given. */
const batchCalls: { readonly [N in keyof BatchOperations]: fc.Arbitrary<InBatch> } = {
  addColumn: fc
    .tuple(someColumn, optional({ ifNotExists: flag, inlineReferences: flag, insertBefore: name, insertAfter: name }))
    .map((given) => (batch) => batch.addColumn(...given)),
  alterColumn: fc
    .tuple(name, optional({ ...change, insertBefore: name, insertAfter: name }))
    .map((given) => (batch) => batch.alterColumn(...given)),
  createCheckConstraint: fc
    .tuple(nameOrNone, condition, conditionOptions)
    .map((given) => (batch) => batch.createCheckConstraint(...given)),
  createExcludeConstraint: fc
    .tuple(nameOrNone, elements, excludeOptions)
    .map((given) => (batch) => batch.createExcludeConstraint(...given)),
  createForeignKey: fc
    .tuple(nameOrNone, name, names, foreignKeyOptions, optional({ referentSchema: nameOrNone }))
    .map(([own, referent, list, all, more]) => (batch) => {
      batch.createForeignKey(own, referent, list, list, { ...all, ...more });
    }),
  createIndex: fc.tuple(nameOrNone, indexColumns, indexOptions).map((given) => (batch) => batch.createIndex(...given)),
  createPrimaryKey: fc
    .tuple(nameOrNone, names, primaryKeyOptions)
    .map((given) => (batch) => batch.createPrimaryKey(...given)),
  createTableComment: fc
    .tuple(text, optional({ existingComment: text }))
    .map((given) => (batch) => batch.createTableComment(...given)),
  createUniqueConstraint: fc
    .tuple(nameOrNone, names, keyOptions)
    .map((given) => (batch) => batch.createUniqueConstraint(...given)),
  dropColumn: fc
    .tuple(name, optional({ ifExists: flag, mssql: optional({ dropCheck: flag }) }))
    .map((given) => (batch) => batch.dropColumn(...given)),
  dropConstraint: fc
    .tuple(nameOrNone, optional({ type: fc.constantFrom("unique" as const, "check" as const), ifExists: flag }))
    .map((given) => (batch) => batch.dropConstraint(...given)),
  dropIndex: fc
    .tuple(name, optional({ ifExists: flag, postgresql: fc.record({ concurrently: flag }) }))
    .map((given) => (batch) => batch.dropIndex(...given)),
  dropTableComment: fc
    .tuple(optional({ existingComment: text }))
    .map((given) => (batch) => batch.dropTableComment(...given)),
  execute: condition.map((given) => (batch) => batch.execute(given)),
};

const batchCall = fc.oneof(...Object.values(batchCalls));

const batchOptions = optional({
  schema: nameOrNone,
  recreate: fc.constantFrom("auto" as const, "always" as const, "never" as const),
  partialReordering: fc.array(names, { maxLength: 2 }),
  copyFrom: someTable,
  tableArgs: tableItems,
  tableKwargs: tableOptions,
});

/** Calls that record operations of each kind: a new kind has to be here. */
export const callsOfKind: { readonly [K in OperationKind]: fc.Arbitrary<Recorded> } = {
  addColumn: calls(
    [
      name,
      someColumn,
      optional({ schema: nameOrNone, ifNotExists: flag, inlineReferences: flag, inlinePrimaryKey: flag }),
    ],
    (op, ...given) => op.addColumn(...given),
  ),
  addConstraint: fc.oneof(
    calls([nameOrNone, name, names, primaryKeyOptions, schema], (op, own, on, list, all, more) => {
      op.createPrimaryKey(own, on, list, { ...all, ...more });
    }),
    calls([nameOrNone, name, names, keyOptions, schema], (op, own, on, list, all, more) => {
      op.createUniqueConstraint(own, on, list, { ...all, ...more });
    }),
    calls([nameOrNone, name, condition, conditionOptions, schema], (op, own, on, given, all, more) => {
      op.createCheckConstraint(own, on, given, { ...all, ...more });
    }),
    calls([nameOrNone, name, elements, excludeOptions, schema], (op, own, on, list, all, more) => {
      op.createExcludeConstraint(own, on, list, { ...all, ...more });
    }),
    calls(
      [
        nameOrNone,
        name,
        name,
        names,
        foreignKeyOptions,
        optional({ sourceSchema: nameOrNone, referentSchema: nameOrNone }),
      ],
      (op, own, source, referent, list, all, more) => {
        op.createForeignKey(own, source, referent, list, list, { ...all, ...more });
      },
    ),
  ),
  addEnumValue: calls(
    [
      name,
      text,
      optional({ schema: nameOrNone, ifNotExists: flag }),
      fc.constantFrom({}, { before: "a" }, { after: "b" }),
    ],
    (op, of, value, all, place) => op.addEnumValue(of, value, { ...all, ...place }),
  ),
  alterColumn: calls(
    [name, name, optional({ ...change, schema: nameOrNone }), maybe(condition)],
    (op, on, of, all, using) => {
      const group = using === undefined || all.type === undefined ? {} : { postgresql: { using } };
      op.alterColumn(on, of, { ...all, ...group });
    },
  ),
  attachPartition: calls([name, name, bounds, schema], (op, ...given) => op.attachPartition(...given)),
  autocommitBlock: calls([condition, name], (op, given, dropped) => {
    op.autocommitBlock(() => {
      op.execute(given);
      op.dropTable(dropped);
    });
  }),
  batchAlterTable: fc.oneof(
    calls([name, batchOptions, fc.array(batchCall, { maxLength: 4 }), maybe(name)], (op, on, all, list, dropped) => {
      op.batchAlterTable(on, all, (batch) => {
        for (const call of list) call(batch);
        // what is called on op inside a batch is held by it too
        if (dropped !== undefined) op.dropIndex(dropped);
      });
    }),
    calls([name, batchCall], (op, on, call) => {
      op.batchAlterTable(on, (batch) => {
        op.autocommitBlock(() => call(batch));
      });
    }),
  ),
  bulkInsert: fc.oneof(
    calls([name, rows, optional({ rowsPerStatement: fc.integer({ min: 1 }) })], (op, ...given) =>
      op.bulkInsert(...given),
    ),
    calls([someTable], (op, given) => op.bulkInsert(given, [])),
  ),
  createDomain: calls(
    [
      name,
      type,
      optional({
        schema: nameOrNone,
        nullable: flag,
        serverDefault: fc.oneof(text, fc.bigInt(), flag, sqlText),
        collation: text,
      }),
    ],
    (op, ...given) => op.createDomain(...given),
  ),
  createEnumType: calls([name, fc.array(text), schema], (op, ...given) => op.createEnumType(...given)),
  createExtension: calls(
    [name, optional({ schema: nameOrNone, version: text, cascade: flag, ifNotExists: flag })],
    (op, ...given) => op.createExtension(...given),
  ),
  createFunction: calls(
    [name, condition, optional(routineOptions), fc.oneof(type, condition)],
    (op, of, body, all, returns) => op.createFunction(of, body, { ...all, returns }),
  ),
  createIndex: calls([nameOrNone, name, indexColumns, indexOptions, newInSchema], (op, own, on, list, all, more) =>
    op.createIndex(own, on, list, { ...all, ...more }),
  ),
  createPartition: calls(
    [name, name, bounds, newInSchema, optional({ postgresql: fc.record({ partitionBy: text }) })],
    (op, own, on, which, all, more) => op.createPartition(own, on, which, { ...all, ...more }),
  ),
  createProcedure: calls([name, condition, optional(routineOptions)], (op, ...given) => op.createProcedure(...given)),
  createSchema: calls([name, optional({ ifNotExists: flag, authorization: nameOrNone })], (op, ...given) => {
    op.createSchema(...given);
  }),
  createSequence: calls(
    [name, numbers, optional({ type, ownedBy: fc.tuple(text, text) }), newInSchema],
    (op, of, all, more, where) => op.createSequence(of, { ...all, ...more, ...where }),
  ),
  createTable: calls([name, tableItems, tableOptions, flag], (op, of, items, all, ifNotExists) => {
    op.createTable(of, items, { ...all, ifNotExists });
  }),
  createTrigger: calls(
    [
      name,
      name,
      condition,
      optional({
        schema: nameOrNone,
        forEach: fc.constantFrom("row" as const, "statement" as const),
        when: condition,
        replace: flag,
      }),
      optional({ updateOf: names, postgresql: fc.record({ constraint: flag }), mysql: fc.record({ definer: text }) }),
    ],
    (op, of, on, body, all, more) => {
      op.createTrigger(of, on, body, { timing: "after", events: ["insert", "update"], ...all, ...more });
    },
  ),
  createView: fc.oneof(
    calls(
      [
        name,
        condition,
        optional({ schema: nameOrNone, columns: names, materialized: flag, withData: flag }),
        optional({
          checkOption: fc.constantFrom(true, false, "local" as const),
          mssql: fc.record({ schemaBinding: flag }),
        }),
        fc.constantFrom({}, { replace: true }, { ifNotExists: true }),
      ],
      (op, of, query, all, more, replace) => op.createView(of, query, { ...all, ...more, ...replace }),
    ),
    calls([name, condition, schema], (op, ...given) => op.replaceView(...given)),
  ),
  detachPartition: calls([name, name, optional({ schema: nameOrNone, concurrently: flag })], (op, ...given) => {
    op.detachPartition(...given);
  }),
  dropColumn: calls(
    [name, name, inSchema, optional({ mssql: optional({ dropCheck: flag, dropDefault: flag }) })],
    (op, on, of, all, more) => op.dropColumn(on, of, { ...all, ...more }),
  ),
  dropConstraint: calls(
    [nameOrNone, name, inSchema, optional({ type: fc.constantFrom("foreignkey" as const, "primary" as const) })],
    (op, own, on, all, more) => op.dropConstraint(own, on, { ...all, ...more }),
  ),
  dropDomain: calls([name, inSchema], (op, ...given) => op.dropDomain(...given)),
  dropEnumType: calls([name, inSchema], (op, ...given) => op.dropEnumType(...given)),
  dropExtension: calls([name, optional({ ifExists: flag })], (op, ...given) => op.dropExtension(...given)),
  dropFunction: calls([name, inSchema, optional({ parameters })], (op, of, all, more) => {
    op.dropFunction(of, { ...all, ...more });
  }),
  dropIndex: calls(
    [name, inSchema, optional({ tableName: nameOrNone, postgresql: fc.record({ concurrently: flag }) })],
    (op, of, all, more) => op.dropIndex(of, { ...all, ...more }),
  ),
  dropPartition: calls([name, name, inSchema], (op, ...given) => op.dropPartition(...given)),
  dropProcedure: calls([name, inSchema, optional({ parameters })], (op, of, all, more) => {
    op.dropProcedure(of, { ...all, ...more });
  }),
  dropSchema: calls([name, optional({ ifExists: flag, cascade: flag })], (op, ...given) => op.dropSchema(...given)),
  dropSequence: calls([name, inSchema], (op, ...given) => op.dropSequence(...given)),
  dropTable: calls([name, inSchema], (op, ...given) => op.dropTable(...given)),
  dropTrigger: calls([name, name, inSchema], (op, ...given) => op.dropTrigger(...given)),
  dropView: calls([name, inSchema, optional({ materialized: flag })], (op, of, all, more) => {
    op.dropView(of, { ...all, ...more });
  }),
  execute: fc.oneof(
    calls([condition], (op, given) => op.execute(given)),
    calls([fc.record({ sql: text, parameters: fc.array(literal, { maxLength: 3 }) })], (op, given) =>
      op.execute(given),
    ),
  ),
  grant: calls([privileges, name, names, optional({ ...privilegeOptions, withGrantOption: flag })], (op, ...given) =>
    op.grant(...given),
  ),
  refreshMaterializedView: calls(
    [name, optional({ schema: nameOrNone, concurrently: flag, withData: flag })],
    (op, ...given) => op.refreshMaterializedView(...given),
  ),
  renameConstraint: calls([name, name, name, schema], (op, ...given) => op.renameConstraint(...given)),
  renameEnumValue: calls([name, text, text, schema], (op, ...given) => op.renameEnumValue(...given)),
  renameIndex: calls([name, name, optional({ tableName: nameOrNone, schema: nameOrNone })], (op, ...given) => {
    op.renameIndex(...given);
  }),
  renameTable: calls([name, name, schema], (op, ...given) => op.renameTable(...given)),
  revoke: calls(
    [privileges, name, names, optional({ ...privilegeOptions, grantOptionFor: flag, cascade: flag })],
    (op, ...given) => op.revoke(...given),
  ),
  tableComment: fc.oneof(
    calls([name, text, optional({ existingComment: text, schema: nameOrNone })], (op, ...given) => {
      op.createTableComment(...given);
    }),
    calls([name, optional({ existingComment: text, schema: nameOrNone })], (op, ...given) =>
      op.dropTableComment(...given),
    ),
  ),
  validateConstraint: calls([name, name, schema], (op, ...given) => op.validateConstraint(...given)),
};

/** No convention, one that names what has no name, and one that builds on names. */
export const conventions: fc.Arbitrary<NamingConvention | undefined> = fc.constantFrom<
  (NamingConvention | undefined)[]
>(
  undefined,
  { pk: "pk_%(table_name)s", uq: "uq_%(table_name)s_%(column_0_N_name)s", ix: "ix_%(column_0_N_label)s" },
  { fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", ix: "%(column_0_label)s_idx" },
);
