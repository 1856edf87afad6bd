import type { Catalog, Unknown } from "../catalog.js";
import type { ChangeDefinition } from "./change.js";
import { alterDomain, type AlterDomain } from "./domains.js";
import type { AlterObject, RenameObject, RenameType } from "./objects.js";
import { alterObject, renameObject, renameType } from "./objects.js";
import { dropRoutine, renameRoutine, type DropRoutine, type RenameRoutine } from "./routines.js";
import { renameSchema, type RenameSchema } from "./schemas.js";
import { alterSequence, type AlterSequence } from "./sequences.js";
import type {
  AddConstraintOfIndex,
  ChangeColumnOption,
  ChangeDeferral,
  ChangeIdentity,
  DropGeneration,
  DropUniqueOfColumns,
  RenameIndexIfThere,
} from "./parts-of-tables.js";
import {
  addConstraintOfIndex,
  changeColumnOption,
  changeDeferral,
  changeIdentity,
  dropGeneration,
  dropUniqueOfColumns,
  renameIndexIfThere,
} from "./parts-of-tables.js";
import type { ChangeOther, DropOther, KeepOther } from "./others.js";
import { changeOther, dropOther, keepOther } from "./others.js";
import type { CopyTable, CreateTableLike } from "./table-copies.js";
import { copyTable, createTableLike } from "./table-copies.js";
import type { ChangeTableOptions, ConvertCharset } from "./table-options.js";
import { changeTableOptions, convertCharset } from "./table-options.js";
import type { DropReferences, MoveTable, RenameAny } from "./tables.js";
import { dropReferences, moveTable, renameAny } from "./tables.js";
import { dropUses, type DropUses } from "./uses.js";
import { renameViewColumn, type RenameViewColumn } from "./views.js";

/** Every change that SQL text makes and no operation says. Each is plain data; what it means is said in its file. */
export type CatalogChange =
  | AddConstraintOfIndex
  | AlterDomain
  | AlterObject
  | AlterSequence
  | ChangeColumnOption
  | ChangeDeferral
  | ChangeIdentity
  | ChangeOther
  | ChangeTableOptions
  | ConvertCharset
  | CopyTable
  | CreateTableLike
  | DropGeneration
  | DropOther
  | DropReferences
  | DropRoutine
  | DropUniqueOfColumns
  | DropUses
  | KeepOther
  | MoveTable
  | RenameAny
  | RenameIndexIfThere
  | RenameObject
  | RenameRoutine
  | RenameSchema
  | RenameType
  | RenameViewColumn;

type ChangeName = CatalogChange["change"];
type ChangeOf<N extends ChangeName> = Extract<CatalogChange, { change: N }>;

const changes: { readonly [N in ChangeName]: ChangeDefinition<ChangeOf<N>> } = {
  addConstraintOfIndex,
  alterDomain,
  alterObject,
  alterSequence,
  changeColumnOption,
  changeDeferral,
  changeIdentity,
  changeOther,
  changeTableOptions,
  convertCharset,
  copyTable,
  createTableLike,
  dropGeneration,
  dropOther,
  dropReferences,
  dropRoutine,
  dropUniqueOfColumns,
  dropUses,
  keepOther,
  moveTable,
  renameAny,
  renameIndexIfThere,
  renameObject,
  renameRoutine,
  renameSchema,
  renameType,
  renameViewColumn,
};

function applyOne<N extends ChangeName>(
  name: N,
  catalog: Catalog,
  change: ChangeOf<N>,
  because: Unknown,
): Catalog | undefined {
  return changes[name].apply(catalog, change, because);
}

/** The catalog after a change that SQL text made; undefined when that cannot be told. */
export function withChange(catalog: Catalog, change: CatalogChange, because: Unknown): Catalog | undefined {
  return applyOne(change.change, catalog, change, because);
}

function keysOfOne<N extends ChangeName>(name: N, change: ChangeOf<N>): readonly string[] {
  return changes[name].keys(change);
}

/** The catalog keys of what a change is about. */
export function changedKeys(change: CatalogChange): readonly string[] {
  return keysOfOne(change.change, change);
}
