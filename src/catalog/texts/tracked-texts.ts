import type { Column } from "../../schema/columns.js";
import { isComputed } from "../../schema/columns.js";
import type { Check, Constraint } from "../../schema/constraints.js";
import { asSqlText, isSqlText, sql, textOfSql, type SqlText } from "../../schema/expressions.js";
import type { Index } from "../../schema/indexes.js";
import { isObjectText, type ObjectText } from "../../schema/object-text.js";
import type { FunctionContent, Overload, ProcedureContent } from "../../schema/routines.js";
import { signatureOf } from "../../schema/routines.js";
import type { SchemaObject } from "../../schema/schema-objects.js";
import type { Table } from "../../schema/tables.js";
import { isSqlType, type SqlType } from "../../schema/types/type.js";
import type { DependentRules } from "../dependent-rules.js";
import { changedType } from "../enums.js";
import { writtenText } from "../written-text.js";
import type { TextKind } from "./mentions.js";

/** A change of the texts and types in which the server keeps what they mention by what it is, and not by its name. */
export interface TrackedChange {
  text(text: SqlText, kind: TextKind): SqlText;
  /** Of a type that is neither an array nor one of several variants. */
  type(type: SqlType): SqlType;
}

function changedString(text: string, kind: TextKind, change: TrackedChange): string {
  const before = sql.raw(text);
  const after = change.text(before, kind);
  return after === before ? text : writtenText(after);
}

export function changedCheck<C extends Check>(check: C, change: TrackedChange): C {
  const condition = change.text(check.condition, "expression");
  return condition === check.condition ? check : { ...check, condition };
}

export function changedDefault<D>(value: D, change: TrackedChange): D {
  if (isSqlText(value)) return change.text(value, "expression") as D;
  if (!isComputed(value)) return value;
  const expression = change.text(value.expression, "expression");
  return expression === value.expression ? value : { ...value, expression };
}

/** Lists whose items stay the same where nothing changes. */
function changedList<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = items.map(change);
  return changed.some((item, place) => item !== items[place]) ? changed : items;
}

/** What has a type after a change of that. */
export function changedColumnType<C extends { readonly type: SqlType }>(column: C, change: TrackedChange): SqlType {
  return changedType(column.type, (leaf) => change.type(leaf));
}

function changedColumn(column: Column, change: TrackedChange): Column {
  const serverDefault = changedDefault(column.serverDefault, change);
  const checks = changedList(column.checks, (check) => changedCheck(check, change));
  const type = changedColumnType(column, change);
  const isSame = serverDefault === column.serverDefault && checks === column.checks && type === column.type;
  return isSame ? column : { ...column, type, serverDefault, checks };
}

export function changedConstraint(constraint: Constraint, change: TrackedChange): Constraint {
  if (constraint.kind === "check") return changedCheck(constraint, change);
  if (constraint.kind !== "exclude") return constraint;
  const elements = changedList(constraint.elements, (element) => {
    if (!isSqlText(element.expression)) return element;
    const expression = change.text(element.expression, "expression");
    return expression === element.expression ? element : { ...element, expression };
  });
  const where = constraint.where && change.text(constraint.where, "expression");
  return elements === constraint.elements && where === constraint.where
    ? constraint
    : { ...constraint, elements, where };
}

export function changedIndex(index: Index, change: TrackedChange): Index {
  const columns = changedList(index.columns, (item) => (isSqlText(item) ? change.text(item, "expression") : item));
  const said = index.options.postgresql?.["where"] as string | SqlText | undefined;
  const before = said === undefined ? undefined : asSqlText(said);
  const where = before && change.text(before, "expression");
  if (where === before) return columns === index.columns ? index : { ...index, columns };
  return { ...index, columns, options: { ...index.options, postgresql: { ...index.options.postgresql, where } } };
}

/** A table with its texts changed; the same where nothing changes. */
export function tableWithTexts(table: Table, change: TrackedChange): Table {
  const columns = changedList(table.columns, (column) => changedColumn(column, change));
  const constraints = changedList(table.constraints, (constraint) => changedConstraint(constraint, change));
  const indexes = changedList(table.indexes, (index) => changedIndex(index, change));
  const isSame = columns === table.columns && constraints === table.constraints && indexes === table.indexes;
  const parts = table.options.postgresql?.["partitionBy"] as string | undefined;
  const partitionBy = parts === undefined ? undefined : changedString(parts, "expression", change);
  if (partitionBy === parts) return isSame ? table : { ...table, columns, constraints, indexes };
  const options = { ...table.options, postgresql: { ...table.options.postgresql, partitionBy } };
  return { ...table, columns, constraints, indexes, options };
}

