import type { AlterDomainStmt, CreateDomainStmt, Node } from "libpg-query";
import type { DomainChange } from "../../../src/catalog/changes/domains.js";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { Origin } from "../../../src/errors.js";
import type { CreateDomain } from "../../../src/operations/domains.js";
import { plainDefault } from "../../../src/schema/columns.js";
import type { Check } from "../../../src/schema/constraints.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { readDefault } from "./columns.js";
import { readConstraint } from "./constraints.js";
import { namesOf, passUntil, qualified, type Session, type Source } from "./source.js";
import { readType } from "./types.js";

function checkOf(node: Node, source: Source, session: Session): Check | undefined {
  if (!("Constraint" in node) || node.Constraint.contype !== "CONSTR_CHECK") return undefined;
  const check = readConstraint(node.Constraint, source, session);
  return check.kind === "check" ? check : undefined;
}

/** A default of a domain; its text ends where the next constraint begins. */
function defaultOf(
  expression: Node,
  source: Source,
  from: number | undefined,
  stops: readonly number[],
): CreateDomain["serverDefault"] {
  const text = (): string => {
    const cursor = source.cursorAt(from);
    passUntil(cursor, "DEFAULT");
    return cursor.textUntil(({ start }) => stops.includes(start));
  };
  return plainDefault(readDefault(expression, text, undefined));
}

/** `CREATE DOMAIN`. */
export function domain(
  stmt: CreateDomainStmt,
  source: Source,
  session: Session,
  origin: Origin | undefined,
): CreateDomain {
  const constraints = stmt.constraints ?? [];
  const kinds = constraints.map((node) => ("Constraint" in node ? node.Constraint : {}));
  const starts = kinds.flatMap(({ location }) => (location === undefined ? [] : [source.offsetOf(location)]));
  const given = kinds.find(({ contype }) => contype === "CONSTR_DEFAULT");
  const hasKind = (kind: string): boolean => kinds.some(({ contype }) => contype === kind);
  return {
    kind: "createDomain",
    ...qualified(namesOf(stmt.domainname), session),
    type: readType(stmt.typeName, source).type,
    nullable: hasKind("CONSTR_NOTNULL") ? false : undefined,
    serverDefault: given?.raw_expr && defaultOf(given.raw_expr, source, given.location, starts),
    checks: constraints.flatMap((node) => checkOf(node, source, session) ?? []),
    collation: namesOf(stmt.collClause?.collname).at(-1),
    origin,
  };
}

function changeOf(stmt: AlterDomainStmt, source: Source, session: Session): DomainChange {
  const { subtype, def, name = "" } = stmt;
  const kind: string = subtype ?? "";
  switch (kind) {
    case "T":
    case "AD_AlterDefault":
      return { serverDefault: def === undefined ? null : (defaultOf(def, source, 0, []) ?? null) };
    case "N":
    case "AD_DropNotNull":
      return { nullable: true };
    case "O":
    case "AD_SetNotNull":
      return { nullable: false };
    case "C":
    case "AD_AddConstraint": {
      const check = def && checkOf(def, source, session);
      if (check !== undefined) return { addCheck: check };
      break;
    }
    case "X":
    case "AD_DropConstraint":
      return { dropCheck: name };
    case "V":
    case "AD_ValidateConstraint":
      return { validateCheck: name };
    default:
  }
  throw new NotUnderstood(`ALTER DOMAIN with ${kind}`);
}

/** `ALTER DOMAIN`. */
export function alterDomain(stmt: AlterDomainStmt, source: Source, session: Session): CatalogChange {
  const domain = qualified(namesOf(stmt.typeName), session);
  return { change: "alterDomain", domain, to: changeOf(stmt, source, session) };
}
