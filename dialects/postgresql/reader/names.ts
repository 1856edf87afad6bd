import type { AlterObjectSchemaStmt, Node, RenameStmt } from "libpg-query";
import type { ObjectKind } from "../../../src/schema/schema-objects.js";
import type { IgnoringRule } from "../../../src/schema/ignoring-rules.js";
import type { Origin } from "../../../src/errors.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import { NotUnderstood, type QualifiedName } from "../../shared/reader/cursor.js";
import { ignoring, type Understood } from "../../shared/reader/grammar.js";
import { alterColumn } from "../../shared/reader/nodes.js";
import { namesOf, qualified, relationName, type Session } from "./source.js";
import { ignoredObjects, subjectOf } from "./subjects.js";

/** A change that no operation says, alone. */
export function changing(change: CatalogChange): Understood {
  return { operations: [], changes: [change] };
}

/** The name of what a statement is about: a relation, or whatever else. */
function namedSubject({ relation, object }: Pick<RenameStmt, "relation" | "object">, session: Session): QualifiedName {
  if (relation !== undefined) return relationName(relation, session);
  if (object !== undefined && "ObjectWithArgs" in object)
    return qualified(namesOf(object.ObjectWithArgs.objname), session);
  return qualified(object !== undefined && "List" in object ? namesOf(object.List.items) : [], session);
}

/** Kinds of objects that get another name, or another schema, all in one way. */
const movableKinds: Readonly<Record<string, ObjectKind>> = {
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materializedView",
  OBJECT_SEQUENCE: "sequence",
};

/** The types of a list of parameters, as the grammar names them. */
export function typeNamesOf(nodes: readonly Node[] = []): readonly string[] {
  return nodes.map((node) => {
    if (!("TypeName" in node)) return "";
    const { names, arrayBounds = [] } = node.TypeName;
    return (namesOf(names).at(-1) ?? "") + "[]".repeat(arrayBounds.length);
  });
}

const routineKinds: Readonly<Record<string, "function" | "procedure">> = {
  OBJECT_FUNCTION: "function",
  OBJECT_PROCEDURE: "procedure",
};

/** A routine under another name or in another schema, by the types of its parameters where these are said. */
function renamedRoutine(
  kind: "function" | "procedure",
  object: Node | undefined,
  from: QualifiedName,
  to: QualifiedName,
): Understood {
  const said = object !== undefined && "ObjectWithArgs" in object ? object.ObjectWithArgs : undefined;
  const types = said === undefined || said.args_unspecified === true ? undefined : typeNamesOf(said.objargs);
  return changing({ change: "renameRoutine", kind, from, to, types });
}

function renameTable(stmt: RenameStmt, session: Session, origin: Origin | undefined): Understood | undefined {
  const { newname: to = "", subname: from = "", renameType, relationType } = stmt;
  const table = relationName(stmt.relation, session);
  const { schema, name: tableName } = table;
  const onlyIf = stmt.missing_ok === true ? { onlyIf: table } : {};
  if (renameType === "OBJECT_TABLE") {
    return { operations: [{ kind: "renameTable", from: tableName, to, schema, origin }], ...onlyIf };
  }
  if (renameType === "OBJECT_COLUMN" && relationType === "OBJECT_TABLE") {
    return { operations: [alterColumn(table, from, { newColumnName: to }, origin)], ...onlyIf };
  }
  if (renameType === "OBJECT_TABCONSTRAINT") {
    return { operations: [{ kind: "renameConstraint", from, to, tableName, schema, origin }], ...onlyIf };
  }
  if (renameType !== "OBJECT_INDEX") return undefined;
  if (stmt.missing_ok === true) return { operations: [], changes: [{ change: "renameIndexIfThere", from: table, to }] };
  return { operations: [{ kind: "renameIndex", from: tableName, to, tableName: undefined, schema, origin }] };
}

