import type { ScriptModel } from "../../../src/compiler/script/model.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { UnsupportedError } from "../../../src/errors.js";

/**
 * What PostgreSQL refuses inside a transaction block, or what cannot be used before its transaction ends: a new enum
 * value. https://www.postgresql.org/docs/current/sql-altertype.html
 */
const outside = new RegExp(
  [
    "^(?:create|drop)\\s+(?:unique\\s+)?index\\s+concurrently\\b",
    "^reindex\\b.*\\bconcurrently\\b",
    "^reindex\\s+(?:\\([^)]*\\)\\s*)?(?:database|system|schema)\\b",
    "^alter\\s+table\\b.*\\bdetach\\s+partition\\b.*\\bconcurrently\\b",
    "^alter\\s+type\\b.*\\badd\\s+value\\b",
    "^vacuum\\b",
    "^cluster(?:\\s+verbose|\\s*\\([^)]*\\))?\\s*$",
    "^alter\\s+system\\b",
    "^(?:create|drop)\\s+(?:database|tablespace|subscription)\\b",
    "^alter\\s+database\\b.*\\bset\\s+tablespace\\b",
    "^alter\\s+subscription\\b.*\\b(?:refresh|publication)\\b",
  ].join("|"),
  "is",
);

/**
 * What may end transactions by itself, when an author has put it into an autocommit block: procedures, code with COMMIT in it,
 * and what rewrites a partitioned table. Everything else gets a transaction of its own there, so that the version table can
 * say, in the same transaction, that it is done. https://www.postgresql.org/docs/current/plpgsql-transactions.html
 */
const endsTransactions = /^(?:call\b|do\b.*\b(?:commit|rollback)\b|cluster\b|reindex\b)/is;

const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/** A statement from its first word on. */
export function withoutComments(sql: string): string {
  return /^[\s/-]/.test(sql) ? sql.replace(leadingComments, "") : sql;
}

/** Whether the server refuses a statement inside a transaction. */
export function runsOutsideTransaction(sql: string): boolean {
  return outside.test(withoutComments(sql));
}

/** Whether a statement that was taken out of the transaction can have one of its own. */
export function canBeAlone(sql: string): boolean {
  return !runsOutsideTransaction(sql) && !endsTransactions.test(withoutComments(sql));
}

/** A condition, and what to say when it is met. */
export interface Check {
  readonly condition: string;
  readonly message: string;
}

/** A statement outside a transaction, in a form that may be run again after it was cut off at any moment. */
export interface OutsideStatement {
  readonly statement: Statement;
  /** Its SQL in that form. */
  readonly sql: string;
  /** What the database must not have when the revision begins. It is checked once: a run that was cut off may have made it. */
  readonly obstacle?: Check;
  /** PL/pgSQL that removes what a cut-off run left behind. */
  readonly cleaning?: readonly string[];
  /** Met as long as the statement has not done its work: then the revision does not go on. */
  readonly undone?: Check;
  /** The index that it makes or drops, by its own name as the server has it. */
  readonly index?: string;
  /** The statement fails where its work is done already, so that it has to be left out then. */
  readonly failsWhenDone?: boolean;
}

const name = String.raw`(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)`;
const qualified = String.raw`(?:${name}\s*\.\s*)*${name}`;

function form(pattern: string): RegExp {
  return new RegExp(`${leadingComments.source}${pattern}`, "diu");
}

const createIndex = form(
  String.raw`create\s+(?:unique\s+)?index\s+concurrently\s+(?<exists>if\s+not\s+exists\s+)?(?<index>${name})\s+on\s+(?:only\s+)?(?<schema>${name}\s*\.\s*)?${name}`,
);
const createAnyIndex = form(String.raw`create\s+(?:unique\s+)?index\s+concurrently\b`);
const dropIndex = form(String.raw`drop\s+index\s+concurrently\s+(?<exists>if\s+exists\s+)?(?<index>${qualified})`);
const addValue = form(
  String.raw`alter\s+type\s+(?<type>${qualified})\s+add\s+value\s+(?<exists>if\s+not\s+exists\s+)?(?<value>e'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*')`,
);
/** Objects of the whole server by their kind: the catalog that lists them, and the column of their names. */
const ofTheServer = {
  database: ["pg_database", "datname"],
  tablespace: ["pg_tablespace", "spcname"],
  subscription: ["pg_subscription", "subname"],
} as const;
const makesOrDrops = form(
  String.raw`(?<verb>create|drop)\s+(?<kind>database|tablespace|subscription)\s+(?<exists>if\s+exists\s+)?(?<object>${name})`,
);

