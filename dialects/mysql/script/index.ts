import type { ScriptRules } from "../../../src/compiler/dialect.js";
import { enclose } from "../delimiter.js";
import { refuse } from "../refusal.js";
import { authored } from "./authored.js";
import { guardedLayout } from "./guarded.js";
import { idempotentLayout, resumableLayout } from "./idempotent.js";
import { resumption } from "./resumption.js";
import { mysqlWords, type ServerWords } from "./server.js";
import { headerNotes } from "./session.js";

/** The scripts of a server of the MySQL family. */
export function scriptFor(words: ServerWords): ScriptRules & Required<Pick<ScriptRules, "layouts">> {
  return {
    transactionalDdl: false,
    client: "mysql",
    plainTransactions: false,
    begin: "START TRANSACTION",
    commit: "COMMIT",
    terminator: ";",
    refuse,
    enclose,
    authored,
    headerNotes,
    resumption,
    layouts: {
      guarded: guardedLayout(words),
      idempotent: idempotentLayout(words),
      resumable: resumableLayout(words),
    },
  };
}

export const script = scriptFor(mysqlWords);
