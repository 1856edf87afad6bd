import type { Index } from "../schema/indexes.js";
import { nameText, sameName, type Name } from "../schema/names.js";
import type { MaterializedView, View } from "../schema/views.js";
import type { Catalog } from "./catalog.js";

/** Views that may have indexes: materialised ones, and those of SQL Server that are bound to their schema. */
type IndexedView = View | MaterializedView;

/** The view of that name, where no table has it. */
export function viewNamed(catalog: Catalog, schema: Name | undefined, name: Name): IndexedView | undefined {
  if (catalog.table(schema, name) !== undefined) return undefined;
  return catalog.object("materializedView", schema, name) ?? catalog.object("view", schema, name);
}

/** The view that has an index of that name, among all of its schema where none is named. */
export function viewWithIndex(
  catalog: Catalog,
  schema: Name | undefined,
  viewName: Name | undefined,
  indexName: Name,
): IndexedView | undefined {
  const has = (view: IndexedView): boolean =>
    view.indexes?.some(({ name }) => name !== undefined && sameName(name, indexName)) === true;
  const views = catalog.objects
    .values()
    .flatMap((object) => (object.kind === "view" || object.kind === "materializedView" ? [object] : []))
    .filter((view) => sameName(view.schema, schema) && (viewName === undefined || sameName(view.name, viewName)));
  return views.find(has);
}

/** The catalog with other indexes of a view. */
export function withViewIndexes(
  catalog: Catalog,
  view: IndexedView,
  change: (indexes: readonly Index[]) => readonly Index[],
): Catalog {
  return catalog.withObject({ ...view, indexes: change(view.indexes ?? []) });
}

/** Whether an index has a name, for changing one of many. */
export function isIndexNamed({ name }: Index, wanted: Name): boolean {
  return name !== undefined && nameText(name) === nameText(wanted);
}
