import type { ColumnDef, Constraint as ConstraintNode, DefElem, Node } from "libpg-query";
import type { Column, Identity, ServerDefault, UsualDefault } from "../../../src/schema/columns.js";
import { column as makeColumn, computed, identity } from "../../../src/schema/columns.js";
import type { Check, Constraint, Deferral } from "../../../src/schema/constraints.js";
import { sql } from "../../../src/schema/expressions.js";
import { expressionText, NotUnderstood } from "../../shared/reader/cursor.js";
import type { ReadColumn } from "../../shared/reader/nodes.js";
import { withCollation } from "../../shared/reader/types.js";
import { readConstraint } from "./constraints.js";
import { integerOf, namesOf, qualified, type Session, type Source } from "./source.js";
import { readType, type ReadType } from "./types.js";

const textNames = new Set(["text", "varchar", "bpchar"]);

/** A constant as a value. A cast to the column's own type says nothing new: the server writes defaults with one. */
function constantOf(node: Node, typeName: string | undefined): UsualDefault | null | undefined {
  if ("TypeCast" in node) {
    const { arg, typeName: target } = node.TypeCast;
    const dimensions = target?.arrayBounds?.length ?? 0;
    const name = (namesOf(target?.names).at(-1) ?? "") + (dimensions > 0 ? "[]" : "");
    const isOwn = typeName !== undefined && name === typeName;
    if (arg === undefined || !("A_Const" in arg) || !(isOwn || (textNames.has(name) && dimensions === 0))) {
      return undefined;
    }
    const constant = constantOf(arg, undefined);
    return typeof constant === "string" || constant === null ? constant : undefined;
  }
  if (!("A_Const" in node)) return undefined;
  const constant = node.A_Const;
  if (constant.isnull === true) return null;
  if (constant.sval !== undefined) return constant.sval.sval ?? "";
  if (constant.boolval !== undefined) return constant.boolval.boolval ?? false;
  if (constant.ival !== undefined) return constant.ival.ival ?? 0;
  const text = constant.fval?.fval;
  return text !== undefined && String(Number(text)) === text ? Number(text) : undefined;
}

/** The sequence that `nextval('…')` counts, as a key. */
function sequenceOf(node: Node, session: Session): string | undefined {
  if (!("FuncCall" in node) || namesOf(node.FuncCall.funcname).at(-1) !== "nextval") return undefined;
  const [argument] = node.FuncCall.args ?? [];
  const inner = argument !== undefined && "TypeCast" in argument ? argument.TypeCast.arg : argument;
  const text = inner !== undefined && "A_Const" in inner ? inner.A_Const.sval?.sval : undefined;
  if (text === undefined) return undefined;
  const names = text.split(".").map((part) => part.replace(/^"(.*)"$/, "$1").replaceAll('""', '"'));
  return sequenceKey(names, session);
}

/** The key under which the owner of a sequence is kept. */
export function sequenceKey(names: readonly string[], session: Session): string {
  const { schema, name } = qualified(names, session);
  return `${schema ?? ""}.${name}`;
}

/** The key of a column that owns a sequence. */
export function ownerKey(names: readonly string[], session: Session): string {
  const column = names.at(-1) ?? "";
  const { schema, name } = qualified(names.slice(0, -1), session);
  return `${schema ?? ""}.${name}.${column}`;
}

/** What a default says. */
export interface ReadDefault {
  readonly value?: UsualDefault;
  /** It counts the column's own sequence: the column is a serial. */
  readonly counts: boolean;
  /** The key of that sequence. */
  readonly sequence?: string;
}

/**
 * A default: a plain constant as a value, the next number of the column's own sequence as counting, anything else as it
 * was written.
 *
 * @param text gives the text of the expression
 * @param owner the key of the column
 */
export function readDefault(
  node: Node,
  text: () => string,
  details: { readonly typeName: string | undefined; readonly owner: string; readonly session: Session },
): ReadDefault {
  const constant = constantOf(node, details.typeName);
  if (constant === null) return { counts: false };
  if (constant !== undefined) return { value: constant, counts: false };
  const sequence = sequenceOf(node, details.session);
  if (sequence !== undefined && details.session.owners.get(sequence) === details.owner) {
    return { counts: true, sequence };
  }
  return { value: sql.raw(text().trim()), counts: false };
}

const largest: Readonly<Record<string, bigint>> = { int2: 32767n, int4: 2147483647n, int8: 9223372036854775807n };

function numberOf(node: Node | undefined): number | bigint | undefined {
  const integer = integerOf(node);
  if (integer !== undefined) return integer;
  const text = node !== undefined && "Float" in node ? node.Float.fval : undefined;
  if (text === undefined) return undefined;
  const number = BigInt(text);
  return number >= -(2n ** 53n) && number <= 2n ** 53n ? Number(number) : number;
}

