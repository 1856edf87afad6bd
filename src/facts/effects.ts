import type { Catalog } from "../catalog/catalog.js";
import type { QualifiedName } from "../catalog/changes/change.js";
import type { CatalogChange } from "../catalog/changes/index.js";
import { goesWith } from "../catalog/changes/tables.js";
import { columnsUsing } from "../catalog/texts/uses.js";
import { findColumn } from "../catalog/table-changes.js";
import type { ObjectEffect } from "../operations/node.js";
import { identityOf } from "../schema/columns.js";
import { sameName } from "../schema/names.js";
import type { Breakage, Loss, ObjectName, OperationFacts, Touch, TouchedKind } from "./facts.js";
import { columnOf, constraintOf, indexOf, objectText, tableOf } from "./object-names.js";
import { tablesReferredTo } from "./tables.js";

/** What is known of one effect of SQL text; a list that is left out is empty. */
type EffectFacts = Partial<OperationFacts> & Pick<OperationFacts, "touches">;

type ChangeName = CatalogChange["change"];
type ChangeFacts<N extends ChangeName> = (
  change: Extract<CatalogChange, { change: N }>,
  before: Catalog,
) => EffectFacts;

function ofTable({ schema, name }: QualifiedName): ObjectName {
  return tableOf({ schema, tableName: name });
}

function partOf({ schema, name }: QualifiedName): { readonly schema: string | undefined; readonly tableName: string } {
  return { schema, tableName: name };
}

function changed(of: ObjectName): EffectFacts {
  return { touches: [{ ...of, how: "changes" }] };
}

function misses(of: ObjectName): Breakage {
  return { whom: "both", of, text: `programs that name ${objectText(of)} fail` };
}

function renamed(of: ObjectName, to: Pick<QualifiedName, "name"> & Partial<QualifiedName>): EffectFacts {
  return { touches: [{ ...of, how: "renames", to: to.name, toSchema: to.schema }], breaks: [misses(of)] };
}

/** What has a name, where SQL text does not say of which kind it is. */
function anyOf({ schema, name }: QualifiedName, before: Catalog): ObjectName {
  if (before.table(schema, name) !== undefined) return ofTable({ schema, name });
  const object = before.objects.values().find((one) => sameName(one.name, name) && sameName(one.schema, schema));
  if (object !== undefined) return { kind: object.kind, schema, name };
  for (const table of before.tables.values()) {
    if (!sameName(table.schema, schema)) continue;
    const isIndex = table.indexes.some((index) => index.name !== undefined && sameName(index.name, name));
    if (isIndex) return indexOf(schema, table.name, name);
    const isConstraint = table.constraints.some((one) => one.name !== undefined && sameName(one.name, name));
    if (isConstraint) return constraintOf({ schema, tableName: table.name }, name);
  }
  return ofTable({ schema, name });
}

/** What is known by its text alone, or the table that it goes with. */
function ofOther(object: QualifiedName, tableName: string | undefined): ObjectName {
  return tableName === undefined ? { kind: "other", ...object } : ofTable({ schema: object.schema, name: tableName });
}

/** Character sets that hold every character there is. */
const wholeCharsets = /^(?:utf8mb4|utf16|utf16le|utf32|gb18030)$/i;

