import { isIdentity } from "../../../src/schema/columns.js";
import type { ColumnChange } from "../../../src/operations/alter-column.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { DropReferences } from "../../../src/catalog/changes/tables.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { OperationNode } from "../../../src/operations/index.js";
import type { Origin } from "../../../src/errors.js";
import { nameText } from "../../../src/schema/names.js";
import { readColumn } from "../../shared/reader/columns.js";
import { readTableItem } from "../../shared/reader/constraints.js";
import { NotUnderstood, type Cursor, type QualifiedName } from "../../shared/reader/cursor.js";
import type { SqlGrammar, Understood } from "../../shared/reader/grammar.js";
import { addColumn, alterColumn, dropConstraint } from "../../shared/reader/nodes.js";
import { passConstraintState } from "./constraints.js";
import { noType } from "./types.js";

/** First words of clauses about how a table is stored and whether a constraint is checked. */
const ignoredClauses: Readonly<Record<string, IgnoringRule>> = {
  ENABLE: "constraint state",
  DISABLE: "constraint state",
  ...Object.fromEntries(
    [
      ...["MOVE", "SHRINK", "LOGGING", "NOLOGGING", "CACHE", "NOCACHE", "PARALLEL", "NOPARALLEL", "PCTFREE", "PCTUSED"],
      ...["INITRANS", "STORAGE", "ALLOCATE", "DEALLOCATE", "MONITORING", "NOMONITORING"],
    ].map((word) => [word, "storage" as const]),
  ),
};

/** One ALTER TABLE of Oracle, whose clauses follow one another without commas. */
class AlterTable {
  readonly operations: OperationNode[] = [];
  readonly changes: CatalogChange[] = [];
  readonly ignored: IgnoringRule[] = [];

  constructor(
    readonly table: QualifiedName,
    readonly grammar: SqlGrammar,
    readonly origin: Origin | undefined,
  ) {}

