import type { ScriptRules } from "../shared/reader/statements.js";
import { lexicalRules as mysqlRules } from "../mysql/lexical-rules.js";

/** Text after a version number above every release is for no server: dumps begin with such a comment. */
const never = 200_000;

/**
 * How MariaDB reads text: as MySQL does, but it passes over comments for MySQL 5.7 and later.
 * https://mariadb.com/kb/en/comment-syntax/#executable-comment-syntax
 */
export const lexicalRules: ScriptRules = {
  ...mysqlRules,
  commentsEndExecuted: true,
  executes: (opening, version) =>
    version < never && (opening.startsWith("/*M") || version < 50_700 || version > 99_999),
};
