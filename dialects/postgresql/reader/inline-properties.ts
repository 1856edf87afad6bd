import type { ColumnDef, Constraint as ConstraintNode } from "libpg-query";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import { NotUnderstood, type QualifiedName } from "../../shared/reader/cursor.js";
import { identifiers } from "../identifiers.js";
import { storageOptions } from "./properties.js";
import type { Source } from "./source.js";

function quoted({ schema, name }: QualifiedName): string {
  return [schema, name].flatMap((part) => (part === undefined ? [] : [identifiers.quote(part)])).join(".");
}

/** How the index of a key is stored, which a statement of its own can say: undefined where nothing is said of it. */
export function indexProperties(table: QualifiedName, constraint: ConstraintNode): readonly CatalogChange[] {
  const { contype, conname, options, indexspace } = constraint;
  if (options === undefined && indexspace === undefined) return [];
  const name = conname ?? (contype === "CONSTR_PRIMARY" ? `${table.name}_pkey` : undefined);
  if (name === undefined) throw new NotUnderstood("how an index without a name is stored");
  const { schema } = table;
  const index = `ALTER INDEX ${quoted({ schema, name })}`;
  const said = Object.entries(storageOptions(options)).map(([option, value]) => `${option} = '${value}'`);
  const texts = [
    ...(said.length > 0 ? [`${index} SET (${said.join(", ")})`] : []),
    ...(indexspace === undefined ? [] : [`${index} SET TABLESPACE ${identifiers.quote(indexspace)}`]),
  ];
  return texts.map((text): CatalogChange => {
    const part = { kind: "index", name } as const;
    const of = { object: { schema, name }, tableName: table.name, part };
    return { change: "keepOther", class: "index attribute", ...of, text, adds: true };
  });
}

/** How the values of a column are stored, where its definition says it. */
export function columnProperties(table: QualifiedName, column: ColumnDef): readonly CatalogChange[] {
  const { colname: name = "", compression, storage_name: storage } = column;
  const { schema, name: tableName } = table;
  const said = [
    ["column compression", "COMPRESSION", compression],
    ["column storage", "STORAGE", storage],
  ] as const;
  return said.flatMap(([kind, word, value]): readonly CatalogChange[] => {
    if (value === undefined || value === "default") return [];
    const text = `ALTER TABLE ${quoted(table)} ALTER COLUMN ${identifiers.quote(name)} SET ${word} ${value}`;
    const part = { kind: "column", name } as const;
    return [{ change: "keepOther", class: kind, object: { schema, name }, tableName, part, text }];
  });
}

/** Whether a constraint says what the replayed schema has no form for, so that it is kept by its text. */
function isKeptByText({ is_no_inherit: isLocal, fk_del_set_cols: columns }: ConstraintNode): boolean {
  return isLocal === true || columns !== undefined;
}

/** A constraint among the columns of a table that is kept by its text; undefined for any other. */
export function constraintByText(
  table: QualifiedName,
  constraint: ConstraintNode,
  source: Source,
): CatalogChange | undefined {
  if (!isKeptByText(constraint)) return undefined;
  const written = source.cursorAt(constraint.location).textUntil();
  const { schema, name: tableName } = table;
  const name = constraint.conname ?? written;
  const of = { object: { schema, name }, tableName };
  return { change: "keepOther", class: "constraint", ...of, text: `ALTER TABLE ${quoted(table)} ADD ${written}` };
}
