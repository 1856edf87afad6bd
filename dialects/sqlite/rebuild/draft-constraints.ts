import { isNamelessConstraint, type NamelessConstraint } from "../../../src/catalog/nameless-constraints.js";
import type { Column } from "../../../src/schema/columns.js";
import type { Check, Constraint, PrimaryKey } from "../../../src/schema/constraints.js";
import { expandTable } from "../../../src/schema/expansion.js";
import type { Name } from "../../../src/schema/names.js";
import { nameText, sameName } from "../../../src/schema/names.js";
import type { NamingConvention } from "../../../src/schema/naming.js";
import type { Table } from "../../../src/schema/tables.js";
import type { SqlType } from "../../../src/schema/types/type.js";
import { constraintMentions, renameInConstraint } from "../../../src/catalog/column-references.js";

/** The constraints of a table as they are to become. */
export class DraftConstraints {
  readonly #table: Table;
  readonly #convention: NamingConvention | undefined;
  /** Checks that stand for the new type of an old column: they come after those of the table's own columns. */
  readonly #lateTypeChecks = new Set<Constraint>();
  #list: readonly Constraint[];

  constructor(table: Table, convention: NamingConvention | undefined) {
    this.#table = table;
    this.#convention = convention;
    this.#list = table.constraints;
  }

  /**
   * The constraints in the order of the new table: the primary key, what the call of the batch adds, the checks of
   * column types, those with a name, those without one.
   */
  ordered(added: readonly Constraint[]): readonly Constraint[] {
    const rank = (constraint: Constraint): number => {
      if (constraint.kind === "primaryKey") return 0;
      const isOfType = constraint.kind === "check" && constraint.boundTo !== undefined;
      if (isOfType && !this.#lateTypeChecks.has(constraint)) return 1;
      return constraint.name === undefined ? 3 : 2;
    };
    const ranked = (wanted: number): readonly Constraint[] => this.#list.filter((item) => rank(item) === wanted);
    return [...ranked(0), ...added, ...ranked(1), ...ranked(2), ...ranked(3)];
  }

  get primaryKey(): PrimaryKey | undefined {
    return this.#list.find((constraint) => constraint.kind === "primaryKey");
  }

  /** The names that there are, for messages. */
  get names(): readonly Name[] {
    return this.#list.flatMap(({ name }) => (name === undefined ? [] : [name]));
  }

  named(name: Name): Constraint | undefined {
    return this.#list.find(
      (constraint) => sameName(constraint.name, name) || constraint.impliedName === nameText(name),
    );
  }

  nameless(wanted: NamelessConstraint): Constraint | undefined {
    return this.#list.find((constraint) => isNamelessConstraint(constraint, wanted));
  }

  add(...constraints: readonly Constraint[]): void {
    this.#list = [...this.#list, ...constraints];
  }

  remove(constraint: Constraint | undefined): void {
    this.#list = this.#list.filter((other) => other !== constraint);
  }

  /** One more column of the primary key. */
  addToPrimaryKey(column: Name): void {
    const old = this.primaryKey;
    const columns = [...(old?.columns ?? []), column];
    this.remove(old);
    this.add({ ...(old ?? { name: undefined, options: {} }), kind: "primaryKey", columns });
  }

  /**
   * Takes away what cannot be without a column. Of a primary key over several columns the others are left, as Alembic
   * has it; returns the checks that were taken, besides the one of the column's own type.
   */
  removeColumn(column: Name): readonly Check[] {
    const gone = this.#list.filter((constraint) => constraintMentions(constraint, column));
    this.#list = this.#list.flatMap((constraint): readonly Constraint[] => {
      if (!gone.includes(constraint)) return [constraint];
      if (constraint.kind !== "primaryKey" || constraint.columns.length === 1) return [];
      return [{ ...constraint, columns: constraint.columns.filter((name) => !sameName(name, column)) }];
    });
    return gone.filter((constraint) => constraint.kind === "check").filter(({ boundTo }) => boundTo === undefined);
  }

  /** Carries the new name of a column into the constraints. */
  rename(from: Name, to: Name): void {
    this.#list = this.#list.map((constraint) => {
      const renamed = renameInConstraint(constraint, from, to, this.#table);
      if (this.#lateTypeChecks.delete(constraint)) this.#lateTypeChecks.add(renamed);
      return renamed;
    });
  }

  /**
   * The check that stands for a boolean or enum type goes with the type, and the new type may bring its own.
   *
   * @param stated the type before, as the author says it: a check of its name goes too
   */
  replaceTypeCheck(column: Column, type: SqlType, stated: SqlType | undefined): void {
    const old = stated === undefined ? [] : this.#typeChecks(column, stated).flatMap(({ name }) => name ?? []);
    const isOld = (constraint: Constraint): boolean =>
      constraint.kind === "check" &&
      (sameName(constraint.boundTo, column.name) || old.some((name) => sameName(name, constraint.name)));
    const added = this.#typeChecks(column, type);
    for (const check of added) this.#lateTypeChecks.add(check);
    this.#list = [...this.#list.filter((constraint) => !isOld(constraint)), ...added];
  }

  #typeChecks(column: Column, type: SqlType): readonly Constraint[] {
    const alone = { ...column, type, primaryKey: false, checks: [] };
    return expandTable({ ...this.#table, columns: [alone], constraints: [], indexes: [] }, this.#convention)
      .constraints;
  }
}
