import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Index } from "../../src/schema/indexes.js";

/** The name of an index, which every dialect needs. */
export function indexNameOf(index: Index, context: RenderContext): string {
  if (index.name === undefined) {
    throw context.unsupported("An index has no name.", "Give it one, or a naming convention with a template for ix.");
  }
  return context.indexName(index.name);
}
