import type { ColumnDef, Constraint as ConstraintNode, DefElem, Node } from "libpg-query";
import type { Column, Identity, ServerDefault, UsualDefault } from "../../../src/schema/columns.js";
import { column as makeColumn, computed, identity } from "../../../src/schema/columns.js";
import type { Check, Constraint, Deferral } from "../../../src/schema/constraints.js";
import { sql } from "../../../src/schema/expressions.js";
import { expressionText, NotUnderstood } from "../../shared/reader/cursor.js";
import type { ReadColumn } from "../../shared/reader/nodes.js";
import { withCollation } from "../../shared/reader/types.js";
import { readConstraint } from "./constraints.js";
import { integerOf, namesOf, type Session, type Source } from "./source.js";
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

/**
 * A default: a plain constant as a value, anything else as it was written; NULL is none.
 *
 * @param text gives the text of the expression
 */
export function readDefault(node: Node, text: () => string, typeName: string | undefined): UsualDefault | undefined {
  const constant = constantOf(node, typeName);
  if (constant === null) return undefined;
  return constant ?? sql.raw(text().trim());
}

const largest: Readonly<Record<string, bigint>> = { int2: 32767n, int4: 2147483647n, int8: 9223372036854775807n };

/** A whole number, however large. */
export function numberOf(node: Node | undefined): number | bigint | undefined {
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
        const value = readDefault(constraint.raw_expr, () => this.#expressionAt(constraint, def), type.name);
        if (value !== undefined) draft.value = value;
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
    const draft: Draft = { checks: [], constraints: [] };
    for (const node of def.constraints ?? []) if ("Constraint" in node) this.#take(node.Constraint, draft, def, type);
    const collation = namesOf(def.collClause?.collname).at(-1);
    const { value } = draft;
    const { nullable } = draft;
    const made: Column = makeColumn(
      def.colname ?? "",
      collation === undefined ? type.type : withCollation(type.type, collation),
      {
        ...(nullable !== undefined && { nullable }),
        ...(draft.primaryKey === true && { primaryKey: true }),
        ...(draft.checks.length > 0 && { check: draft.checks }),
        ...(type.counts && { autoincrement: "always" as const }),
        ...(value !== undefined && { serverDefault: value as UsualDefault | Identity }),
      },
    );
    return { column: made, constraints: draft.constraints, indexes: [] };
  }
}