const ofChanges: { readonly [N in ChangeName]: ChangeFacts<N> } = {
  addConstraintOfIndex: ({ table, name }) => ({
    touches: [
      { ...constraintOf(partOf(table), name), how: "makes" },
      { ...ofTable(table), how: "reads" },
    ],
  }),
  alterDomain: ({ domain }) => changed({ kind: "domain", ...domain }),
  alterSequence: ({ sequence }) => changed({ kind: "sequence", ...sequence }),
  alterObject: ({ kind, object }) => changed({ kind, ...object }),
  changeColumnOption: ({ table, column }) => changed(columnOf(partOf(table), column)),
  changeDeferral: ({ table, constraint }) => changed(constraintOf(partOf(table), constraint)),
  changeIdentity: ({ table, column }) => changed(columnOf(partOf(table), column)),
  changeTableOptions: ({ table, comment }) => ({
    touches: [
      { ...ofTable(table), how: "changes" },
      ...(comment === undefined
        ? []
        : [{ kind: "comment" as const, ...partOf(table), name: undefined, how: "changes" as const }]),
    ],
  }),
  changeOther: ({ object, tableName }) => changed(ofOther(object, tableName)),
  convertCharset({ table, to }) {
    const of = ofTable(table);
    const { charset } = to;
    if (charset === undefined || wholeCharsets.test(charset)) return changed(of);
    const loss: Loss = { takes: "values", of, what: `characters that ${charset} does not have, of ${objectText(of)}` };
    return { ...changed(of), losses: [loss] };
  },
  copyTable: ({ model, to }) => ({
    touches: [
      { ...ofTable(to), how: "makes" },
      { ...ofTable(model), how: "refersTo" },
    ],
  }),
  createTableLike: ({ table, likes }) => ({
    touches: [
      { ...tableOf({ schema: table.schema, tableName: table.name }), how: "makes" },
      ...tablesReferredTo(table),
      ...likes.map(({ model }): Touch => ({ ...ofTable(model), how: "refersTo" })),
    ],
  }),
  dropGeneration({ table, column }, before) {
    const of = columnOf(partOf(table), column);
    const known = findColumn(before.table(table.schema, table.name), column);
    const isCounted = known !== undefined && identityOf(known) !== undefined;
    const losses: readonly Loss[] = isCounted
      ? [{ takes: "counter", of, what: `the counter of ${objectText(of)}` }]
      : [];
    return { ...changed(of), losses };
  },
  dropOther: ({ object, tableName }) => ({
    touches: [{ ...ofOther(object, tableName), how: tableName === undefined ? "drops" : "changes" }],
  }),
  dropReferences: (change, before) => ({
    touches: before.tablesReferringTo(change.table.schema, change.table.name).flatMap((referring) =>
      referring.constraints.flatMap((constraint): readonly Touch[] => {
        if (constraint.kind !== "foreignKey" || !goesWith(before, constraint, change)) return [];
        const owner = { schema: referring.schema, tableName: referring.name };
        return [{ ...constraintOf(owner, constraint.name ?? constraint.impliedName), how: "drops" }];
      }),
    ),
  }),
  dropRoutine: ({ kind, routine }) => dropped({ kind, ...routine }),
  dropUniqueOfColumns: ({ table }) => ({
    touches: [{ ...constraintOf(partOf(table), undefined), how: "changes" }],
  }),
  dropUses({ kind, subject }, before) {
    const columns = columnsUsing(before, { kind, ...subject }).map(({ table: { schema, name: tableName }, column }) =>
      columnOf({ schema, tableName }, column.name),
    );
    return {
      touches: columns.map((of): Touch => ({ ...of, how: "drops" })),
      losses: columns.map((of): Loss => ({ takes: "values", of, what: `the values of ${objectText(of)}` })),
      breaks: columns.map((of) => misses(of)),
    };
  },
  keepOther: ({ object, tableName }) => ({
    touches: [{ ...ofOther(object, tableName), how: tableName === undefined ? "makes" : "changes" }],
  }),
  moveTable: ({ from, to }) => renamed(ofTable(from), to),
  renameAny: ({ from, to }, before) => renamed(anyOf(from, before), { name: to }),
  renameIndexIfThere: ({ from, to }) => ({
    touches: [{ ...indexOf(from.schema, undefined, from.name), how: "renames", to }],
  }),
  renameObject: ({ kind, from, to, tableName }) => renamed({ kind, ...from, tableName }, to),
  renameViewColumn: ({ view, from, to }) => renamed(columnOf(partOf(view), from), { name: to }),
  renameRoutine: ({ kind, from, to }) => renamed({ kind, ...from }, to),
  renameSchema: ({ from, to }) => renamed({ kind: "schema", schema: undefined, name: from }, { name: to }),
  renameType: ({ from, to }, before) => ({
    touches: [
      {
        kind: before.object("domain", from.schema, from.name) === undefined ? "enumType" : "domain",
        ...from,
        how: "renames",
        to: to.name,
        toSchema: to.schema,
      },
    ],
  }),
};

function dropped(of: ObjectName): EffectFacts {
  const isCounter = of.kind === "sequence";
  return {
    touches: [{ ...of, how: "drops" }],
    losses: isCounter ? [{ takes: "counter", of, what: `the counter of ${objectText(of)}` }] : [],
    breaks: [misses(of)],
  };
}

/** The facts of a change that SQL text makes and no operation says. */
export function factsOfChange(change: CatalogChange, before: Catalog): EffectFacts {
  return factsOfOne(change.change, change, before);
}

function factsOfOne<N extends ChangeName>(
  name: N,
  change: Extract<CatalogChange, { change: N }>,
  before: Catalog,
): EffectFacts {
  return ofChanges[name](change, before);
}

/** The facts of an object that SQL text makes or drops. */
export function factsOfObject(effect: ObjectEffect, before: Catalog): EffectFacts {
  if (effect.effect === "dropped") return dropped(objectNamed(effect.kind, effect.schema, effect.name));
  const { kind, schema, name, tableName } = effect.object;
  const isThere = before.object(kind, schema, name, tableName) !== undefined;
  return { touches: [{ kind, schema, name, tableName, how: isThere ? "changes" : "makes" }] };
}

function objectNamed(kind: TouchedKind, schema: ObjectName["schema"], name: ObjectName["name"]): ObjectName {
  return { kind, schema, name };
}
