/**
 * What SQL Server refuses inside a transaction.
 * https://learn.microsoft.com/sql/t-sql/language-elements/begin-transaction-transact-sql
 * https://learn.microsoft.com/sql/t-sql/statements/alter-index-transact-sql (RESUMABLE)
 */
const outside = new RegExp(
  [
    "^(?:create|drop)\\s+database\\b(?!\\s+(?:audit|scoped|encryption))",
    "^alter\\s+database\\b(?!\\s+(?:audit|scoped|encryption))",
    "^(?:create|alter|drop)\\s+fulltext\\s+(?:catalog|index)\\b",
    "^(?:exec(?:ute)?\\s+)?(?:sys\\.)?sp_fulltext_\\w+",
    "^(?:backup|restore|reconfigure|kill|shutdown)\\b",
    "^(?:create|alter)\\b.*\\bindex\\b.*\\bresumable\\s*=\\s*on\\b",
  ].join("|"),
  "is",
);

const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

export function runsOutsideTransaction(sql: string): boolean {
  return outside.test(sql.replace(leadingComments, ""));
}
