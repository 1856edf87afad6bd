import type { DescribedKind, DescribedObject, SchemaDescription } from "../catalog/description.js";

/** A row of a result: every value as the server's own text. */
export type ServerRow = Readonly<Record<string, string | null>>;

/** Runs a query on a server. */
export type ServerQuery = (sql: string) => Promise<readonly ServerRow[]>;

/** Reads a whole schema back from a server's own catalog, apart from what the server itself brings. */
export type ServerSchemaReader = (query: ServerQuery) => Promise<SchemaDescription>;

/**
 * A described object of a row with the columns `kind`, `owner` (the table that it belongs to), `name`, and `attributes`, a
 * JSON object of texts in which null stands for nothing.
 */
export function describedRow({ kind, owner = null, name, attributes }: ServerRow): DescribedObject {
  const values = JSON.parse(attributes ?? "{}") as Readonly<Record<string, unknown>>;
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== "");
  return {
    kind: kind as DescribedKind,
    ...(owner !== null && { table: owner }),
    name: name ?? "",
    attributes: Object.fromEntries(given.map(([attribute, value]) => [attribute, String(value)])),
  };
}
