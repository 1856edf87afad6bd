import type { CommentStmt, DefineStmt, DropStmt, Node, RangeVar, SecLabelStmt } from "libpg-query";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { OtherClass, OwningPart } from "../../../src/schema/other-objects.js";
import { NotUnderstood, type QualifiedName } from "../../shared/reader/cursor.js";
import type { Understood } from "../../shared/reader/grammar.js";
import { namesOf, qualified, relationName, type Session } from "./source.js";
import { argumentTexts, calledSubject, subjectOf, typeText, type Subject } from "./subjects.js";

function keeping(subject: Subject, part?: OwningPart): Understood {
  return { operations: [], changes: [{ change: "keepOther", ...subject, ...(part && { part }) }] };
}

function further(subject: Subject): Understood {
  return { operations: [], changes: [{ change: "changeOther", ...subject }] };
}

function unqualified(kind: OtherClass, name: string | undefined): Subject {
  return { class: kind, object: { schema: undefined, name: name ?? "" } };
}

function inSchema(kind: OtherClass, names: readonly Node[] | undefined, session: Session): Subject {
  return { class: kind, object: qualified(namesOf(names), session) };
}

function ofTable(
  kind: OtherClass,
  name: string | undefined,
  relation: RangeVar | undefined,
  session: Session,
): Subject {
  const { schema, name: tableName } = relationName(relation, session);
  return { class: kind, object: { schema, name: name ?? tableName }, tableName };
}

function usingMethod(
  kind: OtherClass,
  names: readonly Node[] | undefined,
  method: string | undefined,
  session: Session,
): Subject {
  const { schema, name } = qualified(namesOf(names), session);
  return { class: kind, object: { schema, name: `${name} USING ${method ?? ""}` } };
}

function definedType({ definition = [] }: DefineStmt, name: string): Node | undefined {
  for (const node of definition) if ("DefElem" in node && node.DefElem.defname === name) return node.DefElem.arg;
  return undefined;
}

function typeOr(node: Node | undefined, none: string): string {
  return node !== undefined && "TypeName" in node ? typeText(node.TypeName) : none;
}

/** `CREATE AGGREGATE`, `CREATE OPERATOR`, `CREATE TYPE` and the like. */
function define(stmt: DefineStmt, session: Session): Understood {
  const { schema, name } = qualified(namesOf(stmt.defnames), session);
  const kind: string = stmt.kind ?? "";
  switch (kind) {
    case "OBJECT_AGGREGATE": {
      const [list] = stmt.args ?? [];
      const items = list !== undefined && "List" in list ? list.List.items : undefined;
      const old = typeOr(definedType(stmt, "basetype"), "*");
      const types = stmt.oldstyle === true ? old : items === undefined ? "*" : argumentTexts(items).join(",");
      return keeping({ class: "aggregate", object: { schema, name: `${name}(${types})` } });
    }
    case "OBJECT_OPERATOR": {
      const [left, right] = ["leftarg", "rightarg"].map((side) => typeOr(definedType(stmt, side), "NONE"));
      return keeping({ class: "operator", object: { schema, name: `${name}(${left},${right})` } });
    }
    case "OBJECT_TYPE":
      return keeping({
        class: stmt.definition === undefined ? "shell type" : "base type",
        object: { schema, name },
      });
    default: {
      const node: Node = { List: { items: stmt.defnames ?? [] } };
      const subject = subjectOf(kind, node, session);
      if (subject === undefined) throw new NotUnderstood(kind);
      return keeping(subject);
    }
  }
}

/** What goes with an object that is dropped: comments on it, and the like. */
function notesOn(kind: string, node: Node, session: Session): CatalogChange {
  const { object, tableName } = calledSubject(kind, node, session);
  return {
    change: "dropOther",
    classes: ["comment", "security label", "dependency"],
    object,
    ...(tableName !== undefined && { tableName }),
  };
}

/** What DROP takes that is kept by its text alone. */
export function droppedOthers(stmt: DropStmt, session: Session): readonly CatalogChange[] {
  const kind: string = stmt.removeType ?? "";
  return (stmt.objects ?? []).flatMap((node): readonly CatalogChange[] => {
    const subject = subjectOf(kind, node, session);
    // what goes with other objects goes with them in the catalog
    if (subject === undefined) return [];
    const { class: name, object, tableName } = subject;
    const drop = {
      change: "dropOther",
      classes: [name],
      object,
      ...(tableName !== undefined && { tableName }),
    } as const;
    return [drop, notesOn(kind, node, session)];
  });
}

const parts: Readonly<Record<string, OwningPart["kind"]>> = {
  OBJECT_COLUMN: "column",
  OBJECT_INDEX: "index",
  OBJECT_TABCONSTRAINT: "constraint",
  OBJECT_TRIGGER: "trigger",
  OBJECT_POLICY: "object",
  OBJECT_RULE: "rule",
};

