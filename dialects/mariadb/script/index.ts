import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { scriptFor } from "../../mysql/script/index.js";
import { blockLayout } from "./block.js";
import { mariadbWords } from "./server.js";

const family = scriptFor(mariadbWords);

export const script: ScriptRules = { ...family, layouts: { ...family.layouts, block: blockLayout } };
