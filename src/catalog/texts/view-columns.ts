import { nameText, type Name } from "../../schema/names.js";
import { isObjectText } from "../../schema/object-text.js";
import type { MaterializedView, View, ViewContent } from "../../schema/views.js";
import { referencesIn } from "../bodies.js";
import { defaultSchemas, type TableName } from "../body-references.js";
import { catalogKey, type Catalog, type Unknown } from "../catalog.js";
import { readQuery, type ColumnsOf } from "./query-columns.js";

type AnyView = View | MaterializedView;

/** The names of all columns of a view; undefined where they cannot be told. */
export function columnsOfView(catalog: Catalog, { content }: AnyView): readonly string[] | undefined {
  if (isObjectText(content)) return undefined;
  const names = content.columns.map(nameText);
  const { columns } = readQuery(content.definition, columnsIn(catalog));
  return columns && [...names, ...columns.slice(names.length)];
}

/** The columns of a table or view of a catalog, by its names as they are written. */
function columnsIn(catalog: Catalog): ColumnsOf {
  return (names) => {
    const [name = "", written] = names.toReversed();
    const schema: Name | undefined = written === undefined || defaultSchemas.has(written) ? undefined : written;
    if (catalog.unknownBecauseOf(schema, name) !== undefined) return undefined;
    const table = catalog.table(schema, name);
    if (table !== undefined) {
      const isWhole = catalog.rules.inheritsColumns?.(table) !== true;
      return isWhole ? table.columns.filter(({ system }) => !system).map((column) => nameText(column.name)) : undefined;
    }
    const view = catalog.object("view", schema, name) ?? catalog.object("materializedView", schema, name);
    return view && columnsOfView(catalog, view);
  };
}

/** What a new view is to the server: a star in its query is of the columns that its tables have by now. */
export function withFixedStars(catalog: Catalog, content: ViewContent): ViewContent {
  const hasStar = content.definition.parts.some((part) => typeof part === "string" && part.includes("*"));
  if (!hasStar || catalog.rules.dependents?.viewStarsAreFixed !== true) return content;
  return { ...content, definition: readQuery(content.definition, columnsIn(catalog)).text };
}

/** A name that no column has: only a star speaks of it. */
const noColumn = "";

/**
 * The catalog in which those views are unknown that have a star over a table whose columns are no longer those that it
 * had, where the server made it of these.
 */
export function withOpenStarsUnknown(catalog: Catalog, table: TableName, because: Unknown): Catalog {
  if (catalog.rules.dependents?.viewStarsAreFixed !== true) return catalog;
  const keys = catalog.objects.values().flatMap((object) => {
    if (object.kind !== "view" && object.kind !== "materializedView") return [];
    if (isObjectText(object.content)) return [];
    const isOpen = referencesIn(object.content.definition, {}).readsColumn(table, noColumn);
    return isOpen ? [catalogKey(object.schema, object.name)] : [];
  });
  return keys.length === 0 ? catalog : catalog.withUnknown(keys, because);
}
