import type { SqlPart, SqlText } from "../schema/expressions.js";
import type { Name } from "../schema/names.js";
import { nameText } from "../schema/names.js";
import type { ColumnReference, Scope, TableReference } from "./body-frames.js";
import { BodyReading } from "./body-reading.js";
import { tablesMadeIn, variablesIn } from "./body-variables.js";
import type { Place } from "./body-tokens.js";

/** What names a table. */
export interface TableName {
  readonly schema: Name | undefined;
  readonly name: Name;
}

function same(text: string, name: Name): boolean {
  return text.toLowerCase() === nameText(name).toLowerCase();
}

/** How the text of a body is to be read. */
export interface BodyKind {
  /** The table of a trigger, whose rows the body calls NEW and OLD. */
  readonly own?: TableName | undefined;
  /** A query of a WITH may name itself without being called RECURSIVE. */
  readonly withIsRecursive?: boolean | undefined;
  /** A star in it is of what the table has when it runs. */
  readonly starIsOfUse?: boolean | undefined;
  /** The parameters of a routine, where its variables and they go before columns of their names. */
  readonly parameters?: readonly string[] | undefined;
}

/** What a trigger calls the row that it is about. */
const rowNames = new Set(["new", "old", "inserted", "deleted"]);
/** Whether a table, by its names as they are written, has a column; undefined when it is not known. */
export type HasColumn = (table: readonly string[], column: string) => boolean | undefined;

const notKnown: HasColumn = () => undefined;
export const defaultSchemas: ReadonlySet<string> = new Set(["public", "main", "dbo"]);

/** Something in a text that is replaced: by a name with its schema, by several, or by text as it stands. */
export type Replacement = { readonly place: Place } & (
  | {
      readonly to: readonly string[];
      /** What the renamed column is still called where it is a result. */
      readonly resultName?: string | undefined;
    }
  | { readonly list: readonly (readonly string[])[] }
  | { readonly text: string }
);

/** What stands in the place of something. */
function replacing(replacement: Replacement): readonly SqlPart[] {
  if ("text" in replacement) return [replacement.text];
  if ("list" in replacement) {
    return replacement.list.flatMap((names, place): readonly SqlPart[] => {
      const name: SqlPart = { part: "identifier", names };
      return place === 0 ? [name] : [", ", name];
    });
  }
  const { to, resultName } = replacement;
  const name: SqlPart = { part: "identifier", names: to };
  return resultName === undefined ? [name] : [name, " AS ", { part: "identifier", names: [resultName] }];
}

/** An identifier with others among its names. */
function inIdentifier(
  identifier: Extract<SqlPart, { part: "identifier" }>,
  replacements: readonly Replacement[],
): readonly SqlPart[] {
  const names = [...identifier.names];
  let behind: readonly SqlPart[] = [];
  for (const one of replacements.toSorted((first, other) => other.place.start - first.place.start)) {
    const [name, ...more] = replacing(one);
    if (typeof name !== "object" || name.part !== "identifier") continue;
    names.splice(one.place.start, one.place.end - one.place.start + 1, ...name.names);
    if (more.length > 0) behind = more;
  }
  return [{ ...identifier, names }, ...behind];
}

/** A text with other names in some places. */
export function replaced({ kind, parts }: SqlText, replacements: readonly Replacement[]): SqlText {
  const changed = parts.flatMap((piece, part): readonly SqlPart[] => {
    const own = replacements.filter(({ place }) => place.part === part);
    if (own.length === 0) return [piece];
    if (typeof piece !== "string") {
      return piece.part === "identifier" ? inIdentifier(piece, own) : own.flatMap(replacing);
    }
    const made: SqlPart[] = [];
    let end = 0;
    for (const one of own.toSorted((first, other) => first.place.start - other.place.start)) {
      made.push(piece.slice(end, one.place.start), ...replacing(one));
      end = one.place.end;
    }
    made.push(piece.slice(end));
    return made.filter((text) => text !== "");
  });
  return { kind, parts: changed };
}

/**
 * The tables and columns that the query of a view or the body of a trigger or routine names, told apart by what stands
 * before the dot and in its FROM.
 *
 * @example bodyReferences(sql`SELECT b.name FROM a JOIN b ON a.id = b.id`).readsColumn({ name: "a", … }, "name") // false
 */
export class BodyReferences {
  readonly #reading: BodyReading;
  /** Names that stand for values where a column would be read. */
  readonly #variables: ReadonlySet<string>;
  /** The tables that the body makes for itself. */
  readonly #made: ReadonlySet<string>;

