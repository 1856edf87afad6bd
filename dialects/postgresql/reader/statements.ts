import type { AlterEnumStmt, CommentStmt, DropStmt, Node, VariableSetStmt } from "libpg-query";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import { nameText } from "../../../src/schema/names.js";
import type { Origin } from "../../../src/errors.js";
import type { ObjectEffect, SqlEffects } from "../../../src/operations/execute.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { OperationNode } from "../../../src/operations/index.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { ignoring } from "../../shared/reader/grammar.js";
import { alterColumn } from "../../shared/reader/nodes.js";
import { alterDomain, domain } from "./domains.js";
import { createIndex, dropIndexes } from "./indexes.js";
import { dropped, droppedTriggers, extension, routine, schema } from "./objects.js";
import { changing, moveToSchema, rename, typeNamesOf } from "./names.js";
import { namesOf, qualified, type Session, type Source } from "./source.js";
import { alterSequence, createSequence } from "./sequences.js";
import { cluster, droppedOthers, keepings, note } from "./other-objects.js";
import { ignoredObjects, subjectOf } from "./subjects.js";
import { alterTable, createTable } from "./tables.js";
import { trigger } from "./triggers.js";
import { isRecursive, materializedView, recursiveView, view } from "./views.js";

/** What one kind of statement does. */
type Reading = (node: Node, source: Source, session: Session, origin: Origin | undefined) => Understood;

/** What is understood of a statement. */
export type Understood = Omit<SqlEffects, "unknown">;

const nothing: Understood = { operations: [] };

function making(object: ObjectEffect): Understood {
  return { operations: [], objects: [object] };
}

function dropTables(stmt: DropStmt, session: Session, origin: Origin | undefined): readonly OperationNode[] {
  return (stmt.objects ?? []).map((node): OperationNode => {
    const { schema, name } = qualified("List" in node ? namesOf(node.List.items) : [], session);
    return { kind: "dropTable", tableName: name, schema, ifExists: stmt.missing_ok ?? false, origin };
  });
}

function dropTypes(stmt: DropStmt, session: Session, origin: Origin | undefined): readonly OperationNode[] {
  return (stmt.objects ?? []).map((node): OperationNode => {
    const { schema, name } = qualified("TypeName" in node ? namesOf(node.TypeName.names) : [], session);
    return { kind: "dropEnumType", name, schema, ifExists: stmt.missing_ok ?? false, origin };
  });
}

function dropSchemas(stmt: DropStmt, origin: Origin | undefined): readonly OperationNode[] {
  const cascade = stmt.behavior === "DROP_CASCADE";
  return namesOf(stmt.objects).map((name): OperationNode => {
    return { kind: "dropSchema", name, ifExists: stmt.missing_ok ?? false, cascade, origin };
  });
}

function drop(stmt: DropStmt, session: Session, origin: Origin | undefined): Understood {
  const { removeType = "", behavior } = stmt;
  const rule = ignoredObjects[removeType as keyof typeof ignoredObjects] as IgnoringRule | undefined;
  if (rule !== undefined) return ignoring(rule);
  const others = droppedOthers(stmt, session);
  if (subjectsAreOthers(stmt, session)) {
    // what else goes with them is not known
    if (behavior === "DROP_CASCADE") throw new NotUnderstood(`DROP of ${removeType} with all that needs it`);
    return { operations: [], changes: others };
  }
  const { changes = [], ...rest } = dropKnown(stmt, session, origin);
  return { ...rest, changes: [...changes, ...others] };
}

