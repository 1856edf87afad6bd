import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";

const wordsByRule: Partial<Readonly<Record<IgnoringRule, readonly string[]>>> = {
  rows: ["INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "COPY", "BULK"],
  query: [
    ...["SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN", "DESCRIBE", "DESC", "FETCH", "MOVE", "HANDLER"],
    ...["DECLARE", "CLOSE", "OPEN"],
  ],
  session: [
    ...["SET", "RESET", "USE", "LISTEN", "UNLISTEN", "NOTIFY", "DISCARD", "DEALLOCATE", "PREPARE", "PRAGMA", "DETACH"],
    ...["PRINT", "WAITFOR", "RAISERROR", "THROW", "SIGNAL", "KILL"],
  ],
  transaction: ["LOCK", "UNLOCK", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "END", "ABORT"],
  maintenance: [
    ...["ANALYZE", "ANALYSE", "VACUUM", "REINDEX", "CLUSTER", "CHECKPOINT", "FLUSH", "OPTIMIZE", "CHECK", "REPAIR"],
    ...["REFRESH", "CACHE", "DBCC", "BACKUP", "RESTORE", "PURGE"],
  ],
  privileges: ["GRANT", "REVOKE", "DENY", "SECURITY"],
  owners: ["REASSIGN"],
  server: ["CHANGE", "STOP", "RECONFIGURE"],
  "client command": ["GO"],
};

/** First words of statements that change no object, each with the rule by which such a statement is ignored. */
export const ignoredWords: ReadonlyMap<string, IgnoringRule> = new Map(
  Object.entries(wordsByRule).flatMap(([rule, words]) =>
    words.map((word): [string, IgnoringRule] => [word, rule as IgnoringRule]),
  ),
);
