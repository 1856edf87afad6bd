import { sqlcmdBatches } from "./sqlcmd-model.js";

/** What a database has after a script: its version rows, undefined where there is no table, and what was run. */
export interface ModelDatabase {
  rows: readonly string[] | undefined;
  /** The texts of EXEC whose work is kept. */
  done: readonly string[];
}

/** How a run goes: where it breaks, and what the catalog says. */
interface Circumstances {
  /** The text of EXEC that fails. */
  readonly failsAt?: string;
  /** The text of EXEC behind which the connection is lost, before anything else runs. */
  readonly isCutOffAfter?: string;
  /** What a condition on the catalog of the server says. */
  readonly isTrue?: (condition: string, database: ModelDatabase) => boolean;
}

class Lost extends Error {}

const list = (text: string): readonly string[] => [...text.matchAll(/N'([^']*)'/g)].map(([, row = ""]) => row);

/** Runs what scripts for SQL Server are made of, line by line: the order of it all, and nothing of what SQL means. */
class Session {
  #kept: ModelDatabase | undefined;
  #found: string | undefined;
  #start = 1;
  #hits = 0;
  readonly messages: string[] = [];

  constructor(
    readonly database: ModelDatabase,
    readonly circumstances: Circumstances,
  ) {}

  /** Returns the message of the error that ended the batch. */
  run(batch: string): string | undefined {
    const text = batch.slice(batch.indexOf("BEGIN TRY\n") + 10, batch.indexOf("\nEND TRY"));
    const lines = text.replace(
      /\n {2,}(?=WHEN|ELSE|\+|OR|THROW|INSERT|EXEC)|\n(?=CREATE TABLE)| *\n(?: {4}\w.*|\);)/g,
      " ",
    );
    try {
      this.#block(lines.split("\n"));
      return undefined;
    } catch (error) {
      if (this.#kept !== undefined) Object.assign(this.database, this.#kept);
      this.#kept = undefined;
      return (error as Error).message;
    }
  }

  #block(lines: readonly string[]): void {
    for (let place = 0; place < lines.length; place++) {
      const line = lines[place] ?? "";
      if (line === "" || line.startsWith("--")) continue;
      if (lines[place + 1] === "BEGIN") {
        const end = lines.indexOf("END;", place);
        if (this.#holds(line.replace(/^IF /, ""))) this.#block(lines.slice(place + 2, end));
        place = end;
      } else this.#line(line);
    }
  }

  #holds(condition: string): boolean {
    const { rows } = this.database;
    const alternatives = condition.split(/ OR (?=NOT |EXISTS)/);
    if (alternatives.length > 1) return alternatives.some((one) => this.#holds(one));
    const both = condition.split(/(?<=\)) AND (?=NOT |EXISTS)/);
    if (both.length > 1) return both.every((one) => this.#holds(one));
    const [, start] = /^@start <= (\d+)$/.exec(condition) ?? [];
    if (start !== undefined) return this.#start <= Number(start);
    const exists = /^(NOT )?EXISTS \(SELECT 1 FROM alembic_version .*? (NOT )?IN \((.*)\)\)$/.exec(condition);
    if (exists !== null) {
      const [, not, others, names = ""] = exists;
      const isThere = (rows ?? []).some((row) => list(names).includes(row) === (others === undefined));
      return isThere === (not === undefined);
    }
    const exact = /^N'\[' \+ ISNULL\(@found, N''\) \+ N'\]' <> N'(\[.*?\])' COLLATE/.exec(condition);
    if (exact !== null) return `[${this.#found ?? ""}]` !== exact[1];
    if (/^@@TRANCOUNT (<> 1|<> 0|> 0)$/.test(condition)) {
      return condition.endsWith("<> 1") ? this.#kept === undefined : this.#kept !== undefined;
    }
    if (condition === "@@ROWCOUNT <> 1") return this.#hits !== 1;
    if (condition === "@lock < 0") return false;
    if (condition === "@found IS NULL") return this.#found === undefined;
    if (condition.startsWith("OBJECT_ID(N'alembic_version'"))
      return condition.includes("IS NOT NULL") === (rows !== undefined);
    const [, negated] = /^NOT \((.*)\)$/.exec(condition) ?? [];
    if (negated !== undefined) return !this.#holds(negated);
    if (this.circumstances.isTrue === undefined) throw new Error(`the model has no such condition: ${condition}`);
    return this.circumstances.isTrue(condition, this.database);
  }