/** The last part of a name. */
function lastName(node: Node | undefined): string {
  return (node !== undefined && "List" in node ? namesOf(node.List.items).at(-1) : undefined) ?? "";
}

/** A comment or label on something; views keep theirs as tables do, since both go with what they are of. */
export function note(
  kind: OtherClass,
  { objtype, object: node }: Pick<CommentStmt | SecLabelStmt, "objtype" | "object">,
  text: string | undefined,
  session: Session,
): CatalogChange {
  const objectKind: string = objtype ?? "";
  const { object, tableName } = calledSubject(objectKind, node, session);
  const isRelation = ["OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE", "OBJECT_TABLE"].includes(objectKind);
  const owner = isRelation ? lastName(node) : tableName;
  const named = { object, ...(owner !== undefined && { tableName: owner }) };
  if (text === undefined || text === "") return { change: "dropOther", classes: [kind], ...named };
  const part = parts[objectKind];
  return {
    change: "keepOther",
    class: kind,
    ...named,
    ...(part !== undefined && { part: { kind: part, name: lastName(node) } }),
  };
}

/** What one kind of statement makes or changes that is kept by its text alone. */
type Keeping = (node: Node, session: Session) => Understood | undefined;

/** Statements that make or change what is kept by its text alone, by the names of their nodes in the grammar. */
export const keepings: Readonly<Record<string, Keeping>> = {
  DefineStmt: (node, session) => ("DefineStmt" in node ? define(node.DefineStmt, session) : undefined),
  CompositeTypeStmt(node, session) {
    if (!("CompositeTypeStmt" in node)) return undefined;
    return keeping({ class: "composite type", object: relationName(node.CompositeTypeStmt.typevar, session) });
  },
  CreateRangeStmt: (node, session) =>
    "CreateRangeStmt" in node ? keeping(inSchema("range type", node.CreateRangeStmt.typeName, session)) : undefined,
  AlterTypeStmt: (node, session) =>
    "AlterTypeStmt" in node ? further(inSchema("base type", node.AlterTypeStmt.typeName, session)) : undefined,
  CreatePolicyStmt(node, session) {
    if (!("CreatePolicyStmt" in node)) return undefined;
    const { policy_name: name, table } = node.CreatePolicyStmt;
    return keeping(ofTable("policy", name, table, session));
  },
  AlterPolicyStmt(node, session) {
    if (!("AlterPolicyStmt" in node)) return undefined;
    const { policy_name: name, table } = node.AlterPolicyStmt;
    return further(ofTable("policy", name, table, session));
  },
  CreateStatsStmt(node, session) {
    if (!("CreateStatsStmt" in node)) return undefined;
    const { defnames, relations = [] } = node.CreateStatsStmt;
    const [relation] = relations;
    const table =
      relation !== undefined && "RangeVar" in relation ? relationName(relation.RangeVar, session) : undefined;
    if (defnames === undefined || table === undefined) throw new NotUnderstood("statistics without a name");
    const subject = inSchema("statistics", defnames, session);
    return keeping(table.schema === subject.object.schema ? { ...subject, tableName: table.name } : subject);
  },
  AlterStatsStmt: (node, session) =>
    "AlterStatsStmt" in node ? further(inSchema("statistics", node.AlterStatsStmt.defnames, session)) : undefined,
  CreatePublicationStmt: (node) =>
    "CreatePublicationStmt" in node
      ? keeping(unqualified("publication", node.CreatePublicationStmt.pubname))
      : undefined,
  AlterPublicationStmt: (node) =>
    "AlterPublicationStmt" in node ? further(unqualified("publication", node.AlterPublicationStmt.pubname)) : undefined,
  RuleStmt: (node, session) =>
    "RuleStmt" in node
      ? keeping(ofTable("rewrite rule", node.RuleStmt.rulename, node.RuleStmt.relation, session))
      : undefined,
  CreateEventTrigStmt: (node) =>
    "CreateEventTrigStmt" in node
      ? keeping(unqualified("event trigger", node.CreateEventTrigStmt.trigname))
      : undefined,
  AlterEventTrigStmt: (node) =>
    "AlterEventTrigStmt" in node ? further(unqualified("event trigger", node.AlterEventTrigStmt.trigname)) : undefined,
  CreateCastStmt(node) {
    if (!("CreateCastStmt" in node)) return undefined;
    const { sourcetype, targettype } = node.CreateCastStmt;
    const types = [sourcetype, targettype].map((type) => (type === undefined ? "" : typeText(type)));
    return keeping(unqualified("cast", types.join(" AS ")));
  },
  CreateOpClassStmt(node, session) {
    if (!("CreateOpClassStmt" in node)) return undefined;
    const { opclassname, amname } = node.CreateOpClassStmt;
    return keeping(usingMethod("operator class", opclassname, amname, session));
  },
  CreateOpFamilyStmt(node, session) {
    if (!("CreateOpFamilyStmt" in node)) return undefined;
    const { opfamilyname, amname } = node.CreateOpFamilyStmt;
    return keeping(usingMethod("operator family", opfamilyname, amname, session));
  },
  AlterOpFamilyStmt(node, session) {
    if (!("AlterOpFamilyStmt" in node)) return undefined;
    const { opfamilyname, amname } = node.AlterOpFamilyStmt;
    return further(usingMethod("operator family", opfamilyname, amname, session));
  },
  AlterOperatorStmt(node, session) {
    if (!("AlterOperatorStmt" in node)) return undefined;
    const { opername } = node.AlterOperatorStmt;
    const subject = opername && subjectOf("OBJECT_OPERATOR", { ObjectWithArgs: opername }, session);
    return subject && further(subject);
  },
  CreateConversionStmt: (node, session) =>
    "CreateConversionStmt" in node
      ? keeping(inSchema("conversion", node.CreateConversionStmt.conversion_name, session))
      : undefined,
  CreatePLangStmt: (node) =>
    "CreatePLangStmt" in node ? keeping(unqualified("language", node.CreatePLangStmt.plname)) : undefined,
  CreateTransformStmt(node) {
    if (!("CreateTransformStmt" in node)) return undefined;
    const { type_name: type, lang = "" } = node.CreateTransformStmt;
    return keeping(unqualified("transform", `${type === undefined ? "" : typeText(type)} LANGUAGE ${lang}`));
  },
  CreateFdwStmt: (node) =>
    "CreateFdwStmt" in node ? keeping(unqualified("foreign data wrapper", node.CreateFdwStmt.fdwname)) : undefined,
  AlterFdwStmt: (node) =>
    "AlterFdwStmt" in node ? further(unqualified("foreign data wrapper", node.AlterFdwStmt.fdwname)) : undefined,
  CreateForeignServerStmt: (node) =>
    "CreateForeignServerStmt" in node
      ? keeping(unqualified("server", node.CreateForeignServerStmt.servername))
      : undefined,
  AlterForeignServerStmt: (node) =>
    "AlterForeignServerStmt" in node
      ? further(unqualified("server", node.AlterForeignServerStmt.servername))
      : undefined,
  CreateForeignTableStmt(node, session) {
    if (!("CreateForeignTableStmt" in node)) return undefined;
    const object = relationName(node.CreateForeignTableStmt.base?.relation, session);
    return keeping({ class: "foreign table", object });
  },
  CreateAmStmt: (node) =>
    "CreateAmStmt" in node ? keeping(unqualified("access method", node.CreateAmStmt.amname)) : undefined,
  AlterCollationStmt: (node, session) =>
    "AlterCollationStmt" in node
      ? further(inSchema("collation", node.AlterCollationStmt.collname, session))
      : undefined,
  AlterTSConfigurationStmt: (node, session) =>
    "AlterTSConfigurationStmt" in node
      ? further(inSchema("text search configuration", node.AlterTSConfigurationStmt.cfgname, session))
      : undefined,
  AlterTSDictionaryStmt: (node, session) =>
    "AlterTSDictionaryStmt" in node
      ? further(inSchema("text search dictionary", node.AlterTSDictionaryStmt.dictname, session))
      : undefined,
  AlterExtensionStmt: (node) =>
    "AlterExtensionStmt" in node
      ? keeping(unqualified("extension version", node.AlterExtensionStmt.extname))
      : undefined,
  SecLabelStmt: (node, session) =>
    "SecLabelStmt" in node
      ? { operations: [], changes: [note("security label", node.SecLabelStmt, node.SecLabelStmt.label, session)] }
      : undefined,
  AlterObjectDependsStmt(node, session) {
    if (!("AlterObjectDependsStmt" in node)) return undefined;
    const { objectType = "", object, relation, extname } = node.AlterObjectDependsStmt;
    const { schema, name } =
      relation === undefined ? calledSubject(objectType, object, session).object : relationName(relation, session);
    return keeping({ class: "dependency", object: { schema, name: `${name} on ${extname?.sval ?? ""}` } });
  },
};

/** `CLUSTER t USING i` says what `ALTER TABLE … CLUSTER ON` says, and does it. */
export function cluster(relation: RangeVar | undefined, index: string | undefined, session: Session): Understood {
  const table: QualifiedName = relationName(relation, session);
  const part = index === undefined ? undefined : ({ kind: "index", name: index } as const);
  return keeping({ class: "cluster", object: table, tableName: table.name }, part);
}
