import type { RenderContext } from "../../src/compiler/render-context.js";
import type { AutocommitBlock } from "../../src/operations/autocommit-block.js";
import type { Execute } from "../../src/operations/execute.js";
import type { SqlText } from "../../src/schema/expressions.js";
import { sql } from "../../src/schema/expressions.js";

/** A statement of the dialect's own among lowered operations. */
export function executeOperation(statement: SqlText, context: RenderContext): Execute {
  return { kind: "execute", origin: context.operation?.origin, statement };
}

/** `PRAGMA name = value`: https://www.sqlite.org/pragma.html */
export function pragma(text: string, context: RenderContext): Execute {
  return executeOperation(sql.raw(`PRAGMA ${text}`), context);
}

/** A pragma that does nothing inside a transaction. */
export function pragmaOutside(text: string, context: RenderContext): AutocommitBlock {
  return { kind: "autocommitBlock", origin: context.operation?.origin, operations: [pragma(text, context)] };
}
