import type { AlterSeqStmt, CreateSeqStmt, Node } from "libpg-query";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { Origin } from "../../../src/errors.js";
import type { CreateSequence } from "../../../src/operations/sequences.js";
import { plainNumbers, type SequenceOptions } from "../../../src/schema/columns.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { numberOf } from "./columns.js";
import { namesOf, qualified, relationName, type Session, type Source } from "./source.js";
import { readType } from "./types.js";

/** What is said of a sequence, option by option; RESTART is about its numbers, and no part of the schema. */
interface SaidOfSequence {
  readonly options: SequenceOptions;
  readonly type: CreateSequence["type"];
  readonly ownedBy: readonly [table: string, column: string] | "none" | undefined;
}

function ownerOf(arg: Node | undefined, schema: string | undefined, session: Session): SaidOfSequence["ownedBy"] {
  const names = arg !== undefined && "List" in arg ? namesOf(arg.List.items) : [];
  if (names.length < 2) return "none";
  const table = qualified(names.slice(0, -1), session);
  if (table.schema !== schema) throw new NotUnderstood("a sequence of a table in another schema");
  return [table.name, names.at(-1) ?? ""];
}

function isTrue(arg: Node | undefined): boolean {
  return arg !== undefined && "Boolean" in arg && arg.Boolean.boolval === true;
}

function said(stmt: CreateSeqStmt | AlterSeqStmt, source: Source, session: Session): SaidOfSequence {
  const options: Record<string, number | bigint | boolean> = {};
  let type: CreateSequence["type"];
  let ownedBy: SaidOfSequence["ownedBy"];
  for (const node of stmt.options ?? []) {
    if (!("DefElem" in node)) continue;
    const { defname = "", arg } = node.DefElem;
    const number = numberOf(arg);
    if (defname === "as" && arg !== undefined && "TypeName" in arg) type = readType(arg.TypeName, source).type;
    else if (defname === "owned_by") ownedBy = ownerOf(arg, relationName(stmt.sequence, session).schema, session);
    else if (defname === "cycle") options["cycle"] = isTrue(arg);
    else if (defname === "minvalue" || defname === "maxvalue") {
      if (number === undefined) options[`no${defname}`] = true;
      else options[defname] = number;
    } else if (["start", "increment", "cache"].includes(defname) && number !== undefined) options[defname] = number;
  }
  return { options: plainNumbers(options), type, ownedBy };
}

/** `CREATE SEQUENCE`. */
export function createSequence(
  stmt: CreateSeqStmt,
  source: Source,
  session: Session,
  origin: Origin | undefined,
): CreateSequence {
  if (stmt.sequence?.relpersistence === "t") throw new NotUnderstood("a sequence that passes");
  const { options, type, ownedBy } = said(stmt, source, session);
  return {
    kind: "createSequence",
    ...relationName(stmt.sequence, session),
    options,
    type,
    ownedBy: ownedBy === "none" ? undefined : ownedBy,
    ifNotExists: stmt.if_not_exists ?? false,
    origin,
  };
}

/** `ALTER SEQUENCE`; undefined where it changes nothing but the next number. */
export function alterSequence(stmt: AlterSeqStmt, source: Source, session: Session): CatalogChange | undefined {
  const { options, type, ownedBy } = said(stmt, source, session);
  if (Object.keys(options).length === 0 && type === undefined && ownedBy === undefined) return undefined;
  return { change: "alterSequence", sequence: relationName(stmt.sequence, session), options, type, ownedBy };
}
