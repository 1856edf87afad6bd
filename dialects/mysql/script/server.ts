import type { ScriptRules } from "../../shared/reader/statements.js";
import { lexicalRules } from "../lexical-rules.js";

/** Where the scripts of MySQL and MariaDB differ. */
export interface ServerWords {
  /** The server's own default, in full: a mode that a server was given by hand cannot change what literals mean. */
  readonly sqlMode: string;
  /** An expression for the text of a statement that fails with what `@refusal` says. */
  readonly refusing: string;
  /** An expression for the text of a statement that opens the session to changes while `@all_well`, else closes it. */
  readonly goingOn: string;
  /** The assignment that limits how long a statement runs, and what it does not limit. */
  readonly statementTimeout: (milliseconds: number) => { readonly assignment: string; readonly remark?: string };
  /** How the server reads text. */
  readonly rules: ScriptRules;
  /** What the server cannot prepare, and a script therefore not make conditional. */
  readonly cannotPrepare?: RegExp;
  /** `EXECUTE IMMEDIATE`, which takes a body as a string and needs no delimiter. */
  readonly executesText: boolean;
}

/** Whole seconds, at least one: the unit of the timeouts for locks. */
export function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}

/** An account behind DEFINER. */
const quotedOrWord = String.raw`(?:'[^']*'|"[^"]*"|\x60[^\x60]*\x60|[\w$.%-]+)`;
const definer = String.raw`(?:definer\s*=\s*${quotedOrWord}(?:\s*\(\s*\)|\s*@\s*${quotedOrWord})?\s+)?`;
const security = String.raw`(?:sql\s+security\s+\w+\s+)?`;
const groups = String.raw`tablespace|server|resource\s+group|logfile\s+group|spatial\s+reference\s+system`;

/**
 * What cannot be prepared is told by the kind of a statement, which stands at its beginning: a table or column may be named
 * `role` or `function`. https://dev.mysql.com/doc/refman/8.4/en/sql-prepared-statements.html
 */
const unpreparable = new RegExp(
  [
    String.raw`^create\s+(?:or\s+replace\s+)?${definer}(?:aggregate\s+|undo\s+)?(?:procedure|function|trigger|role|${groups})\b`,
    String.raw`^drop\s+(?:undo\s+)?(?:procedure|function|trigger|role|${groups})\b`,
    String.raw`^alter\s+(?:algorithm\s*=\s*\w+\s+)?${definer}${security}(?:undo\s+)?(?:view|procedure|function|database|schema|${groups})\b`,
    String.raw`^(?:lock|unlock|start|begin|savepoint|release|use|check|load|signal|resignal|handler|xa|help|prepare|execute)\b`,
    String.raw`^(?:import|clone|(?:un)?install\s+component)\b`,
  ].join("|"),
  "i",
);

/**
 * MySQL. Its words are also understood by MariaDB, which many projects of this dialect are applied to.
 */
export const mysqlWords: ServerWords = {
  sqlMode:
    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
  // SIGNAL cannot be prepared, so that the message stands in the syntax error of a text that is no statement
  refusing: "@refusal",
  goingOn:
    "CONCAT('SET SESSION ', IF(VERSION() LIKE '%MariaDB%', 'tx', 'transaction'), '_read_only = IF(@all_well, 0, 1)')",
  statementTimeout: (milliseconds) => ({
    assignment: `max_execution_time = ${milliseconds}`,
    remark: "MySQL limits the time of SELECT alone: nothing limits that of the other statements.",
  }),
  rules: lexicalRules,
  cannotPrepare: unpreparable,
  executesText: false,
};
