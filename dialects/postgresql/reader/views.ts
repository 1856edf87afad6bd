import type { CreateTableAsStmt, Node, ViewStmt } from "libpg-query";
import type { Origin } from "../../../src/errors.js";
import type { ObjectEffect } from "../../../src/operations/execute.js";
import type { CreateView } from "../../../src/operations/views.js";
import { sql } from "../../../src/schema/expressions.js";
import { NotUnderstood } from "../../shared/reader/cursor.js";
import { storageOptions } from "./properties.js";
import { namesOf, passUntil, relationName, type Session, type Source } from "./source.js";

/** The query behind AS, without what may follow it. */
function queryAt(source: Source, location: number | undefined): string {
  const cursor = source.cursorAt(location);
  passUntil(cursor, "AS");
  return cursor.rest().replace(/\s+with\s+(?:(?:cascaded\s+|local\s+)?check\s+option|(?:no\s+)?data)$/i, "");
}

/** The CHECK OPTION of a view, which is an option of it to the grammar, too. */
function checkOptionOf({ withCheckOption }: ViewStmt): CreateView["checkOption"] {
  if (withCheckOption === "LOCAL_CHECK_OPTION") return "local";
  return withCheckOption === "CASCADED_CHECK_OPTION" ? "cascaded" : false;
}

function withOptions(options: readonly Node[] | undefined): object {
  return options === undefined ? {} : { with: storageOptions(options) };
}

function optionsOf(said: object): CreateView["options"] {
  return Object.keys(said).length === 0 ? {} : { postgresql: said as Record<string, unknown> };
}

/** Whether a statement says RECURSIVE before VIEW. */
export function isRecursive(source: Source): boolean {
  const head = source.cursorAt(0).textUntil(({ value }) => value === "VIEW");
  return /\brecursive$/i.test(head.trim());
}

/** `CREATE RECURSIVE VIEW`, whose query stands in a WITH that is not written: it is kept by its text. */
export function recursiveView(stmt: ViewStmt, source: Source, session: Session): ObjectEffect {
  const definition = queryAt(source, stmt.view?.location);
  return { effect: "made", object: { kind: "view", ...relationName(stmt.view, session), definition } };
}

/** `CREATE VIEW`. */
export function view(stmt: ViewStmt, source: Source, session: Session, origin: Origin | undefined): CreateView {
  if (stmt.view?.relpersistence === "t") throw new NotUnderstood("a view that passes");
  return {
    kind: "createView",
    ...relationName(stmt.view, session),
    definition: sql.raw(queryAt(source, stmt.view?.location)),
    columns: namesOf(stmt.aliases),
    materialized: false,
    replace: stmt.replace ?? false,
    ifNotExists: false,
    checkOption: checkOptionOf(stmt),
    withData: true,
    options: optionsOf(withOptions(stmt.options)),
    origin,
  };
}

/** A materialised view; a table that takes its columns from a query is not understood. */
export function materializedView(
  stmt: CreateTableAsStmt,
  source: Source,
  session: Session,
  origin: Origin | undefined,
): CreateView {
  const { objtype, into, if_not_exists: ifNotExists = false } = stmt;
  if (objtype !== "OBJECT_MATVIEW" || into === undefined) throw new NotUnderstood("a table made of a query");
  const said = {
    ...(into.accessMethod !== undefined && { using: into.accessMethod }),
    ...withOptions(into.options),
    ...(into.tableSpaceName !== undefined && { tablespace: into.tableSpaceName }),
  };
  return {
    kind: "createView",
    ...relationName(into.rel, session),
    definition: sql.raw(queryAt(source, into.rel?.location)),
    columns: namesOf(into.colNames),
    materialized: true,
    replace: false,
    ifNotExists,
    checkOption: false,
    withData: into.skipData !== true,
    options: optionsOf(said),
    origin,
  };
}
