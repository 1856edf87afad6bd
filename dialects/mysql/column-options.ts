import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Column } from "../../src/schema/columns.js";
import type { MysqlColumnOptions } from "../../src/schema/dialect-options.js";
import type { SqlType } from "../../src/schema/types/type.js";
import { need } from "./features.js";

const spatial = /^(?:geometry|point|linestring|polygon|multi\w+|geom(?:etry)?collection)\b/i;

/** A type that is not spatial has no reference system. */
function sridOf({ options }: Pick<Column, "options">, type: SqlType, context: RenderContext): number | undefined {
  const { srid } = context.options(options) as MysqlColumnOptions;
  if (srid === undefined || !spatial.test(context.type(type))) return undefined;
  need("columnSrid", "a spatial reference system of a column", "Leave srid out.", context);
  return srid;
}

function wordText(option: string, word: string | undefined, context: RenderContext): string | undefined {
  if (word === undefined || /^\w+$/.test(word)) return word?.toUpperCase();
  throw context.unsupported(`${option} is "${word}".`, `Write one word, such as ${option}: "DEFAULT".`);
}

/**
 * What MariaDB takes directly behind the type alone: its word for SRID.
 * https://mariadb.com/kb/en/create-table/#ref_system_id
 */
export function behindType(column: Pick<Column, "options">, type: SqlType, context: RenderContext): string | false {
  const srid = context.dialect.name === "mariadb" ? sridOf(column, type, context) : undefined;
  return srid !== undefined && `REF_SYSTEM_ID=${srid}`;
}

/** What stands at the end of a definition: https://dev.mysql.com/doc/refman/8.4/en/create-table.html */
export function columnOptions(
  column: Pick<Column, "options">,
  type: SqlType,
  context: RenderContext,
): readonly string[] {
  const { visible, columnFormat, storage } = context.options(column.options) as MysqlColumnOptions;
  const srid = context.dialect.name === "mariadb" ? undefined : sridOf(column, type, context);
  if (visible === false) need("invisibleColumns", "invisible columns", "Leave visible out.", context);
  if (columnFormat !== undefined || storage !== undefined) {
    need("columnStorage", "COLUMN_FORMAT and STORAGE of a column", "Leave columnFormat and storage out.", context);
  }
  const format = wordText("columnFormat", columnFormat, context);
  const medium = wordText("storage", storage, context);
  return [
    ...(srid === undefined ? [] : [`SRID ${srid}`]),
    ...(visible === false ? ["INVISIBLE"] : []),
    ...(format === undefined ? [] : [`COLUMN_FORMAT ${format}`]),
    ...(medium === undefined ? [] : [`STORAGE ${medium}`]),
  ];
}
