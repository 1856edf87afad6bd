import { describedName } from "../catalog/description.js";
import type { Catalog } from "../catalog/catalog.js";
import { forAllObjects, walkCatalog, walkTable } from "../catalog/walk.js";
import { catalogFreeContext, type CompileSettings } from "../compiler/compile.js";
import type { RenderContext } from "../compiler/render-context.js";
import type { Column } from "../schema/columns.js";
import type { ForeignKey } from "../schema/constraints.js";
import { nameText, type Name } from "../schema/names.js";
import { isNullableIn, primaryKeyOf, type Table } from "../schema/tables.js";

/** A table in the diagram: quotes let it have any name. */
function entity(schema: Name | undefined, name: Name): string {
  const text = describedName(schema, name);
  return /^[A-Za-z_][\w-]*$/.test(text) ? text : `"${text.replaceAll('"', "'")}"`;
}

/** What the grammar takes for the name or type of an attribute: https://mermaid.js.org/syntax/entityRelationshipDiagram.html */
function word(text: string): string {
  const plain = text.replace(/, */g, "-").replace(/[^\p{L}\p{N}_()[\]-]+/gu, "_");
  return /^\p{L}/u.test(plain) ? plain : `_${plain}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', "'").replace(/\s+/g, " ")}"`;
}

function has(columns: readonly Name[], column: Column): boolean {
  return columns.some((name) => nameText(name) === nameText(column.name));
}

function foreignKeysOf(table: Table): readonly ForeignKey[] {
  return table.constraints.filter((constraint) => constraint.kind === "foreignKey");
}

/** The keys that a column has a part in. */
function keysOf(column: Column, table: Table): string {
  const isPrimary = has(primaryKeyOf(table)?.columns ?? [], column);
  const isForeign = foreignKeysOf(table).some((key) => has(key.columns, column));
  const isUnique = table.constraints.some(
    (constraint) => constraint.kind === "unique" && constraint.columns.length === 1 && has(constraint.columns, column),
  );
  return [isPrimary && "PK", isForeign && "FK", isUnique && "UK"].filter(Boolean).join(", ");
}

/** Whether no two rows can have the same values in the columns of a foreign key. */
function isOneToOne(key: ForeignKey, table: Table): boolean {
  const own = new Set(key.columns.map(nameText));
  return table.constraints.some(
    (constraint) =>
      (constraint.kind === "primaryKey" || constraint.kind === "unique") &&
      constraint.columns.every((name) => own.has(nameText(name))),
  );
}

function relation(key: ForeignKey, table: Table): string {
  const columns = table.columns.filter((column) => has(key.columns, column));
  const parent = columns.some((column) => isNullableIn(table, column)) ? "|o" : "||";
  const child = isOneToOne(key, table) ? "o|" : "o{";
  const label = quoted(key.columns.map(nameText).join(", "));
  return `    ${entity(key.referredSchema, key.referredTable)} ${parent}--${child} ${entity(table.schema, table.name)} : ${label}`;
}

function attribute(column: Column, table: Table, context: RenderContext): string {
  const keys = keysOf(column, table);
  const comment = column.comment === undefined ? "" : ` ${quoted(column.comment)}`;
  const words = `${word(context.type(column.type))} ${word(nameText(column.name))}`;
  return `        ${words}${keys === "" ? "" : ` ${keys}`}${comment}`;
}

/**
 * The schema as a Mermaid entity diagram: tables with their columns and keys, and a line for each foreign key.
 *
 * @example
 * // erDiagram
 * //     customer {
 * //         SERIAL id PK
 * //     }
 * //     customer ||--o{ order : "customer_id"
 */
export function schemaMermaid(catalog: Catalog, settings: CompileSettings): string {
  const context = catalogFreeContext(settings);
  const entities: string[] = [];
  const relations: string[] = [];
  walkCatalog(catalog, {
    table(table) {
      entities.push(`    ${entity(table.schema, table.name)} {`);
      walkTable(table, {
        column: (column) => entities.push(attribute(column, table, context)),
        constraint: (constraint) => constraint.kind === "foreignKey" && relations.push(relation(constraint, table)),
        index: nothing,
      });
      entities.push("    }");
    },
    enum: nothing,
    other: nothing,
    ...forAllObjects(nothing),
  });
  return `${["erDiagram", ...entities, ...relations].join("\n")}\n`;
}

/** The diagram shows tables only. */
function nothing(): void {}