function changedText(text: ObjectText, kind: TextKind, change: TrackedChange, hasBody: boolean): ObjectText {
  const statements = changedList(text.statements, (statement) => changedString(statement, kind, change));
  const before = hasBody ? text.definition : undefined;
  const definition = before === undefined ? undefined : changedString(before, "expression", change);
  if (statements === text.statements && definition === before) return text;
  return { ...text, statements, definition: hasBody ? definition : text.definition };
}

/** Whether the server keeps what the body of a routine mentions; any other body is text to it. */
function isTracked({ content }: Overload<ProcedureContent>, rules: DependentRules): boolean {
  const { language } = content;
  const body = isObjectText(content) ? content.definition : textOfSql(content.body);
  if (body === undefined) return false;
  return rules.routine?.({ body: body.trim(), language, attributes: undefined })?.fates.rename === "follows";
}

function changedRoutine<C extends ProcedureContent | FunctionContent>(
  overload: Overload<C>,
  change: TrackedChange,
  rules: DependentRules,
): Overload<C> {
  const { content, signature: old } = overload;
  const tracked = isTracked(overload, rules);
  const signature = signatureOf(sql.raw(changedString(old, "parameters", change)));
  if (isObjectText(content)) {
    const text = changedText(content, "routine", change, tracked);
    return text === content && signature === old ? overload : { ...overload, signature, content: text };
  }
  const own: ProcedureContent & { readonly returns?: SqlText | SqlType } = content;
  const { returns } = own;
  const parameters = own.parameters && change.text(own.parameters, "parameters");
  const body = tracked ? change.text(own.body, "expression") : own.body;
  const result = isSqlText(returns)
    ? change.text(returns, "result")
    : isSqlType(returns)
      ? changedType(returns, (type) => change.type(type))
      : returns;
  if (parameters === own.parameters && body === own.body && result === returns) return overload;
  return {
    signature,
    content: { ...content, parameters, body, ...(result !== undefined && { returns: result }) },
  };
}

/** An object beside tables with its texts changed; the same where nothing changes. */
export function objectWithTexts(object: SchemaObject, change: TrackedChange, rules: DependentRules): SchemaObject {
  switch (object.kind) {
    case "view":
    case "materializedView": {
      const { content } = object;
      if (isObjectText(content)) {
        const text = changedText(content, "expression", change, true);
        return text === content ? object : { ...object, content: text };
      }
      const definition = change.text(content.definition, "expression");
      return definition === content.definition ? object : { ...object, content: { ...content, definition } };
    }
    case "trigger": {
      const { content } = object;
      if (isObjectText(content)) {
        const text = changedText(content, "expression", change, true);
        return text === content ? object : { ...object, content: text };
      }
      const when = content.when && change.text(content.when, "expression");
      // any other body is that of a function of its own
      const isCall = /^\s*execute\s/i.test(textOfSql(content.body));
      const body = isCall ? change.text(content.body, "expression") : content.body;
      return when === content.when && body === content.body
        ? object
        : { ...object, content: { ...content, when, body } };
    }
    case "function": {
      const overloads = changedList(object.overloads, (overload) => changedRoutine(overload, change, rules));
      return overloads === object.overloads ? object : { ...object, overloads };
    }
    case "procedure": {
      const overloads = changedList(object.overloads, (overload) => changedRoutine(overload, change, rules));
      return overloads === object.overloads ? object : { ...object, overloads };
    }
    case "domain": {
      const { content } = object;
      if (isObjectText(content)) {
        const text = changedText(content, "routine", change, false);
        return text === content ? object : { ...object, content: text };
      }
      const type = changedType(content.type, (type) => change.type(type));
      const serverDefault = changedDefault(content.serverDefault, change);
      const checks = changedList(content.checks, (check) => changedCheck(check, change));
      const isSame = type === content.type && serverDefault === content.serverDefault && checks === content.checks;
      return isSame ? object : { ...object, content: { ...content, type, serverDefault, checks } };
    }
    case "extension":
    case "partition":
    case "schema":
    case "sequence":
      return object;
  }
}
