import { OperationError } from "../errors.js";
import type { Constraint, ForeignKey } from "./constraints.js";
import { isSqlText } from "./expressions.js";
import type { Index } from "./indexes.js";
import type { Name } from "./names.js";
import { finalName, nameText } from "./names.js";

/** What a token of one's own gets to make its text of: the constraint or index, and the table's name. */
export type NamingToken = (item: Constraint | Index, tableName: string) => string;

/**
 * Templates for the names of constraints and indexes, by kind, as SQLAlchemy's `naming_convention`; other keys are
 * tokens of one's own.
 *
 * @example { pk: "pk_%(table_name)s", fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s" }
 */
export type NamingConvention = {
  readonly fk?: string;
  readonly pk?: string;
  readonly ix?: string;
  readonly ck?: string;
  readonly uq?: string;
} & { readonly [token: string]: string | NamingToken | undefined };

type ConventionKey = "fk" | "pk" | "ix" | "ck" | "uq";

const keyOfKind: Readonly<Record<Constraint["kind"] | "index", ConventionKey | undefined>> = {
  foreignKey: "fk",
  primaryKey: "pk",
  index: "ix",
  check: "ck",
  unique: "uq",
  exclude: undefined,
};

const defaultConvention: NamingConvention = { ix: "ix_%(column_0_label)s" };

/** The table whose constraint or index is named. */
export interface Owner {
  readonly name: Name;
  readonly schema?: Name | undefined;
}

function columnNames(item: Constraint | Index): readonly string[] {
  switch (item.kind) {
    case "index":
      return item.columns.flatMap((column) => (isSqlText(column) ? [] : [nameText(column)]));
    case "exclude":
      return item.elements.flatMap(({ expression }) => (isSqlText(expression) ? [] : [nameText(expression)]));
    case "check":
      return item.boundTo === undefined ? [] : [nameText(item.boundTo)];
    case "primaryKey":
    case "unique":
    case "foreignKey":
      return item.columns.map(nameText);
  }
}

const columnToken = /^(referred_)?column_(\d+)(N|_N)?_?(name|key|label)$/;

function columnTokenText(match: RegExpExecArray, item: Constraint | Index, owner: Owner): string | undefined {
  const [, referred, position = "0", several, what] = match;
  const names =
    referred === undefined ? columnNames(item) : (item as Partial<ForeignKey>).referredColumns?.map(nameText);
  if (names === undefined) return undefined;
  const label = (name: string): string => {
    if (what !== "label") return name;
    const schema = owner.schema === undefined ? "" : `${nameText(owner.schema).replaceAll(".", "_")}_`;
    return `${schema}${nameText(owner.name)}_${name}`;
  };
  if (several !== undefined) return names.map(label).join(several === "N" ? "" : "_");
  const name = names[Number(position)];
  return name === undefined ? "" : label(name);
}

function tokenText(token: string, item: Constraint | Index, owner: Owner, convention: NamingConvention): string {
  const own = convention[token];
  if (typeof own === "function") return own(item, nameText(owner.name));
  if (token === "table_name") return nameText(owner.name);
  if (token === "referred_table_name" && item.kind === "foreignKey") return nameText(item.referredTable);
  if (token === "constraint_name") {
    if (item.name !== undefined) return nameText(item.name);
    throw new OperationError(
      "constraint-needs-name",
      `The naming convention uses %(constraint_name)s, but a ${item.kind} of table "${nameText(owner.name)}" has no name.`,
      { hint: "Give it a name; the convention adds the rest." },
    );
  }
  const match = columnToken.exec(token);
  const text = match === null ? undefined : columnTokenText(match, item, owner);
  if (text !== undefined) return text;
  throw new OperationError(
    "unknown-naming-token",
    `The naming convention has a token %(${token})s that means nothing here.`,
    {
      hint: "Tokens: table_name, referred_table_name, column_0_name, column_0_label, column_0N_name, column_0_N_name, referred_column_0_name, constraint_name.",
    },
  );
}

/** Whether a naming convention adds to names that authors give. */
export function completesNames(convention: NamingConvention | undefined): boolean {
  return Object.values(convention ?? {}).some(
    (template) => typeof template === "string" && template.includes("%(constraint_name)s"),
  );
}

/**
 * The name that a constraint or index has under a naming convention: the author's, or one made of the template when
 * the author gave none or the template builds on it. A name of `op.f()` stays as it is.
 *
 * @example conventionalName({ uq: "uq_%(table_name)s_%(column_0_name)s" }, unique(["email"]), { name: "account" })
 * // uq_account_email
 * @throws OperationError when the template needs a name that the author did not give, or has an unknown token
 */
export function conventionalName(
  convention: NamingConvention | undefined,
  item: Constraint | Index,
  owner: Owner,
): Name | undefined {
  const { name } = item;
  if (typeof name === "object" && name.final === true) return name;
  const key = keyOfKind[item.kind];
  const own = key === undefined ? undefined : convention?.[key];
  const template = own ?? (key === undefined || convention?.[key] !== undefined ? undefined : defaultConvention[key]);
  if (typeof template !== "string") return name;
  if (name !== undefined && !template.includes("%(constraint_name)s")) return name;
  if (
    name === undefined &&
    item.kind === "check" &&
    item.boundTo !== undefined &&
    template.includes("constraint_name")
  ) {
    return undefined; // the check of an unnamed boolean or enum type stays unnamed, as SQLAlchemy has it
  }
  const filled = (text: string): string =>
    text.replace(/%\(([^)]*)\)s|%%/g, (all, token: string | undefined) =>
      token === undefined ? "%" : tokenText(token, item, owner, convention ?? {}),
    );
  const made = finalName(filled(template));
  if (name === undefined) return made;
  const added = filled(template.slice(0, template.indexOf("%(constraint_name)s")));
  return added !== "" && nameText(name).startsWith(added) ? { ...made, repeats: added } : made;
}

/** The same constraint or index under its conventional name. */
export function named<T extends Constraint | Index>(
  convention: NamingConvention | undefined,
  item: T,
  owner: Owner,
): T {
  const name = conventionalName(convention, item, owner);
  return name === item.name ? item : { ...item, name };
}