  /** What stands in parentheses with commas, or alone. */
  #each(cursor: Cursor, read: (part: Cursor) => void): void {
    if (!cursor.isAt("(")) return read(cursor);
    for (const part of cursor.parenthesized().commaSeparated()) {
      read(part);
      part.expectEnd();
    }
  }

  #addItem(cursor: Cursor): void {
    const { name: tableName, schema } = this.table;
    const item = readTableItem(cursor, this.grammar);
    if (item?.kind === "index") throw new NotUnderstood("an index in a table");
    if (item === undefined) {
      const read = readColumn(cursor, this.grammar);
      if (read.column.type === noType) throw new NotUnderstood("a column without a type");
      this.operations.push(addColumn(this.table, read, this.origin));
    } else this.operations.push({ kind: "addConstraint", tableName, schema, constraint: item, origin: this.origin });
  }

  add(cursor: Cursor): void {
    this.#each(cursor, (part) => this.#addItem(part));
  }

  /** MODIFY says what changes of a column; what it leaves out stays. */
  #modifyColumn(cursor: Cursor): void {
    const { name: tableName, schema } = this.table;
    const saysDefault = cursor.tokens
      .slice(cursor.place)
      .some(({ kind, value }) => kind === "word" && value === "DEFAULT");
    const { column, constraints } = readColumn(cursor, this.grammar);
    const name = nameText(column.name);
    if (cursor.accept("DROP", "IDENTITY")) {
      this.operations.push(alterColumn(this.table, name, { serverDefault: null }, this.origin));
      return;
    }
    if (column.primaryKey) throw new NotUnderstood("a column that becomes the key");
    const isDefault = saysDefault && !isIdentity(column.serverDefault);
    const change: ColumnChange = {
      ...(column.type !== noType && { type: column.type }),
      ...(column.nullable !== undefined && { nullable: column.nullable }),
      ...(column.serverDefault !== undefined && { serverDefault: column.serverDefault }),
      ...(isDefault && column.serverDefault === undefined && { serverDefault: null }),
    };
    this.operations.push(alterColumn(this.table, name, change, this.origin));
    for (const constraint of [...constraints, ...column.checks]) {
      this.operations.push({ kind: "addConstraint", tableName, schema, constraint, origin: this.origin });
    }
  }

  modify(cursor: Cursor): void {
    if (cursor.accept("CONSTRAINT") || cursor.accept("PRIMARY", "KEY")) {
      this.ignored.push("constraint state");
      return void cursor.rest();
    }
    if (["PARTITION", "SUBPARTITION", "LOB", "NESTED", "DEFAULT", "UNIQUE"].includes(cursor.word() ?? "")) {
      throw new NotUnderstood("MODIFY of something other than columns");
    }
    this.#each(cursor, (part) => this.#modifyColumn(part));
  }

  #dropColumn(columnName: string): void {
    const { name: tableName, schema } = this.table;
    this.operations.push({
      kind: "dropColumn",
      tableName,
      schema,
      columnName,
      ifExists: false,
      options: {},
      origin: this.origin,
    });
  }

  /** The names behind DROP COLUMN, DROP and SET UNUSED. */
  #dropColumns(cursor: Cursor): void {
    const columns = cursor.isAt("(") ? cursor.names() : [cursor.name()];
    for (const column of columns) this.#dropColumn(column);
    if (cursor.accept("CASCADE", "CONSTRAINTS")) {
      for (const column of columns) this.changes.push({ change: "dropReferences", table: this.table, column });
    }
    cursor.accept("INVALIDATE");
    if (cursor.accept("CHECKPOINT")) cursor.next();
    cursor.accept("ONLINE");
  }

  /** A constraint by its name, or as the key that it is: `DROP UNIQUE (a)` names it by its columns. */
  #dropConstraint(cursor: Cursor): Pick<DropReferences, "constraint" | "key"> {
    if (cursor.accept("PRIMARY", "KEY")) {
      this.operations.push(dropConstraint(this.table, undefined, this.origin, { type: "primary" }));
      return { key: "primaryKey" };
    }
    if (cursor.accept("UNIQUE")) {
      const columns = cursor.names();
      this.changes.push({ change: "dropUniqueOfColumns", table: this.table, columns });
      return { key: { uniqueOf: columns } };
    }
    cursor.expect("CONSTRAINT");
    const ifExists = cursor.ifExists();
    const constraint = cursor.name();
    this.operations.push(dropConstraint(this.table, constraint, this.origin, { ifExists }));
    return { constraint };
  }

  drop(cursor: Cursor): void {
    if (cursor.accept("UNUSED", "COLUMNS")) {
      this.ignored.push("rows");
      return void cursor.rest();
    }
    if (cursor.isAt("(") || cursor.accept("COLUMN")) return this.#dropColumns(cursor);
    const dropped = this.#dropConstraint(cursor);
    // foreign keys to the constraint go before it
    if (cursor.accept("CASCADE")) this.changes.unshift({ change: "dropReferences", table: this.table, ...dropped });
    if (!cursor.accept("KEEP", "INDEX")) cursor.accept("DROP", "INDEX");
  }

  rename(cursor: Cursor): void {
    const { name: tableName, schema } = this.table;
    const { origin } = this;
    const word = cursor.acceptOneOf("COLUMN", "CONSTRAINT");
    const from = word === undefined ? tableName : cursor.name();
    cursor.expect("TO");
    const to = cursor.name();
    if (word === "COLUMN") this.operations.push(alterColumn(this.table, from, { newColumnName: to }, origin));
    else if (word === undefined) this.operations.push({ kind: "renameTable", from, to, schema, origin });
    else this.operations.push({ kind: "renameConstraint", from, to, tableName, schema, origin });
  }

  /** One clause, from its first word. */
  clause(cursor: Cursor): void {
    const rule = ignoredClauses[cursor.word() ?? ""];
    if (rule !== undefined) {
      this.ignored.push(rule);
      return void cursor.rest();
    }
    if (cursor.accept("ADD")) this.add(cursor);
    else if (cursor.accept("MODIFY")) this.modify(cursor);
    else if (cursor.accept("DROP")) this.drop(cursor);
    else if (cursor.accept("RENAME")) this.rename(cursor);
    else {
      cursor.expect("SET", "UNUSED");
      cursor.accept("COLUMN");
      this.#dropColumns(cursor);
    }
    passConstraintState(cursor);
  }
}

/** `ALTER TABLE`, read from behind TABLE. */
export function alterTable(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): Understood {
  const onlyIf = cursor.ifExists();
  const table = cursor.qualifiedName();
  const alter = new AlterTable(table, grammar, origin);
  do alter.clause(cursor);
  while (!cursor.isAtEnd);
  const { operations, changes, ignored } = alter;
  return { operations, changes, ignored, ...(onlyIf && { onlyIf: table }) };
}
