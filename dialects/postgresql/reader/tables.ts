import type { AlterTableCmd, AlterTableStmt, CreateStmt, Node } from "libpg-query";
import type { Origin } from "../../../src/errors.js";
import type { ColumnChange } from "../../../src/operations/alter-column.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { LikeClause } from "../../../src/catalog/changes/table-copies.js";
import type { SqlEffects } from "../../../src/operations/execute.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { OperationNode } from "../../../src/operations/index.js";
import type { Constraint } from "../../../src/schema/constraints.js";
import { withoutSilentCounting } from "../../../src/schema/tables.js";
import type { QualifiedName } from "../../shared/reader/cursor.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { ignoring } from "../../shared/reader/grammar.js";
import type { ReadColumn } from "../../shared/reader/nodes.js";
import { addColumn, alterColumn, dropConstraint, tableOf } from "../../shared/reader/nodes.js";
import { ColumnReading, readDefault, readIdentity } from "./columns.js";
import { columnProperties, constraintByText, indexProperties } from "./inline-properties.js";
import { constraintOfIndex, readConstraint } from "./constraints.js";
import { readLike } from "./like.js";
import { attachPartition, createPartition, detachPartition } from "./partitions.js";
import { commandsAlone, propertyChanges, storageOptions } from "./properties.js";
import { integerOf, relationName, type Session, type Source } from "./source.js";
import { readType } from "./types.js";

type Understood = Omit<SqlEffects, "unknown">;

/** How the table is split into partitions, as it was written. */
function partitioning(stmt: CreateStmt, source: Source): string | undefined {
  if (stmt.partspec === undefined) return undefined;
  const cursor = source.cursorAt(stmt.partspec.location);
  cursor.expect("PARTITION", "BY");
  const start = cursor.place;
  cursor.next();
  cursor.parenthesized();
  return cursor.textFrom(start);
}

/** The name of a table of the same schema, as the options of a table have it. */
function inheritedName(parent: QualifiedName, child: QualifiedName): string {
  if (parent.schema !== child.schema) throw new NotUnderstood("a table that inherits from another schema");
  return parent.name;
}

/** `CREATE TABLE`. What inherits its columns, or takes them from a type, is not understood. */
export function createTable(
  stmt: CreateStmt,
  source: Source,
  session: Session,
  origin: Origin | undefined,
): Understood {
  if (stmt.partbound !== undefined) return { operations: [createPartition(stmt, source, session, origin)] };
  if (stmt.ofTypename !== undefined) throw new NotUnderstood("a table that takes its columns from a type");
  if (stmt.relation?.relpersistence === "t") throw new NotUnderstood("a table that passes");
  const name = relationName(stmt.relation, session);
  const reading = new ColumnReading(source, session);
  const parents = (stmt.inhRelations ?? []).flatMap((node) =>
    "RangeVar" in node ? [inheritedName(relationName(node.RangeVar, session), name)] : [],
  );
  const columns: ReadColumn[] = [];
  const constraints: Constraint[] = [];
  const likes: LikeClause[] = [];
  const changes: CatalogChange[] = [];
  for (const element of stmt.tableElts ?? []) {
    if ("ColumnDef" in element) {
      columns.push(reading.read(element.ColumnDef));
      changes.push(...columnProperties(name, element.ColumnDef));
    } else if ("Constraint" in element) {
      const kept = constraintByText(name, element.Constraint, source);
      changes.push(...(kept === undefined ? indexProperties(name, element.Constraint) : [kept]));
      if (kept === undefined) constraints.push(readConstraint(element.Constraint, source, session));
    } else if ("TableLikeClause" in element) likes.push(readLike(element.TableLikeClause, columns.length, session));
    else throw new NotUnderstood("an element of a table");
  }
  const partitionBy = partitioning(stmt, source);
  const said = {
    ...(partitionBy !== undefined && { partitionBy }),
    ...(stmt.options !== undefined && { with: storageOptions(stmt.options) }),
    ...(parents.length > 0 && { inherits: parents }),
    ...(stmt.tablespacename !== undefined && { tablespace: stmt.tablespacename }),
    ...(stmt.accessMethod !== undefined && stmt.accessMethod !== "heap" && { using: stmt.accessMethod }),
  };
  const options = Object.keys(said).length === 0 ? {} : { postgresql: said };
  const prefixes = stmt.relation?.relpersistence === "u" ? ["UNLOGGED"] : [];
  const own = tableOf(name, columns, { constraints, options, prefixes });
  const ifNotExists = stmt.if_not_exists ?? false;
  if (likes.length > 0) {
    return { operations: [], changes: [{ change: "createTableLike", table: own, likes, ifNotExists }, ...changes] };
  }
  const operations: OperationNode[] = [{ kind: "createTable", table: withoutSilentCounting(own), ifNotExists, origin }];
  return { operations, changes };
}