/** The statement fails where its work is done already: a second run leaves it out, and the first one refuses to begin. */
function ofServer(statement: Statement, { groups = {} }: RegExpExecArray, { literal }: ScriptModel): OutsideStatement {
  const { verb = "", kind = "", exists, object = "" } = groups;
  const [catalog, column] = ofTheServer[kind.toLowerCase() as keyof typeof ofTheServer];
  const isThere = `EXISTS (SELECT FROM ${catalog} WHERE ${column} = ${literal(nameIn(object))})`;
  const isCreated = verb.toLowerCase() === "create";
  const [done, undone] = isCreated ? [isThere, `NOT ${isThere}`] : [`NOT ${isThere}`, isThere];
  const about = `${kind.toLowerCase()} ${object}`;
  return {
    statement,
    sql: statement.sql,
    ...(exists === undefined && {
      obstacle: { condition: done, message: `${about} ${isCreated ? "exists already" : "does not exist"}` },
    }),
    undone: { condition: undone, message: `${about} ${isCreated ? "was not made" : "is still there"}` },
    failsWhenDone: true,
  };
}

const detach = form(
  String.raw`alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?<parent>${qualified})\s+detach\s+partition\s+(?<partition>${qualified})\s+concurrently`,
);

/** The statement with words before one of its parts, where they do not stand yet. */
function withWords(sql: string, match: RegExpExecArray, words: string, before: string): string {
  const position = match.groups?.["exists"] === undefined ? match.indices?.groups?.[before]?.[0] : undefined;
  return position === undefined ? sql : `${sql.slice(0, position)}${words} ${sql.slice(position)}`;
}

/** The last part of a name, as the server keeps it. */
function nameIn(text: string): string {
  const [last = ""] = new RegExp(`${name}$`, "u").exec(text.trim()) ?? [];
  return last.startsWith('"') ? last.slice(1, -1).replaceAll('""', '"') : last.toLowerCase();
}

function creation(statement: Statement, match: RegExpExecArray, { literal }: ScriptModel): OutsideStatement {
  const { index = "", schema = "", exists } = match.groups ?? {};
  // an index lives in the schema of its table
  const full = schema + index;
  const oid = `to_regclass(${literal(full)})`;
  return {
    statement,
    sql: withWords(statement.sql, match, "IF NOT EXISTS", "index"),
    index: nameIn(full),
    ...(exists === undefined && {
      obstacle: {
        condition: `EXISTS (SELECT FROM pg_index WHERE indexrelid = ${oid} AND indisvalid)`,
        message: `index ${full} exists already`,
      },
    }),
    // A build that failed leaves an index that no query uses. DROP INDEX CONCURRENTLY cannot be made conditional; what is
    // dropped here is of no use to anyone, and lock_timeout bounds the wait for its table.
    cleaning: [
      `IF EXISTS (SELECT FROM pg_index WHERE indexrelid = ${oid} AND NOT indisvalid) THEN`,
      `  DROP INDEX ${full};`,
      "END IF;",
    ],
    undone: {
      condition: `NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = ${oid} AND indisvalid)`,
      message: `index ${full} is not valid`,
    },
  };
}

/**
 * A statement in the form that may be run again.
 *
 * @throws UnsupportedError for an index without a name: nothing could tell it from the index of an earlier run
 */
export function rerunnable(statement: Statement, model: ScriptModel): OutsideStatement {
  const { sql, operation } = statement;
  const { literal } = model;
  let match = createIndex.exec(sql);
  if (match !== null) return creation(statement, match, model);
  if (createAnyIndex.test(sql)) {
    throw new UnsupportedError(
      "unnamed-concurrent-index",
      "An index without a name is built concurrently: a second run could not find what the first one left.",
      { hint: "Give the index a name, or compile with --plain.", origin: operation.origin },
    );
  }
  match = dropIndex.exec(sql);
  if (match !== null) {
    const { index = "" } = match.groups ?? {};
    return {
      statement,
      sql: withWords(sql, match, "IF EXISTS", "index"),
      index: nameIn(index),
      undone: {
        condition: `to_regclass(${literal(index)}) IS NOT NULL`,
        message: `index ${index} is still there`,
      },
    };
  }
  match = addValue.exec(sql);
  if (match !== null) {
    const { type = "", value = "" } = match.groups ?? {};
    return {
      statement,
      sql: withWords(sql, match, "IF NOT EXISTS", "value"),
      undone: {
        condition: `NOT EXISTS (SELECT FROM pg_enum WHERE enumtypid = to_regtype(${literal(type)}) AND enumlabel = ${value})`,
        message: `enum ${type} lacks its value ${value}`,
      },
    };
  }
  match = makesOrDrops.exec(sql);
  if (match !== null) return ofServer(statement, match, model);
  match = detach.exec(sql);
  if (match === null) return { statement, sql };
  const { parent = "", partition = "" } = match.groups ?? {};
  const link = `SELECT FROM pg_inherits WHERE inhrelid = to_regclass(${literal(partition)})`;
  return {
    statement,
    sql,
    cleaning: [
      `IF EXISTS (${link} AND inhdetachpending) THEN`,
      `  ALTER TABLE ${parent} DETACH PARTITION ${partition} FINALIZE;`,
      "END IF;",
    ],
    undone: { condition: `EXISTS (${link})`, message: `${partition} is still a partition` },
    failsWhenDone: true,
  };
}
