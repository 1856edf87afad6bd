import type { RenderContext } from "../../src/compiler/render-context.js";
import type { CreateIndex } from "../../src/operations/create-index.js";
import type { DropIndex } from "../../src/operations/drop-index.js";
import { indexNameOf } from "../shared/indexes.js";
import { serverErrors, unless } from "./plsql.js";
import { need } from "./features.js";
import type { VectorIndexOptions } from "./vector-indexes.js";
import { vectorIndexText } from "./vector-indexes.js";

interface IndexOptions {
  readonly bitmap?: boolean;
  readonly compress?: boolean | number;
  readonly vector?: boolean | VectorIndexOptions;
}

/** `COMPRESS` shares repeated values of all columns but the last, or of as many as it says. */
function compression(compress: boolean | number | undefined): string {
  if (compress === undefined || compress === false) return "";
  return compress === true ? "COMPRESS" : `COMPRESS ${compress}`;
}

export function createIndex(operation: CreateIndex, context: RenderContext): string {
  const { index, ifNotExists, schema, tableName } = operation;
  const { bitmap, compress, vector } = context.options(index.options) as IndexOptions;
  if (bitmap && index.unique) {
    throw context.unsupported("A BITMAP index cannot be UNIQUE on Oracle.", "Remove unique, or oracle.bitmap.");
  }
  if (vector) need("vectorIndexes", "VECTOR indexes", "Remove oracle.vector", context);
  if (ifNotExists) {
    context.refuseUnlessOnTrust(
      "CREATE INDEX is written without IF NOT EXISTS for Oracle: it fails when the index exists.",
      "Ask the replayed schema: if (!op.inspect().hasIndex(…)) op.createIndex(…).",
    );
  }
  const name = indexNameOf(index, context);
  const columns = index.columns.map((column) => context.columnOrExpression(column)).join(", ");
  return [
    "CREATE",
    index.unique && "UNIQUE",
    bitmap && "BITMAP",
    vector && "VECTOR",
    `INDEX ${schema === undefined ? name : `${context.schema(schema)}.${name}`}`,
    `ON ${context.qualified(schema, tableName)} (${columns})`,
    compression(compress),
    vector && vectorIndexText(vector === true ? {} : vector, context),
  ]
    .filter(Boolean)
    .join(" ");
}

export function dropIndex({ ifExists, schema, indexName }: DropIndex, context: RenderContext): string {
  const name = context.indexName(indexName);
  const drop = `DROP INDEX ${schema === undefined ? name : `${context.schema(schema)}.${name}`}`;
  return ifExists ? unless(serverErrors.noIndex, drop) : drop;
}