  constructor(
    readonly text: SqlText,
    readonly kind: BodyKind = {},
  ) {
    this.#reading = new BodyReading(text, kind.withIsRecursive ?? false);
    const { tokens } = this.#reading;
    const { parameters } = kind;
    this.#variables = parameters === undefined ? new Set() : new Set([...parameters, ...variablesIn(tokens)]);
    this.#made = tablesMadeIn(tokens);
  }

  #isTable({ names, isQuery }: TableReference, { schema, name }: TableName): boolean {
    if (isQuery) return false;
    const [last = "", written] = names.toReversed();
    if (!same(last, name) || this.#made.has(last.toLowerCase())) return false;
    if (written === undefined) return true;
    return schema === undefined ? defaultSchemas.has(written.toLowerCase()) : same(written, schema);
  }

  #isOwn(table: TableName): boolean {
    if (this.kind.own === undefined || !same(nameText(this.kind.own.name), table.name)) return false;
    return (this.kind.own.schema === undefined) === (table.schema === undefined);
  }

  /** Whether a table of a body is the rows that its trigger is about, as in `FROM inserted i`. */
  #isOwnRows({ names: [name = "", ...others] }: TableReference, table: TableName): boolean {
    return others.length === 0 && rowNames.has(name.toLowerCase()) && this.#isOwn(table);
  }

  /** Whether a column is, or may be, one of a table: of the first query outwards that has a table with it. */
  #isOf(column: ColumnReference, table: TableName, hasColumn: HasColumn): boolean {
    const { qualifier, name } = column;
    const qualified = qualifier?.toLowerCase();
    if (qualified !== undefined && this.kind.own !== undefined && rowNames.has(qualified)) return this.#isOwn(table);
    if (qualified === undefined && !column.isTarget && this.#variables.has(name.toLowerCase())) return false;
    for (let scope: Scope | undefined = column.scope; scope !== undefined; scope = scope.outer) {
      const meant = scope.tables.filter(({ alias }) => qualified === undefined || alias.toLowerCase() === qualified);
      if (meant.some((reference) => this.#isTable(reference, table) || this.#isOwnRows(reference, table))) return true;
      if (qualified === undefined ? name === "*" : meant.length > 0) return false;
      if (meant.some(({ names, isQuery }) => !isQuery && hasColumn(names, name) === true)) return false;
    }
    return false;
  }

  /** Whether the text reads from a table or view, or writes to it. */
  readsTable(table: TableName): boolean {
    return this.#reading.tables.some((reference) => this.#isTable(reference, table));
  }

  /** Whether the text names a column of a table; a star names all of them. */
  readsColumn(table: TableName, column: Name, hasColumn: HasColumn = notKnown): boolean {
    return this.#reading.columns.some(
      (reference) =>
        ((reference.name === "*" && this.kind.starIsOfUse !== true) || same(reference.name, column)) &&
        this.#isOf(reference, table, hasColumn),
    );
  }

  /** The text with a table under another name, or in another schema. */
  withTable(table: TableName, to: TableName): SqlText {
    const { tables, columns } = this.#reading;
    const meant = tables.filter((reference) => this.#isTable(reference, table));
    const isQualifier = ({ qualifier }: ColumnReference): boolean =>
      qualifier !== undefined && meant.some(({ alias, names }) => alias === names.at(-1) && same(alias, qualifier));
    const name = nameText(to.name);
    const inSchema = (isWritten: boolean): readonly string[] => {
      if (to.schema !== undefined) return [nameText(to.schema), name];
      return isWritten ? ["public", name] : [name];
    };
    const replacements: readonly Replacement[] = [
      ...meant.map(({ names, first, place }): Replacement => {
        return { place: { ...place, start: first.start }, to: inSchema(names.length > 1) };
      }),
      ...columns.filter(isQualifier).flatMap(({ qualifierPlace, qualifierSchema }): readonly Replacement[] => {
        if (qualifierPlace === undefined) return [];
        if (qualifierSchema === undefined) return [{ place: qualifierPlace, to: [name] }];
        return [{ place: { ...qualifierPlace, start: qualifierSchema.start }, to: inSchema(true) }];
      }),
    ];
    return replacements.length === 0 ? this.text : replaced(this.text, replacements);
  }

  /**
   * The text with a column under another name.
   *
   * @param keepsResults the results of a query keep the names that they had
   */
  withColumn(table: TableName, from: Name, to: Name, keepsResults: boolean, hasColumn: HasColumn = notKnown): SqlText {
    const found = this.#reading.columns.filter(
      (reference) => same(reference.name, from) && this.#isOf(reference, table, hasColumn),
    );
    const replacements = found.map(({ place, isResult }): Replacement => {
      return { place, to: [nameText(to)], resultName: keepsResults && isResult ? nameText(from) : undefined };
    });
    return replacements.length === 0 ? this.text : replaced(this.text, replacements);
  }
}
