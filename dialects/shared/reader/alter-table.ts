import type { Origin } from "../../../src/errors.js";
import type { ColumnPosition } from "../../../src/catalog/table-changes.js";
import type { ColumnChange } from "../../../src/operations/alter-column.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { OperationNode } from "../../../src/operations/index.js";
import { defaultValue, readColumn } from "./columns.js";
import { readTableItem } from "./constraints.js";
import type { Cursor, QualifiedName } from "./cursor.js";
import { NotUnderstood } from "./cursor.js";
import type { SqlGrammar, Understood } from "./grammar.js";
import type { ReadColumn } from "./nodes.js";
import { addColumn, alterColumn, dropConstraint } from "./nodes.js";
import { withCollation } from "./types.js";

/** Where a column goes: `FIRST` or `AFTER a`. */
function readPosition(cursor: Cursor): ColumnPosition | undefined {
  if (cursor.accept("FIRST")) return "first";
  return cursor.accept("AFTER") ? { after: cursor.name() } : undefined;
}

/** One ALTER TABLE: what each of its clauses does to the table. */
class AlterTable {
  /** What its clauses do that no operation says. */
  readonly changes: CatalogChange[] = [];
  /** The rules by which some of its clauses are ignored. */
  readonly ignored: IgnoringRule[] = [];
  /** It goes to another schema. */
  moves = false;
  #dropped: string | undefined;

  constructor(
    readonly table: QualifiedName,
    readonly grammar: SqlGrammar,
    readonly origin: Origin | undefined,
  ) {}