  #line(line: string): void {
    const conditional = /^IF (.*?) ((?:THROW|PRINT|EXEC|CREATE|INSERT|DELETE)\b.*)$/.exec(line);
    if (conditional !== null) {
      const [, condition = "", then = ""] = conditional;
      if (this.#holds(condition)) this.#line(then);
      return;
    }
    if (line.startsWith("THROW 50001, ")) throw new Error(/N'(.*)'/.exec(line)?.[1] ?? `[${this.#found ?? ""}]`);
    if (line.startsWith("PRINT ")) this.messages.push(line.slice(8, -2));
    else if (line.startsWith("SET @start")) this.#setStart(line);
    else if (line.startsWith("EXEC(N'")) this.#execute(line.slice(7, -3).replaceAll("''", "'"));
    else if (line.startsWith("EXEC sp_executesql")) this.#found = [...(this.database.rows ?? [])].sort().join(", ");
    else if (line === "SET @found = NULL;") this.#found = undefined;
    else if (line === "BEGIN TRANSACTION;") this.#kept = { ...this.database };
    else if (line === "COMMIT TRANSACTION;") this.#kept = undefined;
    else if (line.startsWith("CREATE TABLE alembic_version")) this.database.rows = [];
    else if (/ alembic_version /.test(line)) this.#change(line);
    else if (!/^SET @|^EXEC (?:@lock = )?sp_/.test(line)) throw new Error(`the model does not know: ${line}`);
  }

  #setStart(line: string): void {
    const cases = [...line.matchAll(/WHEN @found = \(N'(.*?)'\) \S+ \S+ THEN (\d+)/g)];
    const [, otherwise] = /(?:ELSE|=) (\d+)(?: END)?;$/.exec(line) ?? [];
    this.#start = Number(cases.find(([, rows]) => rows === this.#found)?.[2] ?? otherwise);
  }

  #execute(text: string): void {
    const { failsAt, isCutOffAfter } = this.circumstances;
    if (text === failsAt) throw new Error(`failed: ${text}`);
    this.database.done = [...this.database.done, text];
    if (text === isCutOffAfter) throw new Lost("the connection is lost");
  }

  #change(line: string): void {
    const { rows = [] } = this.database;
    const values = [...line.matchAll(/'([^']*)'/g)].map(([, value = ""]) => value);
    const without = rows.filter((row) => !values.includes(row));
    const [first = "", second = ""] = values;
    this.#hits = line.startsWith("INSERT") ? 1 : rows.length - without.length;
    if (line.startsWith("INSERT")) this.database.rows = [...rows, first];
    else if (line.startsWith("DELETE")) this.database.rows = without;
    else this.database.rows = rows.map((row) => (row === second ? first : row));
  }
}

/** Applies a script to a database, as sqlcmd does: the first error is the last of it. Returns what was said. */
export function applyToModel(
  script: string,
  database: ModelDatabase,
  circumstances: Circumstances = {},
): { readonly error: string | undefined; readonly messages: readonly string[] } {
  const session = new Session(database, circumstances);
  for (const batch of sqlcmdBatches(script)) {
    if (!batch.includes("BEGIN TRY\n")) continue;
    const error = session.run(batch);
    if (error !== undefined) return { error, messages: session.messages };
  }
  return { error: undefined, messages: session.messages };
}
