import type { AlterObjectSchemaStmt, Node, RenameStmt } from "libpg-query";
import type { ObjectKind } from "../../../src/schema/schema-objects.js";
import type { Origin } from "../../../src/errors.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import { NotUnderstood, type QualifiedName } from "../../shared/reader/cursor.js";
import { ignoring, type Understood } from "../../shared/reader/grammar.js";
import { alterColumn } from "../../shared/reader/nodes.js";
import { namesOf, qualified, relationName, type Session } from "./source.js";

/** A change that no operation says, alone. */
export function changing(change: CatalogChange): Understood {
  return { operations: [], changes: [change] };
}

/** Kinds of objects that the replayed schema does not keep, and that no table is made of. */
export const notKept: ReadonlySet<string> = new Set([
  ...["OBJECT_POLICY", "OBJECT_RULE", "OBJECT_STATISTIC_EXT", "OBJECT_AGGREGATE", "OBJECT_OPERATOR", "OBJECT_CAST"],
  ...["OBJECT_OPCLASS", "OBJECT_OPFAMILY", "OBJECT_COLLATION", "OBJECT_CONVERSION", "OBJECT_LANGUAGE", "OBJECT_ROLE"],
  ...["OBJECT_TSCONFIGURATION", "OBJECT_TSDICTIONARY", "OBJECT_TSPARSER", "OBJECT_TSTEMPLATE", "OBJECT_TRANSFORM"],
  ...["OBJECT_FDW", "OBJECT_FOREIGN_SERVER", "OBJECT_PUBLICATION", "OBJECT_SUBSCRIPTION", "OBJECT_EVENT_TRIGGER"],
  ...["OBJECT_ACCESS_METHOD", "OBJECT_TABLESPACE", "OBJECT_DATABASE"],
]);

/** The name of what a statement is about: a relation, or whatever else. */
function subjectOf({ relation, object }: Pick<RenameStmt, "relation" | "object">, session: Session): QualifiedName {
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

/** `RENAME TO` of whatever it is. */
export function rename(stmt: RenameStmt, session: Session, origin: Origin | undefined): Understood {
  const ofTable = renameTable(stmt, session, origin);
  if (ofTable !== undefined) return ofTable;
  const { newname: to = "", subname: from = "", renameType = "", relationType } = stmt;
  if (notKept.has(renameType)) return ignoring("other object");
  const subject = subjectOf(stmt, session);
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
  if (notKept.has(objectType) || objectType === "OBJECT_EXTENSION") return ignoring("other object");
  const subject = subjectOf(stmt, session);
  const target = { schema: newschema === "public" ? undefined : newschema, name: subject.name };
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
