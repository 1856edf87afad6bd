import type { Node, TypeName } from "libpg-query";
import type { OtherClass } from "../../../src/schema/other-objects.js";
import { NotUnderstood, type QualifiedName } from "../../shared/reader/cursor.js";
import { namesOf, qualified, type Session } from "./source.js";

/** What a statement is about that is kept by its text alone. */
export interface Subject {
  readonly class: OtherClass;
  readonly object: QualifiedName;
  readonly tableName?: string;
}

/** A type as part of a name: routines, operators and casts of one name differ by theirs. */
export function typeText({ names, arrayBounds }: TypeName): string {
  const parts = namesOf(names).filter((name) => name !== "pg_catalog" && name !== "public");
  return parts.join(".") + (arrayBounds === undefined ? "" : "[]");
}

/** The types of the arguments among these nodes; NONE where an operator has none on a side. */
export function argumentTexts(nodes: readonly Node[] = []): readonly string[] {
  return nodes.map((node) => {
    if ("TypeName" in node) return typeText(node.TypeName);
    const type = "FunctionParameter" in node ? node.FunctionParameter.argType : undefined;
    return type === undefined ? "NONE" : typeText(type);
  });
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node !== undefined && "List" in node ? (node.List.items ?? []) : [];
}

function textsOf(node: Node | undefined): readonly string[] {
  if (node === undefined) return [];
  if ("TypeName" in node) return namesOf(node.TypeName.names);
  return "String" in node ? [node.String.sval ?? ""] : namesOf(itemsOf(node));
}

function typesOf(node: Node | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => ("TypeName" in item ? [typeText(item.TypeName)] : []));
}

type Naming = (node: Node | undefined, session: Session) => Omit<Subject, "class">;

const inSchema: Naming = (node, session) => ({ object: qualified(textsOf(node), session) });
const inNoSchema: Naming = (node) => ({ object: { schema: undefined, name: textsOf(node).at(-1) ?? "" } });
const ofTable: Naming = (node, session) => {
  const names = textsOf(node);
  const { schema, name: tableName } = qualified(names.slice(0, -1), session);
  return { object: { schema, name: names.at(-1) ?? "" }, tableName };
};
const ofAccessMethod: Naming = (node, session) => {
  const [method = "", ...names] = textsOf(node);
  const { schema, name } = qualified(names, session);
  return { object: { schema, name: `${name} USING ${method}` } };
};
const withArguments: Naming = (node, session) => {
  if (node === undefined || !("ObjectWithArgs" in node)) throw new NotUnderstood("a name without arguments");
  const { objname, objargs } = node.ObjectWithArgs;
  const { schema, name } = qualified(namesOf(objname), session);
  return { object: { schema, name: `${name}(${objargs === undefined ? "*" : argumentTexts(objargs).join(",")})` } };
};

/** How objects are named that are kept by their text alone, by what the grammar calls their kinds. */
const namings: Readonly<Record<string, readonly [name: OtherClass, naming: Naming]>> = {
  OBJECT_ACCESS_METHOD: ["access method", inNoSchema],
  OBJECT_AGGREGATE: ["aggregate", withArguments],
  OBJECT_CAST: ["cast", (node) => ({ object: { schema: undefined, name: typesOf(node).join(" AS ") } })],
  OBJECT_COLLATION: ["collation", inSchema],
  OBJECT_CONVERSION: ["conversion", inSchema],
  OBJECT_EVENT_TRIGGER: ["event trigger", inNoSchema],
  OBJECT_FDW: ["foreign data wrapper", inNoSchema],
  OBJECT_FOREIGN_SERVER: ["server", inNoSchema],
  OBJECT_FOREIGN_TABLE: ["foreign table", inSchema],
  OBJECT_LANGUAGE: ["language", inNoSchema],
  OBJECT_OPCLASS: ["operator class", ofAccessMethod],
  OBJECT_OPERATOR: ["operator", withArguments],
  OBJECT_OPFAMILY: ["operator family", ofAccessMethod],
  OBJECT_POLICY: ["policy", ofTable],
  OBJECT_PUBLICATION: ["publication", inNoSchema],
  OBJECT_RULE: ["rewrite rule", ofTable],
  OBJECT_STATISTIC_EXT: ["statistics", inSchema],
  OBJECT_TRANSFORM: [
    "transform",
    (node) => ({
      object: { schema: undefined, name: `${typesOf(node).join("")} LANGUAGE ${namesOf(itemsOf(node)).join("")}` },
    }),
  ],
  OBJECT_TSCONFIGURATION: ["text search configuration", inSchema],
  OBJECT_TSDICTIONARY: ["text search dictionary", inSchema],
  OBJECT_TSPARSER: ["text search parser", inSchema],
  OBJECT_TSTEMPLATE: ["text search template", inSchema],
};

/** The object of that kind and name, where objects of the kind are kept by their text alone. */
export function subjectOf(kind: string, node: Node | undefined, session: Session): Subject | undefined {
  const [name, naming] = namings[kind] ?? [];
  return name === undefined || naming === undefined ? undefined : { class: name, ...naming(node, session) };
}

/** Kinds of objects that have their place in the replayed schema, and how they are called. */
const calledElse: Readonly<Record<string, readonly [words: string, naming: Naming]>> = {
  OBJECT_COLUMN: ["column", ofTable],
  OBJECT_DOMAIN: ["domain", inSchema],
  OBJECT_EXTENSION: ["extension", inNoSchema],
  OBJECT_FUNCTION: ["function", withArguments],
  OBJECT_INDEX: ["index", inSchema],
  OBJECT_MATVIEW: ["materialized view", inSchema],
  OBJECT_PROCEDURE: ["procedure", withArguments],
  OBJECT_ROUTINE: ["routine", withArguments],
  OBJECT_SCHEMA: ["schema", inNoSchema],
  OBJECT_SEQUENCE: ["sequence", inSchema],
  OBJECT_TABCONSTRAINT: ["constraint", ofTable],
  OBJECT_TABLE: ["table", inSchema],
  OBJECT_TRIGGER: ["trigger", ofTable],
  OBJECT_TYPE: ["type", inSchema],
  OBJECT_VIEW: ["view", inSchema],
  OBJECT_DOMCONSTRAINT: [
    "domain constraint",
    (node, session) => {
      const [type, name] = itemsOf(node);
      const { schema, name: domain } = qualified(textsOf(type), session);
      return { object: { schema, name: `${domain} ${textsOf(name).join("")}` } };
    },
  ],
};

/** The name of what a comment or label is about, with its kind: `index ix`. */
export function calledSubject(kind: string, node: Node | undefined, session: Session): Omit<Subject, "class"> {
  const own = subjectOf(kind, node, session);
  const [words, naming] = calledElse[kind] ?? [];
  const named = own ?? naming?.(node, session);
  if (named === undefined) throw new NotUnderstood(`what ${kind} names`);
  const name = `${own?.class ?? words} ${named.object.name}`;
  return { ...named, object: { ...named.object, name } };
}

/** Kinds of objects that belong to the server or to its users. */
export const ignoredObjects = {
  OBJECT_DATABASE: "server",
  OBJECT_LARGEOBJECT: "rows",
  OBJECT_ROLE: "roles",
  OBJECT_SUBSCRIPTION: "connections",
  OBJECT_TABLESPACE: "server",
  OBJECT_USER_MAPPING: "connections",
} as const;
