import type { FullGrammarDialect } from "./full-grammar.js";

/** Text of one shape that antlr4ts-sql refuses, though the vendor's manual has it. */
interface MisreadText {
  readonly shape: string;
  readonly dialect: FullGrammarDialect;
  /** The text that the grammar does not know. */
  readonly pattern: RegExp;
  /** What the same place may hold that it knows: with it, the rest of the text has to be understood. */
  readonly instead: string;
  /** The page of the vendor's manual that shows the text. */
  readonly page: string;
}

/** All that scripts hold and antlr4ts-sql refuses wrongly. */
export const misreadTexts: readonly MisreadText[] = [
  {
    shape: "one SET for several options",
    dialect: "mssql",
    pattern: /^SET \w+(?:, \w+)+ (?=ON;|OFF;)/gm,
    instead: "SET NOCOUNT ",
    page: "https://learn.microsoft.com/en-us/sql/t-sql/statements/set-statements-transact-sql#considerations-when-you-use-the-set-statements",
  },
  {
    shape: "a slash that ends a statement of SQL",
    dialect: "oracle",
    pattern: /(?<![;\s])\s*\n\/$/gm,
    instead: "\n;",
    page: "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/SLASH.html",
  },
];