function dropKnown(stmt: DropStmt, session: Session, origin: Origin | undefined): Understood {
  if (stmt.removeType === "OBJECT_FUNCTION") return dropRoutines(stmt, "function", session);
  if (stmt.removeType === "OBJECT_PROCEDURE") return dropRoutines(stmt, "procedure", session);
  if (stmt.removeType === "OBJECT_TABLE") {
    const operations = dropTables(stmt, session, origin);
    if (stmt.behavior !== "DROP_CASCADE") return { operations };
    const names = (stmt.objects ?? []).map((node) =>
      qualified("List" in node ? namesOf(node.List.items) : [], session),
    );
    return { operations, changes: names.map((table) => ({ change: "dropReferences", table })) };
  }
  if (stmt.removeType === "OBJECT_INDEX") return { operations: dropIndexes(stmt, session, origin) };
  if (stmt.removeType === "OBJECT_TYPE") {
    return { operations: dropTypes(stmt, session, origin), changes: usesOfTypes(stmt, session) };
  }
  if (stmt.removeType === "OBJECT_TRIGGER") return { operations: droppedTriggers(stmt, session, origin) };
  if (stmt.removeType === "OBJECT_SCHEMA") return { operations: dropSchemas(stmt, origin) };
  const objects = dropped(stmt, session);
  if (stmt.removeType === "OBJECT_DOMAIN") return { operations: [], objects, changes: usesOfTypes(stmt, session) };
  return { operations: [], objects, changes: stmt.behavior === "DROP_CASCADE" ? objects.flatMap(cascade) : [] };
}

/** Whether what is dropped is kept by its text alone. */
function subjectsAreOthers({ removeType, objects = [] }: DropStmt, session: Session): boolean {
  return objects.some((node) => subjectOf(removeType ?? "", node, session) !== undefined);
}

/** What goes with types or domains that are dropped. */
function usesOfTypes(stmt: DropStmt, session: Session): readonly CatalogChange[] {
  if (stmt.behavior !== "DROP_CASCADE") return [];
  return (stmt.objects ?? []).map((node) => {
    const subject = qualified("TypeName" in node ? namesOf(node.TypeName.names) : [], session);
    return { change: "dropUses", kind: "type", subject };
  });
}

/** What goes with a view or sequence that is dropped. */
function cascade(effect: ObjectEffect): readonly CatalogChange[] {
  if (effect.effect !== "dropped") return [];
  const { kind, schema: written, name } = effect;
  const named = { schema: written === undefined ? undefined : nameText(written), name: nameText(name) };
  if (kind === "sequence") return [{ change: "dropUses", kind: "relation", subject: named }];
  return kind === "view" || kind === "materializedView" ? [{ change: "dropReferences", table: named }] : [];
}

function dropRoutines(stmt: DropStmt, kind: "function" | "procedure", session: Session): Understood {
  const details = { ifExists: stmt.missing_ok === true, cascade: stmt.behavior === "DROP_CASCADE" };
  const changes = (stmt.objects ?? []).flatMap((node): readonly CatalogChange[] => {
    if (!("ObjectWithArgs" in node)) return [];
    const { objname, objargs, args_unspecified: byName } = node.ObjectWithArgs;
    const types = byName === true ? undefined : typeNamesOf(objargs);
    return [{ change: "dropRoutine", kind, routine: qualified(namesOf(objname), session), types, ...details }];
  });
  return { operations: [], changes };
}

function alterEnum(stmt: AlterEnumStmt, session: Session, origin: Origin | undefined): readonly OperationNode[] {
  const { schema, name: typeName } = qualified(namesOf(stmt.typeName), session);
  const { oldVal: from, newVal: value = "", newValNeighbor: neighbour, newValIsAfter: isAfter } = stmt;
  if (from !== undefined) return [{ kind: "renameEnumValue", typeName, schema, from, to: value, origin }];
  const place = neighbour === undefined ? undefined : isAfter === true ? { after: neighbour } : { before: neighbour };
  const ifNotExists = stmt.skipIfNewValExists ?? false;
  return [{ kind: "addEnumValue", typeName, schema, value, place, ifNotExists, origin }];
}

/** Comments on tables and columns are parts of these; those on anything else are kept by their text. */
function comment(stmt: CommentStmt, session: Session, origin: Origin | undefined): Understood {
  const rule = ignoredObjects[stmt.objtype as keyof typeof ignoredObjects] as IgnoringRule | undefined;
  if (rule !== undefined) return ignoring(rule);
  if (stmt.objtype !== "OBJECT_TABLE" && stmt.objtype !== "OBJECT_COLUMN") {
    return changing(note("comment", stmt, stmt.comment, session));
  }
  return { operations: commentOfTable(stmt, session, origin) };
}

