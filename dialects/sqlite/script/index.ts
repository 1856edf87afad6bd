import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { guarded } from "./guarded.js";
import { idempotent } from "./idempotent.js";

/** How scripts for SQLite defend themselves. */
export const layouts: NonNullable<ScriptRules["layouts"]> = { guarded, idempotent };
