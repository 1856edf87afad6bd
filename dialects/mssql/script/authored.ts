import type { AuthoredRefusal, AuthoredStatement } from "../../../src/compiler/authored-sql.js";
import { authoredPieces, isOrdinary, type AuthoredPiece } from "../../shared/authored.js";
import type { Token } from "../../shared/sql-text/tokens.js";
import { batchesOf } from "./batch-lines.js";
import { lexicalRules } from "../lexical-rules.js";
import { runsOutsideTransaction } from "./outside.js";

const worthLooking =
  /\b(?:use|commit|rollback|tran|transaction|implicit_transactions|xact_abort|noexec|parseonly|fmtonly)\b|^\s*(?::|!!)|;\s*\S|\n\s*(?:alter\s+database|create\s+database|drop\s+database|create\s+fulltext|alter\s+fulltext|drop\s+fulltext|backup|restore|reconfigure)\b/im;

const useDatabase: AuthoredRefusal = {
  code: "use-database",
  what: "changes the database behind the guard's back",
  hint: "Write names in three parts: database.schema.table.",
};

const clientCommand: AuthoredRefusal = {
  code: "client-command",
  what: "has a line that sqlcmd takes for a command of its own",
  hint: "Scripts hold SQL alone: give commands to sqlcmd yourself.",
};

const sharedBatch: AuthoredRefusal = {
  code: "split-batch",
  what: "has to run outside a transaction, and stands in one batch with variables or without a semicolon before it",
  hint: "Write it as a text of its own, or put a line GO around it.",
};

/** Options under which errors do not stop the script, or nothing in it runs. */
const ownOptions = new Map([
  ["IMPLICIT_TRANSACTIONS", "ON"],
  ["XACT_ABORT", "OFF"],
  ["NOEXEC", "ON"],
  ["PARSEONLY", "ON"],
  ["FMTONLY", "ON"],
]);

function ownOption(tokens: readonly Token[]): AuthoredRefusal | undefined {
  const index = tokens.findIndex(({ value }, at) => tokens[at - 1]?.value === "SET" && ownOptions.has(value));
  const name = tokens[index]?.value ?? "";
  if (index === -1 || tokens[index + 1]?.value !== ownOptions.get(name)) return undefined;
  return {
    code: "own-setting",
    what: `sets ${name}, which the script sets by itself`,
    hint: "Leave it out: the first error of a script ends it.",
  };
}

/** The words of a batch outside of parentheses, where keywords are no names and no hints. */
function keywordsOf(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  return tokens.filter(({ kind, text }, index) => {
    if (text === "(") depth += 1;
    if (text === ")") depth -= 1;
    return depth === 0 && kind === "word" && tokens[index - 1]?.text !== ".";
  });
}

/** The body of a routine is run later, in the transaction of its caller. */
const makesRoutine = /^(?:CREATE(?: OR ALTER)?|ALTER) (?:PROC|PROCEDURE|FUNCTION|TRIGGER)\b/;

function transactionIn(words: readonly Token[]): AuthoredStatement["transaction"] {
  const texts = words.map(({ value }) => value);
  const isTransaction = (word = ""): boolean => /^(?:TRAN|TRANSACTION|DISTRIBUTED)$/.test(word);
  const all = texts.join(" ");
  if (/^COMMIT(?: WORK| TRAN| TRANSACTION)?$/.test(all)) return "ends";
  if (/^BEGIN (?:TRAN|TRANSACTION)$/.test(all)) return "begins";
  const meddles = texts.some(
    (word, index) =>
      word === "COMMIT" ||
      word === "ROLLBACK" ||
      ((word === "BEGIN" || word === "SAVE") && isTransaction(texts[index + 1])),
  );
  return meddles ? "other" : undefined;
}

function changesDatabase(words: readonly Token[]): boolean {
  return words.some(({ value }, index) => value === "USE" && !/^(?:HINT|PLAN)$/.test(words[index + 1]?.value ?? ""));
}

/** A batch: T-SQL needs no semicolons, so that keywords are looked for wherever they stand. */
function judged(sql: string, pieces: readonly AuthoredPiece[]): AuthoredStatement {
  const tokens = pieces.flatMap((piece) => piece.tokens);
  const isLineStart = ({ start }: Token): boolean => /(?:^|\n)[ \t]*$/.test(sql.slice(Math.max(0, start - 80), start));
  const isCommand = (token: Token, index: number): boolean =>
    isLineStart(token) && (token.text === ":" || (token.text === "!" && tokens[index + 1]?.text === "!"));
  if (tokens.some(isCommand)) return { sql, refusal: clientCommand };
  const words = keywordsOf(tokens);
  if (makesRoutine.test(pieces[0]?.head ?? "")) return { sql };
  if (changesDatabase(words)) return { sql, refusal: useDatabase };
  const refusal = ownOption(tokens);
  if (refusal !== undefined) return { sql, refusal };
  const transaction = transactionIn(words);
  return transaction === undefined ? { sql } : { sql, transaction };
}

/** Where a line inside a statement begins what has to run outside a transaction: a semicolon is missing before it. */
function hidesOutside({ sql }: AuthoredPiece): boolean {
  return (
    !runsOutsideTransaction(sql) &&
    [...sql.matchAll(/\n\s*(?=\S)/g)].some(({ index, 0: gap }) => runsOutsideTransaction(sql.slice(index + gap.length)))
  );
}

/** The statements of one batch, which stay together unless one has to run outside the transaction. */
function ofBatch(sql: string): readonly AuthoredStatement[] | undefined {
  const pieces = authoredPieces(sql, lexicalRules);
  const statement = judged(sql, pieces);
  if (!isOrdinary(statement)) {
    return pieces.length > 1 ? pieces.map((piece) => judged(piece.sql, [piece])) : [statement];
  }
  if (makesRoutine.test(pieces[0]?.head ?? "")) return undefined;
  if (pieces.some(hidesOutside)) return [{ sql, refusal: sharedBatch }];
  if (pieces.length < 2 || !pieces.some((piece) => runsOutsideTransaction(piece.sql))) return undefined;
  const hasVariables = pieces.some(({ head }) => head.startsWith("DECLARE "));
  return hasVariables ? [{ sql, refusal: sharedBatch }] : pieces.map((piece) => ({ sql: piece.sql }));
}

/** The statements of a text, when one of its batches holds more than ordinary ones. */
export function authored(sql: string): readonly AuthoredStatement[] | undefined {
  if (!worthLooking.test(sql)) return undefined;
  const batches = batchesOf(sql);
  const judgements = batches.map(ofBatch);
  if (judgements.every((statements) => statements === undefined)) return undefined;
  return judgements.flatMap((statements, index) => statements ?? [{ sql: batches[index] ?? "" }]);
}
