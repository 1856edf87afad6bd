import { rules } from "../../dialects/postgresql/rules.js";
import { Catalog, type CatalogSettings } from "../../src/catalog/catalog.js";
import { applyOperation, checkOperation, type OperationNode } from "../../src/operations/index.js";
import { Recorder, type Operations } from "../../src/revision/recorder.js";

/** The operations that a body records, for PostgreSQL. */
export async function recorded(body: (op: Operations) => void): Promise<readonly OperationNode[]> {
  return new Recorder({ dialect: { name: "postgresql", version: "15" } }).record(body);
}

/** The schema that a body makes of an empty database; every operation is checked before it is applied. */
export async function replayed(body: (op: Operations) => void, settings: CatalogSettings = {}): Promise<Catalog> {
  let catalog = Catalog.empty({ rules, isComplete: true, ...settings });
  for (const operation of await recorded(body)) {
    checkOperation(catalog, operation);
    catalog = applyOperation(catalog, operation);
  }
  return catalog;
}