/** An identity with other numbers, or filled in another way; RESTART is about rows. */
function changedIdentity(table: QualifiedName, column: string, def: Node | undefined): CatalogChange {
  if (def === undefined || !("List" in def)) throw new NotUnderstood("an identity without options");
  const options = def.List.items ?? [];
  const when = options.flatMap((node) =>
    "DefElem" in node && node.DefElem.defname === "generated" ? [integerOf(node.DefElem.arg)] : [],
  );
  const letter = when[0] === undefined ? undefined : String.fromCharCode(when[0]);
  const { always, kind: _kind, ...numbers } = readIdentity(letter, options);
  return { change: "changeIdentity", table, column, numbers, always: letter === undefined ? undefined : always };
}

/** `ALTER CONSTRAINT`: when a foreign key is checked. */
function alteredConstraint(table: QualifiedName, def: Node | undefined): CatalogChange {
  const alteration = def !== undefined && "ATAlterConstraint" in def ? def.ATAlterConstraint : undefined;
  if (alteration?.alterDeferrability !== true) throw new NotUnderstood("ALTER CONSTRAINT");
  const { conname: constraint = "", deferrable = false, initdeferred: initiallyDeferred = false } = alteration;
  return { change: "changeDeferral", table, constraint, deferrable, initiallyDeferred };
}

/** One ALTER TABLE: what each of its subcommands does. */
class AlterTable {
  /** What its subcommands do that no operation says. */
  readonly changes: CatalogChange[] = [];
  readonly ignored: IgnoringRule[] = [];

  constructor(
    readonly table: QualifiedName,
    readonly source: Source,
    readonly session: Session,
    readonly origin: Origin | undefined,
    /** The statement with one of its subcommands alone. */
    readonly alone: (position: number) => string,
  ) {}

  #change(cmd: AlterTableCmd, change: ColumnChange): readonly OperationNode[] {
    return [alterColumn(this.table, cmd.name ?? "", change, this.origin)];
  }

  /** The text behind SET DEFAULT in the subcommand of that number. */
  #defaultText(position: number): string {
    const cursor = this.source.cursorAt(0);
    for (let comma = 0; comma < position; comma += 1) {
      cursor.textUntil();
      cursor.next();
    }
    cursor.textUntil(({ value, kind }) => kind === "word" && value === "DEFAULT");
    cursor.expect("DEFAULT");
    return cursor.textUntil();
  }

  #columnDefault(cmd: AlterTableCmd, position: number): readonly OperationNode[] {
    if (cmd.def === undefined) return this.#change(cmd, { serverDefault: null });
    const value = readDefault(cmd.def, () => this.#defaultText(position), undefined);
    return this.#change(cmd, { serverDefault: value ?? null });
  }

  read(cmd: AlterTableCmd, position: number): readonly OperationNode[] {
    const { schema, name: tableName } = this.table;
    const { origin } = this;
    const subtype: string = cmd.subtype ?? "";
    switch (subtype) {
      case "AT_AddColumn": {
        if (cmd.def === undefined || !("ColumnDef" in cmd.def)) break;
        const reading = new ColumnReading(this.source, this.session);
        const ifNotExists = cmd.missing_ok ?? false;
        this.changes.push(...columnProperties(this.table, cmd.def.ColumnDef));
        return [addColumn(this.table, reading.read(cmd.def.ColumnDef), origin, { ifNotExists })];
      }
      case "AT_DropColumn": {
        const ifExists = cmd.missing_ok ?? false;
        if (cmd.behavior === "DROP_CASCADE") {
          this.changes.push({ change: "dropReferences", table: this.table, column: cmd.name ?? "" });
        }
        return [{ kind: "dropColumn", tableName, schema, columnName: cmd.name ?? "", ifExists, options: {}, origin }];
      }
      case "AT_AlterColumnType":
        if (cmd.def === undefined || !("ColumnDef" in cmd.def)) break;
        return this.#change(cmd, { type: readType(cmd.def.ColumnDef.typeName, this.source).type });
      case "AT_ColumnDefault":
        return this.#columnDefault(cmd, position);
      case "AT_SetNotNull":
        return this.#change(cmd, { nullable: false });
      case "AT_DropNotNull":
        return this.#change(cmd, { nullable: true });
      case "AT_AddIdentity":
        if (cmd.def === undefined || !("Constraint" in cmd.def)) break;
        return this.#change(cmd, {
          serverDefault: readIdentity(cmd.def.Constraint.generated_when, cmd.def.Constraint.options),
        });
      case "AT_SetIdentity":
        this.changes.push(changedIdentity(this.table, cmd.name ?? "", cmd.def));
        return [];
      case "AT_DropIdentity":
      case "AT_DropExpression":
        if (cmd.missing_ok !== true) return this.#change(cmd, { serverDefault: null, autoincrement: false });
        this.changes.push({ change: "dropGeneration", table: this.table, column: cmd.name ?? "" });
        return [];
      case "AT_AlterConstraint":
        this.changes.push(alteredConstraint(this.table, cmd.def));
        return [];
      case "AT_AddConstraint": {
        if (cmd.def === undefined || !("Constraint" in cmd.def)) break;
        if (cmd.def.Constraint.indexname !== undefined) {
          this.changes.push(constraintOfIndex(this.table, cmd.def.Constraint));
          return [];
        }
        const kept = constraintByText(this.table, cmd.def.Constraint, this.source);
        this.changes.push(...(kept === undefined ? indexProperties(this.table, cmd.def.Constraint) : [kept]));
        if (kept !== undefined) return [];
        const constraint = readConstraint(cmd.def.Constraint, this.source, this.session);
        return [{ kind: "addConstraint", tableName, schema, constraint, origin }];
      }
      case "AT_DropConstraint":
        if (cmd.behavior === "DROP_CASCADE") {
          this.changes.push({ change: "dropReferences", table: this.table, constraint: cmd.name ?? "" });
        }
        return [dropConstraint(this.table, cmd.name, origin, { ifExists: cmd.missing_ok ?? false })];
      case "AT_ValidateConstraint":
        return [{ kind: "validateConstraint", constraintName: cmd.name ?? "", tableName, schema, origin }];
      case "AT_ChangeOwner":
        this.ignored.push("owners");
        return [];
      case "AT_AttachPartition": {
        const command = cmd.def !== undefined && "PartitionCmd" in cmd.def ? cmd.def.PartitionCmd : undefined;
        return [attachPartition(this.table, command, this.source, this.session, origin)];
      }
      case "AT_DetachPartition": {
        const command = cmd.def !== undefined && "PartitionCmd" in cmd.def ? cmd.def.PartitionCmd : undefined;
        return [detachPartition(this.table, command, this.session, origin)];
      }
      default: {
        const properties = propertyChanges(cmd, this.table, () => this.alone(position));
        if (properties === undefined) break;
        this.changes.push(...properties);
        return [];
      }
    }
    throw new NotUnderstood(`ALTER TABLE with ${cmd.subtype}`);
  }
}