function commentOfTable(stmt: CommentStmt, session: Session, origin: Origin | undefined): readonly OperationNode[] {
  const names = stmt.object !== undefined && "List" in stmt.object ? namesOf(stmt.object.List.items) : [];
  const text = stmt.comment === undefined || stmt.comment === "" ? undefined : stmt.comment;
  if (stmt.objtype === "OBJECT_TABLE") {
    const { schema, name } = qualified(names, session);
    return [{ kind: "tableComment", tableName: name, schema, comment: text, existingComment: undefined, origin }];
  }
  const table = qualified(names.slice(0, -1), session);
  return [alterColumn(table, names.at(-1) ?? "", { comment: text ?? null }, origin)];
}

/** Keeps the schema in which names without one are found from here on. */
function setVariable(stmt: VariableSetStmt, session: Session): void {
  if (stmt.name !== "search_path") return;
  const [first] = (stmt.args ?? []).flatMap((node) => ("A_Const" in node ? [node.A_Const.sval?.sval] : []));
  session.schema = first === undefined || first === "" || first === "$user" ? undefined : first;
}

/** Statements that are understood, by the name of their node in the grammar. */
const readings: Readonly<Record<string, Reading>> = {
  CreateStmt: (node, source, session, origin) =>
    "CreateStmt" in node ? createTable(node.CreateStmt, source, session, origin) : nothing,
  AlterTableStmt: (node, source, session, origin) =>
    "AlterTableStmt" in node ? alterTable(node.AlterTableStmt, source, session, origin) : nothing,
  IndexStmt: (node, source, session, origin) =>
    "IndexStmt" in node ? { operations: createIndex(node.IndexStmt, source, session, origin) } : nothing,
  DropStmt: (node, _source, session, origin) => ("DropStmt" in node ? drop(node.DropStmt, session, origin) : nothing),
  RenameStmt: (node, _source, session, origin) =>
    "RenameStmt" in node ? rename(node.RenameStmt, session, origin) : nothing,
  CommentStmt: (node, _source, session, origin) =>
    "CommentStmt" in node ? comment(node.CommentStmt, session, origin) : nothing,
  ClusterStmt(node, _source, session) {
    const { relation, indexname } = "ClusterStmt" in node ? node.ClusterStmt : {};
    return relation === undefined || indexname === undefined
      ? ignoring("maintenance")
      : cluster(relation, indexname, session);
  },
  AlterEnumStmt: (node, _source, session, origin) =>
    "AlterEnumStmt" in node ? { operations: alterEnum(node.AlterEnumStmt, session, origin) } : nothing,
  AlterObjectSchemaStmt: (node, _source, session) =>
    "AlterObjectSchemaStmt" in node ? moveToSchema(node.AlterObjectSchemaStmt, session) : nothing,
  AlterDomainStmt: (node, source, session) =>
    "AlterDomainStmt" in node ? changing(alterDomain(node.AlterDomainStmt, source, session)) : nothing,
  AlterFunctionStmt(node, _source, session) {
    if (!("AlterFunctionStmt" in node)) return nothing;
    const { objtype, func } = node.AlterFunctionStmt;
    const kind = objtype === "OBJECT_PROCEDURE" ? "procedure" : "function";
    return changing({ change: "alterObject", kind, object: qualified(namesOf(func?.objname), session) });
  },
  CreateEnumStmt(node, _source, session, origin) {
    if (!("CreateEnumStmt" in node)) return nothing;
    const { schema: written, name } = qualified(namesOf(node.CreateEnumStmt.typeName), session);
    const values = namesOf(node.CreateEnumStmt.vals);
    return { operations: [{ kind: "createEnumType", name, schema: written, values, forColumn: false, origin }] };
  },
  CreateSeqStmt: (node, source, session, origin) =>
    "CreateSeqStmt" in node ? { operations: [createSequence(node.CreateSeqStmt, source, session, origin)] } : nothing,
  AlterSeqStmt(node, source, session) {
    const change = "AlterSeqStmt" in node ? alterSequence(node.AlterSeqStmt, source, session) : undefined;
    return change === undefined ? ignoring("rows") : changing(change);
  },
  VariableSetStmt(node, _source, session) {
    if ("VariableSetStmt" in node) setVariable(node.VariableSetStmt, session);
    return ignoring("session");
  },
  ViewStmt(node, source, session, origin) {
    if (!("ViewStmt" in node)) return nothing;
    if (isRecursive(source)) return making(recursiveView(node.ViewStmt, source, session));
    return { operations: [view(node.ViewStmt, source, session, origin)] };
  },
  CreateTableAsStmt: (node, source, session, origin) =>
    "CreateTableAsStmt" in node
      ? { operations: [materializedView(node.CreateTableAsStmt, source, session, origin)] }
      : nothing,
  CreateSchemaStmt: (node) => ("CreateSchemaStmt" in node ? making(schema(node.CreateSchemaStmt)) : nothing),
  CreateExtensionStmt: (node, _source, _session, origin) =>
    "CreateExtensionStmt" in node ? { operations: [extension(node.CreateExtensionStmt, origin)] } : nothing,
  CreateDomainStmt: (node, source, session, origin) =>
    "CreateDomainStmt" in node ? { operations: [domain(node.CreateDomainStmt, source, session, origin)] } : nothing,
  CreateFunctionStmt: (node, source, session) =>
    "CreateFunctionStmt" in node ? making(routine(node.CreateFunctionStmt, source, session)) : nothing,
  CreateTrigStmt: (node, source, session, origin) =>
    "CreateTrigStmt" in node ? { operations: [trigger(node.CreateTrigStmt, source, session, origin)] } : nothing,
};