  #change(column: string, change: ColumnChange): OperationNode {
    return alterColumn(this.table, column, change, this.origin);
  }

  #addItem(cursor: Cursor): readonly OperationNode[] | undefined {
    const item = readTableItem(cursor, this.grammar);
    if (item === undefined) return undefined;
    const { name: tableName, schema } = this.table;
    const { origin } = this;
    if (item.kind === "index") {
      return [{ kind: "createIndex", tableName, schema, index: item, ifNotExists: false, origin }];
    }
    return [{ kind: "addConstraint", tableName, schema, constraint: item, origin }];
  }

  #addColumn(cursor: Cursor): OperationNode {
    cursor.accept("COLUMN");
    const ifNotExists = cursor.ifNotExists();
    const read = readColumn(cursor, this.grammar);
    return addColumn(this.table, read, this.origin, { ifNotExists, position: readPosition(cursor) });
  }

  /** `ADD DEFAULT 0 FOR a`, of SQL Server. */
  #addDefault(cursor: Cursor): OperationNode | undefined {
    const isNamed = cursor.isAt("CONSTRAINT") && cursor.word(2) === "DEFAULT";
    if (!isNamed && !cursor.isAt("DEFAULT")) return undefined;
    if (cursor.accept("CONSTRAINT")) cursor.name();
    cursor.expect("DEFAULT");
    const serverDefault = defaultValue(cursor) ?? null;
    cursor.expect("FOR");
    return this.#change(cursor.name(), { serverDefault });
  }

  add(cursor: Cursor): readonly OperationNode[] {
    if (this.grammar.alterTable?.defaultsAreConstraints === true) {
      const added = this.#addDefault(cursor);
      if (added !== undefined) return [added];
    }
    const item = this.#addItem(cursor);
    if (item !== undefined) return item;
    const list = cursor.isAt("(") || cursor.isAt("COLUMN", "(");
    if (!list) return [this.#addColumn(cursor)];
    cursor.accept("COLUMN");
    return cursor
      .parenthesized()
      .commaSeparated()
      .flatMap((part) => {
        const operations = this.#addItem(part) ?? [this.#addColumn(part)];
        part.expectEnd();
        return operations;
      });
  }

  drop(cursor: Cursor): readonly OperationNode[] {
    const { table, origin } = this;
    if (cursor.accept("PRIMARY", "KEY")) return [dropConstraint(table, undefined, origin, { type: "primary" })];
    if (cursor.accept("FOREIGN", "KEY")) {
      const ifExists = cursor.ifExists();
      return [dropConstraint(table, cursor.name(), origin, { type: "foreignkey", ifExists })];
    }
    const word = cursor.acceptOneOf("CONSTRAINT", "CHECK", "INDEX", "KEY", "COLUMN", "PARTITION");
    if (word === "PARTITION") throw new NotUnderstood("a partition");
    const ifExists = cursor.ifExists();
    if (word === "INDEX" || word === "KEY") return [this.#dropIndex(cursor.name(), ifExists)];
    // where the word stands once for a list of names, names without any word are those of constraints
    if (word !== undefined) this.#dropped = word;
    const isColumn =
      this.grammar.alterTable?.verbsStandOnce === true
        ? this.#dropped === "COLUMN"
        : word === "COLUMN" || word === undefined;
    if (!isColumn) return [dropConstraint(table, cursor.name(), origin, { ifExists })];
    const columnName = cursor.name();
    cursor.acceptOneOf("CASCADE", "RESTRICT");
    return [
      { kind: "dropColumn", tableName: table.name, schema: table.schema, columnName, ifExists, options: {}, origin },
    ];
  }

  #dropIndex(indexName: string, ifExists: boolean): OperationNode {
    const { name: tableName, schema } = this.table;
    return { kind: "dropIndex", indexName, tableName, schema, ifExists, options: {}, origin: this.origin };
  }

  /** MODIFY and CHANGE say all of a column anew; what they leave out is gone. */
  #redefine(
    name: string,
    { column, constraints }: ReadColumn,
    position: ColumnPosition | undefined,
  ): readonly OperationNode[] {
    const { name: tableName, schema } = this.table;
    const newName = column.name as string;
    const change: ColumnChange = {
      ...(newName !== name && { newColumnName: newName }),
      type: column.type,
      nullable: column.nullable ?? true,
      serverDefault: column.serverDefault ?? null,
      comment: column.comment ?? null,
      autoincrement: column.autoincrement === "always" ? "always" : false,
      options: column.options,
    };
    const key: OperationNode[] = column.primaryKey
      ? [
          {
            kind: "addConstraint",
            tableName,
            schema,
            constraint: { kind: "primaryKey", name: undefined, columns: [newName], options: {} },
            origin: this.origin,
          },
        ]
      : [];
    const others = [...constraints, ...column.checks].map((constraint): OperationNode => {
      return { kind: "addConstraint", tableName, schema, constraint, origin: this.origin };
    });
    return [alterColumn(this.table, name, change, this.origin, position), ...key, ...others];
  }

  modify(cursor: Cursor, renames: boolean): readonly OperationNode[] {
    cursor.accept("COLUMN");
    if (cursor.ifExists()) throw new NotUnderstood("a column that may be missing");
    const old = renames ? cursor.name() : undefined;
    const read = readColumn(cursor, this.grammar);
    return this.#redefine(old ?? (read.column.name as string), read, readPosition(cursor));
  }

  /** `ALTER COLUMN a SET DEFAULT 1` of MySQL, `ALTER COLUMN a INT NOT NULL` of SQL Server. */
  alter(cursor: Cursor): readonly OperationNode[] {
    if (cursor.acceptOneOf("INDEX", "KEY", "CHECK", "CONSTRAINT") !== undefined) {
      throw new NotUnderstood("whether an index is visible, or a check enforced");
    }
    cursor.accept("COLUMN");
    const name = cursor.name();
    if (cursor.accept("SET", "DEFAULT")) return [this.#change(name, { serverDefault: defaultValue(cursor) ?? null })];
    if (cursor.accept("DROP", "DEFAULT")) return [this.#change(name, { serverDefault: null })];
    const { group } = this.grammar;
    if (group === "mysql" && cursor.accept("SET")) {
      const seen = cursor.acceptOneOf("VISIBLE", "INVISIBLE");
      if (seen === undefined) throw new NotUnderstood(`ALTER COLUMN ${name} SET`);
      const value = seen === "INVISIBLE" ? false : undefined;
      this.changes.push({
        change: "changeColumnOption",
        table: this.table,
        column: name,
        option: "visible",
        value,
        group,
      });
      return [];
    }
    const { columnProperties = [], retypingAllowsNull = false } = this.grammar.alterTable ?? {};
    if (columnProperties.length > 0 && cursor.acceptOneOf("ADD", "DROP") !== undefined) {
      if (cursor.acceptOneOf(...columnProperties) === undefined) throw new NotUnderstood(`ALTER COLUMN ${name}`);
      passRest(cursor);
      this.ignored.push("storage");
      return [];
    }
    if (!retypingAllowsNull) throw new NotUnderstood(`ALTER COLUMN ${name}`);
    const plain = this.grammar.readType(cursor);
    const type = cursor.accept("COLLATE") ? withCollation(plain, cursor.name()) : plain;
    const nullable = cursor.accept("NOT", "NULL") ? false : (cursor.accept("NULL"), true);
    return [this.#change(name, { type, nullable })];
  }

  rename(cursor: Cursor): readonly OperationNode[] {
    const { table, origin } = this;
    const isIndex = cursor.word(2) === "TO" && cursor.acceptOneOf("INDEX", "KEY") !== undefined;
    if (isIndex) {
      const from = cursor.name();
      cursor.expect("TO");
      const { name: tableName, schema } = table;
      return [{ kind: "renameIndex", from, to: cursor.name(), tableName, schema, origin }];
    }
    const isTable = cursor.isAt("TO") || cursor.isAt("AS") || cursor.word(1) !== "TO";
    if (isTable && !cursor.isAt("COLUMN")) {
      cursor.acceptOneOf("TO", "AS");
      const to = cursor.qualifiedName();
      if (to.schema !== undefined && to.schema !== table.schema) {
        this.changes.push({ change: "moveTable", from: table, to });
        this.moves = true;
        return [];
      }
      return [{ kind: "renameTable", from: table.name, to: to.name, schema: table.schema, origin }];
    }
    if (cursor.word(1) !== "TO") cursor.expect("COLUMN");
    const column = cursor.name();
    cursor.expect("TO");
    return [this.#change(column, { newColumnName: cursor.name() })];
  }
}

/** Clauses without any effect that the replayed schema keeps, by their first words. */
const ignoredClauses: Readonly<Record<string, IgnoringRule>> = {
  ENABLE: "constraint state",
  DISABLE: "constraint state",
  CHECK: "constraint state",
  NOCHECK: "constraint state",
  WITHOUT: "constraint state",
  REBUILD: "storage",
  SWITCH: "rows",
};

/** Passes over what is not kept; SQL Server needs no semicolon before the next statement. */
function passRest(clause: Cursor): void {
  while (!clause.isAtEnd) {
    if (statementWords.has(clause.word() ?? "")) throw new NotUnderstood("another statement");
    clause.next();
  }
}

const statementWords = new Set(["CREATE", "ALTER", "DROP", "EXEC", "EXECUTE"]);

/** `ALTER TABLE`, read from behind TABLE. */
export function alterTable(cursor: Cursor, grammar: SqlGrammar, origin: Origin | undefined): Understood {
  const ifExists = cursor.ifExists();
  const table = cursor.qualifiedName();
  const alter = new AlterTable(table, grammar, origin);
  const operations: OperationNode[] = [];
  const { clausesBeginWithCheck = false, verbsStandOnce = false } = grammar.alterTable ?? {};
  let verb: string | undefined;
  for (const clause of cursor.commaSeparated()) {
    if (clausesBeginWithCheck && clause.accept("WITH")) clause.acceptOneOf("CHECK", "NOCHECK");
    const begins = clause.acceptOneOf("ADD", "DROP", "MODIFY", "CHANGE", "ALTER", "RENAME");
    if (begins !== undefined) verb = begins;
    else if (!verbsStandOnce || (verb !== "ADD" && verb !== "DROP")) verb = undefined;
    operations.push(...readClause(alter, verb, clause));
    clause.expectEnd();
  }
  if (alter.moves && operations.length > 0) throw new NotUnderstood("a table that changes and moves");
  const { changes, ignored } = alter;
  return { operations, changes, ignored, ...(ifExists && { onlyIf: table }) };
}

function readClause(alter: AlterTable, verb: string | undefined, clause: Cursor): readonly OperationNode[] {
  if (verb === "ADD") return alter.add(clause);
  if (verb === "DROP") return alter.drop(clause);
  if (verb === "MODIFY" || verb === "CHANGE") return alter.modify(clause, verb === "CHANGE");
  if (verb === "ALTER") return alter.alter(clause);
  if (verb === "RENAME") return alter.rename(clause);
  const { readAlterOptions } = alter.grammar;
  if (readAlterOptions !== undefined) {
    const read = readAlterOptions(clause, alter.table);
    if (typeof read === "string") alter.ignored.push(read);
    else alter.changes.push(...read);
    return [];
  }
  const rule = clause.isAt("SET", "(", "LOCK_ESCALATION") ? "storage" : ignoredClauses[clause.word() ?? ""];
  if (rule === undefined) throw new NotUnderstood(`ALTER TABLE … ${clause.peek()?.text}`);
  alter.ignored.push(rule);
  passRest(clause);
  return [];
}
