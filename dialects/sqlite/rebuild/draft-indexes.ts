import { indexMentions, indexOver, renameInIndex } from "../../../src/catalog/column-references.js";
import type { CreateIndex } from "../../../src/operations/create-index.js";
import type { DropIndex } from "../../../src/operations/drop-index.js";
import type { Index } from "../../../src/schema/indexes.js";
import type { Name } from "../../../src/schema/names.js";
import { sameName } from "../../../src/schema/names.js";

/** The indexes of a table as they are to become. */
export class DraftIndexes {
  #old: readonly Index[];
  #added: readonly Index[] = [];

  constructor(indexes: readonly Index[]) {
    this.#old = indexes;
  }

  /** Those of the table before, then those that the batch makes. */
  get all(): readonly Index[] {
    return [...this.#old, ...this.#added];
  }

  /** The names that the table had before, for messages. */
  get names(): readonly Name[] {
    return this.#old.flatMap(({ name }) => name ?? []);
  }

  add(...indexes: readonly Index[]): void {
    this.#added = [...this.#added, ...indexes];
  }

  /** @param currentName gives the present name of a column that is called by an older one */
  create({ index, ifNotExists }: CreateIndex, currentName: (column: Name) => Name): void {
    if (ifNotExists && this.#find(index.name) !== undefined) return;
    this.add(indexOver(index, currentName));
  }

  /** Gives false when there is no such index to drop, and there has to be one. */
  drop({ indexName, ifExists }: DropIndex): boolean {
    const found = this.#find(indexName);
    this.#change((index) => (index === found ? [] : [index]));
    return found !== undefined || ifExists;
  }

  /** Takes away what cannot be without a column. */
  removeColumn(column: Name): void {
    this.#change((index) => (indexMentions(index, column) ? [] : [index]));
  }

  /** Carries the new name of a column into the indexes. */
  rename(from: Name, to: Name): void {
    this.#change((index) => [renameInIndex(index, from, to)]);
  }

  #find(wanted: Name | undefined): Index | undefined {
    return this.all.find(({ name }) => sameName(name, wanted));
  }

  #change(changed: (index: Index) => readonly Index[]): void {
    this.#old = this.#old.flatMap(changed);
    this.#added = this.#added.flatMap(changed);
  }
}
