import type { parseSync, SqlError } from "libpg-query";
import type { SqlReader } from "../../../src/compiler/sql-reader.js";
import type { Origin } from "../../../src/errors.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { objectsNamedIn } from "../../shared/reader/named-objects.js";
import type { ReadStatement } from "../../shared/reader/reader.js";
import { noEffects, sqlReader } from "../../shared/reader/reader.js";
import { harmlessWords, schemaWords } from "../../shared/reader/statement-reader.js";
import type { ScriptRules, SqlStatement } from "../../shared/reader/statements.js";
import { splitStatements, statementText } from "../../shared/reader/statements.js";
import { lexicalRules } from "../lexical-rules.js";
import type { Session } from "./source.js";
import { Source } from "./source.js";
import { readNode } from "./statements.js";
import { requirePackage } from "../../../src/on-demand.js";

const rules: ScriptRules = { ...lexicalRules, client: { commandLine: "\\", copiedRows: true } };
const names = { defaultSchema: "public", foldCase: true };

/** Whether a statement changes rows and nothing else, by its words: most of a dump need not be parsed. */
function isHarmless({ tokens }: SqlStatement): boolean {
  const first = tokens[0]?.kind === "word" ? tokens[0].value : "";
  if (first === "SET") return tokens[1]?.value !== "SEARCH_PATH";
  if (["SELECT", "WITH", "EXPLAIN"].includes(first)) return !tokens.some(({ value }) => value === "INTO");
  return harmlessWords.has(first) || first === "EXECUTE" || (first === "BEGIN" && tokens.length < 5);
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
  if (isHarmless(statement)) return noEffects;
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
      unknown: [],
      ...(onlyIf !== undefined && { onlyIf }),
    };
  } catch (error) {
    const unknown = unknownIn(statement, error instanceof NotUnderstood ? error.keys : []);
    if (error instanceof NotUnderstood) return { operations: [], unknown };
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
    const session: Session = { schema: undefined, owners: new Map() };
    return (statement, origin) => read(parseSync, statement, session, origin);
  });
}