/** Kinds of statements that change nothing which the replayed schema keeps, by the rules that ignore them. */
const ignoredKinds: Partial<Readonly<Record<IgnoringRule, readonly string[]>>> = {
  rows: ["InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "CopyStmt", "TruncateStmt"],
  query: ["SelectStmt", "VariableShowStmt", "ExplainStmt", "DeclareCursorStmt"],
  transaction: ["TransactionStmt", "LockStmt"],
  maintenance: ["VacuumStmt", "ReindexStmt"],
  privileges: ["GrantStmt", "GrantRoleStmt", "AlterDefaultPrivilegesStmt"],
  owners: ["AlterOwnerStmt", "ReassignOwnedStmt"],
  roles: ["CreateRoleStmt", "AlterRoleStmt", "AlterRoleSetStmt", "DropRoleStmt"],
  server: [
    ...["AlterDatabaseStmt", "AlterDatabaseSetStmt", "AlterSystemStmt", "DropdbStmt", "CreatedbStmt"],
    ...["CreateTableSpaceStmt", "AlterTableSpaceOptionsStmt", "DropTableSpaceStmt"],
  ],
  connections: [
    ...["CreateSubscriptionStmt", "AlterSubscriptionStmt", "DropSubscriptionStmt"],
    ...["CreateUserMappingStmt", "AlterUserMappingStmt", "DropUserMappingStmt"],
  ],
};

const ruleOfKind: ReadonlyMap<string, IgnoringRule> = new Map(
  Object.entries(ignoredKinds).flatMap(([rule, kinds]) =>
    kinds.map((kind): [string, IgnoringRule] => [kind, rule as IgnoringRule]),
  ),
);

/**
 * What a statement does, as PostgreSQL's grammar parsed it.
 *
 * @throws NotUnderstood when the statement may change objects in a way that is not known here
 */
export function readNode(node: Node, source: Source, session: Session, origin: Origin | undefined): Understood {
  const [kind = ""] = Object.keys(node);
  const makesTable = "SelectStmt" in node && node.SelectStmt.intoClause !== undefined;
  const rule = makesTable ? undefined : ruleOfKind.get(kind);
  if (rule !== undefined) return ignoring(rule);
  const kept = Object.hasOwn(keepings, kind) ? keepings[kind]?.(node, session) : undefined;
  if (kept !== undefined) return kept;
  const reading = Object.hasOwn(readings, kind) ? readings[kind] : undefined;
  if (reading === undefined) throw new NotUnderstood(kind);
  return reading(node, source, session, origin);
}
