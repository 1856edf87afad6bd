import type { CreateExtensionStmt, CreateFunctionStmt, CreateSchemaStmt, DropStmt, Node } from "libpg-query";
import type { Origin } from "../../../src/errors.js";
import type { DropTrigger } from "../../../src/operations/triggers.js";
import type { CreateExtension } from "../../../src/operations/extensions.js";
import type { ReadKind } from "../../../src/schema/schema-objects.js";
import type { ObjectEffect } from "../../../src/operations/execute.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { namesOf, qualified, type Session, type Source } from "./source.js";

function made(kind: ReadKind, name: { schema: string | undefined; name: string }, more: object = {}): ObjectEffect {
  return { effect: "made", object: { kind, ...name, ...more } };
}

export function schema(stmt: CreateSchemaStmt): ObjectEffect {
  if (stmt.schemaname === undefined || stmt.schemaElts !== undefined) throw new NotUnderstood("what is in a schema");
  return made("schema", { schema: undefined, name: stmt.schemaname });
}

function optionText(stmt: CreateExtensionStmt, name: string): string | undefined {
  for (const node of stmt.options ?? []) {
    if (!("DefElem" in node) || node.DefElem.defname !== name) continue;
    const { arg } = node.DefElem;
    return arg !== undefined && "String" in arg ? arg.String.sval : "";
  }
  return undefined;
}

/** `CREATE EXTENSION`. */
export function extension(stmt: CreateExtensionStmt, origin: Origin | undefined): CreateExtension {
  return {
    kind: "createExtension",
    name: stmt.extname ?? "",
    schema: optionText(stmt, "schema"),
    version: optionText(stmt, "new_version"),
    cascade: optionText(stmt, "cascade") !== undefined,
    ifNotExists: stmt.if_not_exists ?? false,
    origin,
  };
}

/** The text between the parentheses behind the name of a routine. */
function signatureAt(source: Source): string {
  const cursor = source.cursorAt(0);
  while (!cursor.isAt("(")) cursor.next();
  const inner = cursor.parenthesized();
  return inner.isAtEnd ? "" : inner.rest().trim().replace(/\s+/g, " ");
}

function optionOf(stmt: CreateFunctionStmt, name: string): Node | undefined {
  const found = stmt.options?.find((node) => "DefElem" in node && node.DefElem.defname === name);
  return found !== undefined && "DefElem" in found ? found.DefElem.arg : undefined;
}

/** A body in the grammar of SQL itself, which stands without quotes. */
function standardBody(source: Source): string | undefined {
  const cursor = source.cursorAt(0);
  const isStart = (word: string | undefined): boolean => word === "RETURN" || word === "BEGIN";
  cursor.textUntil(({ kind, value }) => kind === "word" && isStart(value));
  return cursor.isAtEnd ? undefined : cursor.rest();
}

export function routine(stmt: CreateFunctionStmt, source: Source, session: Session): ObjectEffect {
  const list = optionOf(stmt, "as");
  const texts = list !== undefined && "List" in list ? namesOf(list.List.items) : [];
  const definition = stmt.sql_body === undefined ? texts.join("\n") : standardBody(source);
  const [language] = namesOf([optionOf(stmt, "language")].filter((node) => node !== undefined));
  return made(stmt.is_procedure === true ? "procedure" : "function", qualified(namesOf(stmt.funcname), session), {
    signature: signatureAt(source),
    ...(definition !== undefined && definition !== "" && { definition }),
    ...(language !== undefined && { language }),
  });
}

const droppedKinds: Readonly<Record<string, ReadKind>> = {
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materializedView",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_DOMAIN: "domain",
  OBJECT_EXTENSION: "extension",
};

function namesOfDropped(node: Node): readonly string[] {
  if ("List" in node) return namesOf(node.List.items);
  if ("TypeName" in node) return namesOf(node.TypeName.names);
  return namesOf([node]);
}

/** Objects that a statement drops. */
export function dropped(stmt: DropStmt, session: Session): readonly ObjectEffect[] {
  const objects = stmt.objects ?? [];
  const kind = droppedKinds[stmt.removeType ?? ""];
  if (kind !== undefined) {
    return objects.map((node): ObjectEffect => {
      const { schema: written, name } = qualified(namesOfDropped(node), session);
      return { effect: "dropped", kind, name, schema: kind === "extension" ? undefined : written };
    });
  }
  throw new NotUnderstood(`DROP of ${stmt.removeType}`);
}

/** Triggers that a statement drops, each from its table. */
export function droppedTriggers(stmt: DropStmt, session: Session, origin: Origin | undefined): readonly DropTrigger[] {
  return (stmt.objects ?? []).map((node) => {
    const names = namesOfDropped(node);
    const { schema: written, name: tableName } = qualified(names.slice(0, -1), session);
    const ifExists = stmt.missing_ok ?? false;
    return { kind: "dropTrigger", name: names.at(-1) ?? "", tableName, schema: written, ifExists, origin };
  });
}
