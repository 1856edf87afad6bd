import type { ScriptModel, ScriptStep } from "../../../src/compiler/script/model.js";
import type { Statement } from "../../../src/compiler/statement.js";
import { marker } from "../../shared/half-applied.js";
import { canBeAlone, rerunnable, type OutsideStatement } from "./outside.js";
import { refuseLostObjects } from "./session-objects.js";

/** The statements of one transaction, or some that stand between two. */
export type Part =
  | { readonly kind: "transaction"; readonly statements: readonly Statement[] }
  | { readonly kind: "outside"; readonly statements: readonly OutsideStatement[] };

/** The rows of a version table, in the order in which the server's "C" collation sorts them. */
export type Rows = readonly string[];

/** Rows in the order of the "C" collation: by bytes. */
export function sortedRows(rows: Iterable<string>): Rows {
  return [...new Set(rows)].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

/**
 * The parts of a revision. One that runs in a single transaction has one part. Any other is split: its first and its last
 * part are transactions, empty if need be, the last one with the version rows.
 */
export function partsOf(step: ScriptStep, model: ScriptModel): readonly Part[] {
  const parts = new Parts(model);
  for (const statement of step.statements) parts.add(statement);
  const all = parts.end();
  refuseLostObjects(all.map(statementsOf));
  return all;
}

function statementsOf(part: Part): readonly Statement[] {
  return part.kind === "transaction" ? part.statements : part.statements.map(({ statement }) => statement);
}

class Parts {
  readonly #parts: Part[] = [];
  #together: Statement[] = [];
  #between: OutsideStatement[] = [];
  /** What the revision has set for its session: said again in each part, since a run may begin with that one. */
  readonly #settings: Statement[] = [];

  constructor(readonly model: ScriptModel) {}

  add(statement: Statement): void {
    if (statement.setting === "keeps" || statement.setting === "changes") this.#set(statement);
    else if (!statement.autocommit) this.#addInside(statement);
    else if (canBeAlone(statement.sql)) this.#addAlone(statement);
    else this.#addOutside(rerunnable(statement, this.model));
  }

  end(): readonly Part[] {
    // a revision that sets something for its session and does nothing else has one transaction
    if (this.#parts.length === 0 && this.#together.length === 0 && this.#between.length === 0) {
      this.#together.push(...this.#settings);
    }
    this.#closeTransaction();
    this.#closeOutside();
    const parts = this.#parts;
    if (parts[0]?.kind !== "transaction") parts.unshift(empty);
    if (parts.at(-1)?.kind !== "transaction") parts.push(empty);
    return parts;
  }

  #set(statement: Statement): void {
    if (this.#together.length > 0) this.#together.push(statement);
    if (this.#between.length > 0) this.#between.push({ statement, sql: statement.sql });
    this.#settings.push(statement);
  }

  #addInside(statement: Statement): void {
    this.#closeOutside();
    const isFirst = this.#together.length === 0;
    if (isFirst && (statement.setting !== "restores" || this.#parts.length === 0)) {
      this.#together.push(...this.#settings);
    }
    this.#together.push(statement);
  }

  #addAlone(statement: Statement): void {
    this.#closeTransaction();
    this.#closeOutside();
    this.#parts.push({ kind: "transaction", statements: [...this.#settings, statement] });
  }

  /** Two changes of one index need an empty transaction between them, whose guard checks the first before the second runs. */
  #addOutside(outside: OutsideStatement): void {
    this.#closeTransaction();
    if (outside.index !== undefined && this.#between.some(({ index }) => index === outside.index)) {
      this.#closeOutside();
      this.#parts.push(empty);
    }
    if (this.#between.length === 0) {
      this.#between.push(...this.#settings.map((statement) => ({ statement, sql: statement.sql })));
    }
    this.#between.push(outside);
  }

  #closeTransaction(): void {
    if (this.#together.length > 0) this.#parts.push({ kind: "transaction", statements: this.#together });
    this.#together = [];
  }

  #closeOutside(): void {
    if (this.#between.length > 0) this.#parts.push({ kind: "outside", statements: this.#between });
    this.#between = [];
  }
}

const empty: Part = { kind: "transaction", statements: [] };

/** How many parts that have statements end with the part at an index. */
export function partsDone(parts: readonly Part[], index: number): number {
  return parts.slice(0, index + 1).filter(({ statements }) => statements.length > 0).length;
}

/** The markers of a split revision: one at the end of each transaction but the last. */
export function markersOf(step: ScriptStep, parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part, index) =>
    part.kind === "transaction" && index < parts.length - 1 ? [marker(step, partsDone(parts, index))] : [],
  );
}

/** What a part of a revision is called in the script. */
export function titleOf({ revision, title }: ScriptStep, parts: readonly Part[], index: number): string {
  const count = partsDone(parts, parts.length - 1);
  const part = parts[index];
  const about = [
    index === 0 || (index === 1 && parts[0]?.statements.length === 0) ? title : revision,
    count > 1 && part?.statements.length !== 0 && `part ${partsDone(parts, index)} of ${count}`,
    part?.kind === "outside" && "outside a transaction",
    index > 0 && part?.statements.length === 0 && "its version row",
  ];
  return about.filter((text) => text !== false).join(", ");
}