/** Another name for what is kept by its text alone, or for a part of it. */
function renamedOther(stmt: RenameStmt, session: Session): Understood | undefined {
  const { newname: to = "", subname = "", relationType, relation, object } = stmt;
  const renameType: string = stmt.renameType ?? "";
  const ofRelation = relation === undefined ? undefined : relationName(relation, session);
  if (ofRelation !== undefined && (renameType === "OBJECT_POLICY" || renameType === "OBJECT_RULE")) {
    const { schema, name: tableName } = ofRelation;
    const kind = renameType === "OBJECT_POLICY" ? "policy" : "rewrite rule";
    const names = { object: { schema, name: subname }, to: { schema, name: to } };
    return changing({ change: "changeOther", class: kind, tableName, ...names });
  }
  if (ofRelation !== undefined && renameType === "OBJECT_ATTRIBUTE") {
    return changing({ change: "changeOther", class: "composite type", object: ofRelation });
  }
  if (ofRelation !== undefined && renameType === "OBJECT_COLUMN" && relationType === "OBJECT_FOREIGN_TABLE") {
    return changing({ change: "changeOther", class: "foreign table", object: ofRelation });
  }
  if (ofRelation !== undefined && renameType === "OBJECT_FOREIGN_TABLE") {
    const target = { ...ofRelation, name: to };
    return changing({ change: "changeOther", class: "foreign table", object: ofRelation, to: target });
  }
  const subject = subjectOf(renameType, object, session);
  if (subject === undefined) return undefined;
  const { schema, name } = subject.object;
  // the types and the access method stay
  const rest = /[( ].*$/.exec(name)?.[0] ?? "";
  return changing({ change: "changeOther", ...subject, to: { schema, name: to + rest } });
}

/** `RENAME TO` of whatever it is. */
export function rename(stmt: RenameStmt, session: Session, origin: Origin | undefined): Understood {
  const ofTable = renameTable(stmt, session, origin);
  if (ofTable !== undefined) return ofTable;
  const { newname: to = "", subname: from = "", renameType = "", relationType } = stmt;
  const rule = ignoredObjects[renameType as keyof typeof ignoredObjects] as IgnoringRule | undefined;
  if (rule !== undefined) return ignoring(rule);
  const other = renamedOther(stmt, session);
  if (other !== undefined) return other;
  const subject = namedSubject(stmt, session);
  const target = { schema: subject.schema, name: to };
  const kind = movableKinds[renameType];
  if (stmt.missing_ok !== true) {
    if (kind !== undefined) return changing({ change: "renameObject", kind, from: subject, to: target });
    if (renameType === "OBJECT_TYPE") return changing({ change: "renameType", from: subject, to: target });
    if (renameType === "OBJECT_DOMAIN") return changing({ change: "renameType", from: subject, to: target });
    const routine = routineKinds[renameType];
    if (routine !== undefined) return renamedRoutine(routine, stmt.object, subject, target);
    if (renameType === "OBJECT_SCHEMA") return changing({ change: "renameSchema", from, to });
    if (renameType === "OBJECT_COLUMN" && (relationType === "OBJECT_VIEW" || relationType === "OBJECT_MATVIEW")) {
      return changing({ change: "renameViewColumn", view: subject, from, to });
    }
    if (renameType === "OBJECT_DOMCONSTRAINT")
      return changing({ change: "alterDomain", domain: subject, to: { renameCheck: from, to } });
    if (renameType === "OBJECT_TRIGGER") {
      const { schema, name: tableName } = subject;
      return changing({
        change: "renameObject",
        kind: "trigger",
        from: { schema, name: from },
        to: { schema, name: to },
        tableName,
      });
    }
  }
  throw new NotUnderstood(`RENAME of ${renameType}`);
}

/** `SET SCHEMA`. */
export function moveToSchema(stmt: AlterObjectSchemaStmt, session: Session): Understood {
  const { objectType = "", newschema, missing_ok: ifExists } = stmt;
  if (objectType === "OBJECT_EXTENSION") {
    const { name } = namedSubject(stmt, session);
    return changing({
      change: "keepOther",
      class: "extension version",
      object: { schema: undefined, name },
      adds: true,
    });
  }
  const schema = newschema === "public" ? undefined : newschema;
  const other = subjectOf(objectType, stmt.object, session);
  if (other !== undefined)
    return changing({ change: "changeOther", ...other, to: { schema, name: other.object.name } });
  const subject = namedSubject(stmt, session);
  const target = { schema, name: subject.name };
  if (objectType === "OBJECT_TABLE") {
    return {
      ...changing({ change: "moveTable", from: subject, to: target }),
      ...(ifExists === true && { onlyIf: subject }),
    };
  }
  const kind = movableKinds[objectType];
  if (ifExists !== true) {
    if (kind !== undefined) return changing({ change: "renameObject", kind, from: subject, to: target });
    if (objectType === "OBJECT_TYPE") return changing({ change: "renameType", from: subject, to: target });
    if (objectType === "OBJECT_DOMAIN") return changing({ change: "renameType", from: subject, to: target });
    const routine = routineKinds[objectType];
    if (routine !== undefined) return renamedRoutine(routine, stmt.object, subject, target);
  }
  const moved = target.schema === undefined ? subject.name : `${target.schema}.${subject.name}`;
  throw new NotUnderstood("an object that moves to another schema", [moved]);
}
