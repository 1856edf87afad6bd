import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { idempotentLayout, resumableLayout } from "./idempotent.js";
import { guardedLayout } from "./guarded.js";
import { resumption } from "./resumption.js";
import { headerNotes } from "./session.js";
import type { ServerWords } from "./server.js";

/** How scripts of a server of the MySQL family defend themselves. */
export function safetyOf(words: ServerWords): Required<Pick<ScriptRules, "layouts" | "resumption" | "headerNotes">> {
  return {
    headerNotes,
    resumption,
    layouts: {
      guarded: guardedLayout(words),
      idempotent: idempotentLayout(words),
      resumable: resumableLayout(words),
    },
  };
}