/** What is altered of something else than a table: a foreign table, a type, the options of a view or an index. */
function alteredOther({ objtype }: AlterTableStmt, object: QualifiedName): CatalogChange | undefined {
  const kind: string = objtype ?? "";
  switch (kind) {
    case "OBJECT_FOREIGN_TABLE":
      return { change: "changeOther", class: "foreign table", object };
    case "OBJECT_TYPE":
      return { change: "changeOther", class: "composite type", object };
    case "OBJECT_VIEW":
    case "OBJECT_MATVIEW":
      return { change: "keepOther", class: "view options", object, tableName: object.name, adds: true };
    case "OBJECT_INDEX":
      return {
        change: "keepOther",
        class: "index attribute",
        object,
        part: { kind: "index", name: object.name },
        adds: true,
      };
    case "OBJECT_SEQUENCE":
      return { change: "alterObject", kind: "sequence", object };
    default:
      return undefined;
  }
}

/** `ALTER TABLE`, also of what is no table. */
export function alterTable(
  stmt: AlterTableStmt,
  source: Source,
  session: Session,
  origin: Origin | undefined,
): Understood {
  const cmds = (stmt.cmds ?? []).flatMap((node) => ("AlterTableCmd" in node ? [node.AlterTableCmd] : []));
  if (cmds.every(({ subtype }) => subtype === "AT_ChangeOwner")) return ignoring("owners");
  // an index of a partition goes with it
  if (stmt.objtype === "OBJECT_INDEX" && cmds.every(({ subtype }) => subtype === "AT_AttachPartition")) {
    return ignoring("part of a partition");
  }
  const table = relationName(stmt.relation, session);
  const other = alteredOther(stmt, table);
  if (other !== undefined) return { operations: [], changes: [other] };
  if (stmt.objtype !== "OBJECT_TABLE") throw new NotUnderstood(`ALTER ${stmt.objtype}`);
  const alter = new AlterTable(table, source, session, origin, (position) => commandsAlone(stmt, source)(position));
  const operations = cmds.flatMap((cmd, position) => alter.read(cmd, position));
  const { changes, ignored } = alter;
  return { operations, changes, ignored, ...(stmt.missing_ok === true && { onlyIf: table }) };
}
