import type { parseSync, SqlError } from "libpg-query";
import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { Origin } from "../../../src/errors.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { ignoredWords } from "../../shared/reader/ignored-words.js";
import { objectsNamedIn } from "../../shared/reader/named-objects.js";
import type { ReadStatement } from "../../shared/reader/reader.js";
import { noEffects, sqlReader } from "../../shared/reader/reader.js";
import { schemaWords } from "../../shared/reader/statement-reader.js";
import type { ScriptRules, SqlStatement } from "../../shared/reader/statements.js";
import { splitStatements, statementText } from "../../shared/reader/statements.js";
import { lexicalRules } from "../lexical-rules.js";
import type { Session } from "./source.js";
import { Source } from "./source.js";
import { readNode } from "./statements.js";
import { requirePackage } from "../../../src/on-demand.js";

const rules: ScriptRules = { ...lexicalRules, client: { commandLine: "\\", copiedRows: true } };
const names = { defaultSchema: "public", foldCase: true };

/** The rule by which a statement is ignored, by its words: most of a dump need not be parsed. */
function ignoringRuleOf({ tokens }: SqlStatement): IgnoringRule | undefined {
  const first = tokens[0]?.kind === "word" ? tokens[0].value : "";
  if (first === "SET" && tokens[1]?.value === "SEARCH_PATH") return undefined;
  if (["SELECT", "WITH", "EXPLAIN"].includes(first) && tokens.some(({ value }) => value === "INTO")) return undefined;
  if (["CLUSTER", "SECURITY"].includes(first)) return undefined;
  if (first === "EXECUTE") return "rows";
  return first === "BEGIN" && tokens.length < 5 ? "transaction" : ignoredWords.get(first);
}

/** What a statement may change that is not understood; the body of a DO block is SQL too. */
function unknownIn(statement: SqlStatement, keys: readonly string[]): readonly string[] {
  const isBlock = statement.tokens[0]?.value === "DO";
  const bodies = isBlock ? statement.tokens.filter(({ kind }) => kind === "string") : [];
  return objectsNamedIn(
    statement,
    names,
    bodies.flatMap(({ value }) => splitStatements(value, rules)),
    keys,
  );
}

function read(
  parse: typeof parseSync,
  statement: SqlStatement,
  session: Session,
  origin: Origin | undefined,
): ReadStatement {
  const rule = ignoringRuleOf(statement);
  if (rule !== undefined) return { ...noEffects, ignored: [rule] };
  try {
    const { stmts = [] } = parse(statementText(statement));
    const source = new Source(statement);
    const understood = stmts.flatMap(({ stmt }) =>
      stmt === undefined ? [] : [readNode(stmt, source, session, origin)],
    );
    const onlyIf = understood.find((effects) => effects.onlyIf !== undefined)?.onlyIf;
    return {
      operations: understood.flatMap(({ operations }) => operations),
      objects: understood.flatMap(({ objects = [] }) => objects),
      changes: understood.flatMap(({ changes = [] }) => changes),
      ignored: understood.flatMap(({ ignored = [] }) => ignored),
      unknown: [],
      ...(onlyIf !== undefined && { onlyIf }),
    };
  } catch (error) {
    const unknown = unknownIn(statement, error instanceof NotUnderstood ? error.keys : []);
    // a block that has no word for any object is about rows
    if (error instanceof NotUnderstood)
      return { operations: [], unknown, ...(unknown.length === 0 && { ignored: ["rows"] }) };
    const { message, sqlDetails } = error as SqlError;
    if (sqlDetails === undefined) throw error;
    const [first] = statement.tokens;
    const isSql = first?.kind === "word" && schemaWords.has(first.value);
    return {
      operations: [],
      unknown: isSql ? unknown : ["*"],
      problem: { message, offset: sqlDetails.cursorPosition },
    };
  }
}

/** Reads PostgreSQL's DDL and the dumps of pg_dump by the server's own grammar. */
export async function loadReader(): Promise<SqlReader> {
  const { loadModule, parseSync } = requirePackage("libpg-query") as typeof import("libpg-query");
  await loadModule();
  return sqlReader(rules, () => {
    const session: Session = { schema: undefined };
    return (statement, origin) => read(parseSync, statement, session, origin);
  });
}
