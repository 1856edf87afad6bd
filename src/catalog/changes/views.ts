import { isObjectText } from "../../schema/object-text.js";
import { catalogKey } from "../catalog-key.js";
import { followColumnInBodies } from "../dependent-bodies.js";
import { columnsOfView } from "../texts/view-columns.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";
import { neverMet } from "./known-tables.js";

/** A column of a view gets another name. */
export interface RenameViewColumn extends Change {
  readonly change: "renameViewColumn";
  readonly view: QualifiedName;
  readonly from: string;
  readonly to: string;
}

export const renameViewColumn: ChangeDefinition<RenameViewColumn> = {
  keys: ({ view }) => [catalogKey(view.schema, view.name)],
  apply(catalog, { view: { schema, name }, from, to }) {
    const view = catalog.object("view", schema, name) ?? catalog.object("materializedView", schema, name);
    if (view === undefined) return neverMet(catalog, { schema, name }) ? catalog : undefined;
    const { content } = view;
    const columns = columnsOfView(catalog, view);
    if (isObjectText(content) || columns?.includes(from) !== true) return undefined;
    const renamed = columns.map((column) => (column === from ? to : column));
    const changed = catalog.withObject({ ...view, content: { ...content, columns: renamed } });
    return followColumnInBodies(changed, view, from, to);
  },
};
