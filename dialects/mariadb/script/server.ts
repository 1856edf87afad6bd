import { lexicalRules } from "../lexical-rules.js";
import type { ServerWords } from "../../mysql/script/server.js";

/** MariaDB: it prepares every statement, so that a script can make all of them conditional. */
export const mariadbWords: ServerWords = {
  sqlMode: "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION",
  refusing: "'SIGNAL SQLSTATE ''45000'' SET MESSAGE_TEXT = @refusal'",
  goingOn: "'SET SESSION tx_read_only = IF(@all_well, 0, 1)'",
  statementTimeout: (milliseconds) => ({ assignment: `max_statement_time = ${milliseconds / 1000}` }),
  rules: lexicalRules,
  executesText: true,
};
