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

function withoutComments(sql: string): string {
  return sql.replace(leadingComments, "");
}

/** Whether the server refuses a statement inside a transaction. */
export function runsOutsideTransaction(sql: string): boolean {
  return outside.test(withoutComments(sql));
}

/**
 * What an author may put into an autocommit block although a transaction could hold it: it gets one of its own, so
 * that the version table can say, in the same transaction, that it is done.
 */
const transactional =
  /^(?:select|insert|update|delete|merge|with|truncate|grant|revoke|deny|(?:create(?:\s+or\s+alter)?|alter|drop)\s+(?:unique\s+|clustered\s+|nonclustered\s+|columnstore\s+)*(?:table|index|view|type|sequence|function|proc|procedure|trigger|schema|synonym|statistics))\b/i;

/** Whether a statement that was taken out of the transaction can have one of its own. */
export function canBeAlone(sql: string): boolean {
  return !runsOutsideTransaction(sql) && transactional.test(withoutComments(sql));
}