/** An identity without what the server assumes anyway: dumps write all of it out. */
export function readIdentity(when: string | undefined, options: readonly Node[] = []): Identity {
  const said: Record<string, number | bigint | boolean> = {};
  for (const option of options) {
    if (!("DefElem" in option)) continue;
    const { defname, arg } = option.DefElem satisfies DefElem;
    const value = numberOf(arg);
    if (defname === "start" && value !== undefined && value !== 1) said["start"] = value;
    if (defname === "increment" && value !== undefined && value !== 1) said["increment"] = value;
    if (defname === "minvalue" && value !== undefined && value !== 1) said["minvalue"] = value;
    if (defname === "maxvalue" && value !== undefined && !Object.values(largest).includes(BigInt(value))) {
      said["maxvalue"] = value;
    }
    if (defname === "cache" && value !== undefined && value !== 1) said["cache"] = value;
    if (defname === "cycle" && arg !== undefined && "Boolean" in arg && arg.Boolean.boolval === true)
      said["cycle"] = true;
  }
  return identity({ always: when === "a", ...said });
}

interface Draft {
  nullable?: boolean;
  primaryKey?: boolean;
  value?: ServerDefault;
  counts: boolean;
  checks: Check[];
  constraints: Constraint[];
}

/** Puts what stands behind a column constraint (DEFERRABLE, INITIALLY DEFERRED) into the last one. */
function defer(draft: Draft, deferral: Deferral): void {
  const last = draft.constraints.pop();
  if (last === undefined) throw new NotUnderstood("DEFERRABLE without a constraint");
  draft.constraints.push({ ...last, ...deferral });
}

/** Reads the columns of one table. */
export class ColumnReading {
  constructor(
    readonly source: Source,
    readonly session: Session,
    /** The schema and the name of the table. */
    readonly table: readonly string[],
  ) {}

  /** The text of an expression behind a word such as DEFAULT, up to the next constraint of the column. */
  #expressionAt(constraint: ConstraintNode, def: ColumnDef): string {
    const stops = new Set(
      [...(def.constraints ?? []), ...(def.collClause ? [{ Constraint: def.collClause }] : [])].flatMap((node) =>
        "Constraint" in node && node.Constraint.location !== undefined
          ? [this.source.offsetOf(node.Constraint.location)]
          : [],
      ),
    );
    const cursor = this.source.cursorAt(constraint.location);
    if (cursor.accept("CONSTRAINT")) cursor.name();
    cursor.expect("DEFAULT");
    return cursor.textUntil(({ start }) => stops.has(start));
  }

  #generated(constraint: ConstraintNode): ServerDefault {
    const cursor = this.source.cursorAt(constraint.location);
    cursor.textUntil(({ value }) => value === "(");
    const start = cursor.place;
    cursor.parenthesized();
    return computed(expressionText(cursor.textFrom(start)), { persisted: constraint.generated_kind !== "v" });
  }

  #take(constraint: ConstraintNode, draft: Draft, def: ColumnDef, type: ReadType): void {
    const kind: string = constraint.contype ?? "";
    switch (kind) {
      case "CONSTR_NULL":
        draft.nullable = true;
        return;
      case "CONSTR_NOTNULL":
        draft.nullable = false;
        return;
      case "CONSTR_DEFAULT": {
        if (constraint.raw_expr === undefined) return;
        const owner = ownerKey([...this.table, def.colname ?? ""], this.session);
        const details = { typeName: type.name, owner, session: this.session };
        const read = readDefault(constraint.raw_expr, () => this.#expressionAt(constraint, def), details);
        draft.counts ||= read.counts;
        if (read.value !== undefined) draft.value = read.value;
        return;
      }
      case "CONSTR_IDENTITY":
        draft.value = readIdentity(constraint.generated_when, constraint.options);
        return;
      case "CONSTR_GENERATED":
        draft.value = this.#generated(constraint);
        return;
      case "CONSTR_ATTR_DEFERRABLE":
        return defer(draft, { deferrable: true });
      case "CONSTR_ATTR_NOT_DEFERRABLE":
        return defer(draft, { deferrable: false });
      case "CONSTR_ATTR_DEFERRED":
        return defer(draft, { initially: "DEFERRED" });
      case "CONSTR_ATTR_IMMEDIATE":
        return defer(draft, { initially: "IMMEDIATE" });
      case "CONSTR_PRIMARY":
        draft.primaryKey = true;
        if (constraint.conname === undefined) return;
        break;
      default:
    }
    const read = readConstraint(constraint, this.source, this.session, def.colname);
    if (read.kind === "check") draft.checks.push(read);
    else draft.constraints.push(read);
  }

  read(def: ColumnDef): ReadColumn {
    const type = readType(def.typeName, this.source);
    const draft: Draft = { counts: type.counts, checks: [], constraints: [] };
    for (const node of def.constraints ?? []) if ("Constraint" in node) this.#take(node.Constraint, draft, def, type);
    const collation = namesOf(def.collClause?.collname).at(-1);
    const { value } = draft;
    // only a serial by its type is NOT NULL without saying so
    const nullable = draft.nullable ?? (draft.counts && !type.counts && draft.primaryKey !== true ? true : undefined);
    const made: Column = makeColumn(
      def.colname ?? "",
      collation === undefined ? type.type : withCollation(type.type, collation),
      {
        ...(nullable !== undefined && { nullable }),
        ...(draft.primaryKey === true && { primaryKey: true }),
        ...(draft.checks.length > 0 && { check: draft.checks }),
        ...(draft.counts && { autoincrement: "always" as const }),
        ...(value !== undefined && { serverDefault: value as UsualDefault | Identity }),
      },
    );
    return { column: made, constraints: draft.constraints, indexes: [] };
  }
}
