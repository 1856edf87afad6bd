import type { Constraint as ConstraintNode, Node } from "libpg-query";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { Constraint, Deferral, Exclude } from "../../../src/schema/constraints.js";
import type { DialectOptions } from "../../../src/schema/dialect-names.js";
import type { Cursor, QualifiedName } from "../../shared/reader/cursor.js";
import { expressionText, NotUnderstood } from "../../shared/reader/cursor.js";
import { namesOf, relationName, type Session, type Source } from "./source.js";

/** What the grammar calls the actions of a foreign key. NO ACTION is what happens without a clause. */
const actions: Readonly<Record<string, string>> = { r: "RESTRICT", c: "CASCADE", n: "SET NULL", d: "SET DEFAULT" };

function deferralOf({ deferrable, initdeferred }: ConstraintNode): Deferral {
  return { ...(deferrable === true && { deferrable }), ...(initdeferred === true && { initially: "DEFERRED" }) };
}

function group(said: Readonly<Record<string, unknown>>): DialectOptions {
  const entries = Object.entries(said).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? {} : { postgresql: Object.fromEntries(entries) };
}

/** The text in the first parentheses behind one of these words. */
function textBehind(cursor: Cursor, word: string): string {
  while (!cursor.isAt(word)) cursor.next();
  cursor.next();
  const start = cursor.place;
  cursor.parenthesized();
  return cursor.textFrom(start);
}

function exclusion(constraint: ConstraintNode, source: Source): Exclude {
  const cursor = source.cursorAt(constraint.location);
  while (!cursor.isAt("(")) cursor.next();
  const texts = cursor
    .parenthesized()
    .commaSeparated()
    .map((part) => part.textUntil(({ kind, value }) => kind === "word" && value === "WITH"));
  const elements = (constraint.exclusions ?? []).map((node, position) => {
    const items = "List" in node ? (node.List.items ?? []) : [];
    const [element, operators] = items;
    const name = element !== undefined && "IndexElem" in element ? element.IndexElem : undefined;
    const operator = operators !== undefined && "List" in operators ? namesOf(operators.List.items).at(-1) : undefined;
    if (operator === undefined) throw new NotUnderstood("an exclusion without operator");
    const isPlain = name?.name !== undefined && name.opclass === undefined && name.collation === undefined;
    return { expression: isPlain ? (name.name ?? "") : expressionText(texts[position] ?? ""), operator };
  });
  return {
    kind: "exclude",
    name: constraint.conname,
    elements,
    using: constraint.access_method,
    where:
      constraint.where_clause === undefined
        ? undefined
        : expressionText(textBehind(source.cursorAt(constraint.location), "WHERE")),
    ...deferralOf(constraint),
    options: {},
  };
}

function columnsOf(nodes: readonly Node[] | undefined, own: string | undefined): readonly string[] {
  const names = namesOf(nodes);
  return names.length === 0 && own !== undefined ? [own] : names;
}

/** `ADD CONSTRAINT … USING INDEX`: the index becomes the constraint's, and gets its name. */
export function constraintOfIndex(table: QualifiedName, constraint: ConstraintNode): CatalogChange {
  const { indexname: index = "", contype, conname: name = index } = constraint;
  return {
    change: "addConstraintOfIndex",
    table,
    index,
    kind: contype === "CONSTR_PRIMARY" ? "primaryKey" : "unique",
    name,
    deferrable: constraint.deferrable === true,
    initiallyDeferred: constraint.initdeferred === true,
  };
}

/**
 * A constraint.
 *
 * @param column the column at which it stands, if it does
 */
export function readConstraint(
  constraint: ConstraintNode,
  source: Source,
  session: Session,
  column?: string,
): Constraint {
  const name = constraint.conname;
  const deferral = deferralOf(constraint);
  const including = constraint.including === undefined ? undefined : namesOf(constraint.including);
  const contype: string = constraint.contype ?? "";
  switch (contype) {
    case "CONSTR_PRIMARY":
    case "CONSTR_UNIQUE": {
      const kind = contype === "CONSTR_PRIMARY" ? "primaryKey" : "unique";
      const nullsNotDistinct = constraint.nulls_not_distinct;
      const columns = columnsOf(constraint.keys, column);
      return { kind, name, columns, ...deferral, options: group({ include: including, nullsNotDistinct }) };
    }
    case "CONSTR_FOREIGN": {
      const { schema, name: table } = relationName(constraint.pktable, session);
      if (constraint.fk_del_set_cols !== undefined) throw new NotUnderstood("SET NULL of some columns");
      const onUpdate = actions[constraint.fk_upd_action ?? ""];
      const onDelete = actions[constraint.fk_del_action ?? ""];
      return {
        kind: "foreignKey",
        name,
        columns: columnsOf(constraint.fk_attrs, column),
        referredSchema: schema,
        referredTable: table,
        referredColumns: namesOf(constraint.pk_attrs),
        useAlter: false,
        ...(onUpdate !== undefined && { onUpdate }),
        ...(onDelete !== undefined && { onDelete }),
        ...(constraint.fk_matchtype === "f" && { match: "FULL" }),
        ...deferral,
        options: group({ notValid: constraint.skip_validation }),
      };
    }
    case "CONSTR_CHECK": {
      if (constraint.is_no_inherit === true) throw new NotUnderstood("a check of this table alone, at a column");
      const condition = expressionText(textBehind(source.cursorAt(constraint.location), "CHECK"));
      return { kind: "check", name, condition, ...deferral, options: group({ notValid: constraint.skip_validation }) };
    }
    case "CONSTR_EXCLUSION":
      return exclusion(constraint, source);
    default:
      throw new NotUnderstood(`a constraint of kind ${constraint.contype}`);
  }
}
