import { describedRow, type ServerSchemaReader } from "../../src/compiler/server-schema.js";

const userSchemas = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";
const relation = "CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END";
const isExtensions = (id: string): string =>
  `EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = ${id} AND e.deptype = 'e')`;

function named(name: string): string {
  return `CASE WHEN n.nspname = 'public' THEN ${name} ELSE n.nspname || '.' || ${name} END`;
}

/** The sequence that fills a column by its default: its name says nothing, since a renamed table keeps the old one. */
const ownSequence = `(SELECT q.oid FROM pg_depend o JOIN pg_class q ON q.oid = o.objid AND q.relkind = 'S'
   WHERE o.refobjid = c.oid AND o.refobjsubid = a.attnum AND o.deptype = 'a'
     AND pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%' LIMIT 1)`;
const identitySequence = `(SELECT concat_ws(' ', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
   FROM pg_depend o JOIN pg_sequence s ON s.seqrelid = o.objid
   WHERE o.refobjid = c.oid AND o.refobjsubid = a.attnum AND o.deptype = 'i')`;

/** Queries for everything that the server deparses itself, or that its catalog has as plain values. */
const queries = [
  `SELECT 'schema' AS kind, NULL::text AS owner, n.nspname::text AS name, '{}'::json AS attributes, 0 AS position
   FROM pg_namespace n WHERE n.nspname <> 'public' AND ${userSchemas}`,
  `SELECT 'extension', NULL, extname::text, '{}'::json, 0 FROM pg_extension WHERE extname <> 'plpgsql'`,
  `SELECT 'enum', NULL, ${named("t.typname")}, json_build_object('values',
      (SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)), 0
   FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
   WHERE t.typtype = 'e' AND ${userSchemas} AND NOT ${isExtensions("t.oid")}`,
  // `typdefault` is the text as it was written, in which no name is followed
  `SELECT 'domain', NULL, ${named("t.typname")}, json_build_object('type', format_type(t.typbasetype, t.typtypmod),
      'NULL', CASE WHEN t.typnotnull THEN 'not allowed' ELSE 'allowed' END, 'default', pg_get_expr(t.typdefaultbin, 0), 'checks',
      (SELECT string_agg(pg_get_constraintdef(k.oid), ', ' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid)), 0
   FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
   WHERE t.typtype = 'd' AND ${userSchemas} AND NOT ${isExtensions("t.oid")}`,
  `SELECT 'sequence', NULL, ${relation}, json_build_object('type', format_type(s.seqtypid, NULL), 'counting',
      concat_ws(' ', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)), 0
   FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${userSchemas} AND NOT ${isExtensions("c.oid")}
     AND NOT EXISTS (SELECT 1 FROM pg_depend o WHERE o.objid = c.oid AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i'))`,
  `SELECT CASE WHEN p.prokind = 'p' THEN 'procedure' ELSE 'function' END, NULL, p.oid::regprocedure::text,
      json_build_object('definition', pg_get_functiondef(p.oid)), 0
   FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE p.prokind IN ('f', 'p') AND ${userSchemas} AND NOT ${isExtensions("p.oid")}`,
  `SELECT 'table', NULL, ${relation}, json_build_object('comment', obj_description(c.oid, 'pg_class'),
      'partitions', pg_get_partkeydef(c.oid), 'partition', pg_get_expr(c.relpartbound, c.oid),
      'storage', array_to_string(c.reloptions, ', '), 'persistence', nullif(c.relpersistence, 'p'),
      'inherits', (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid)), 0
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'f') AND ${userSchemas} AND NOT ${isExtensions("c.oid")}`,
  `SELECT 'column', ${relation}, a.attname::text, json_build_object('type', format_type(a.atttypid, a.atttypmod),
      'NULL', CASE WHEN a.attnotnull THEN 'not allowed' ELSE 'allowed' END,
      'default', CASE WHEN a.attgenerated = '' AND ${ownSequence} IS NULL THEN pg_get_expr(d.adbin, d.adrelid) END,
      'counting', CASE WHEN ${ownSequence} IS NOT NULL THEN 'by itself' END,
      'identity', CASE a.attidentity WHEN 'a' THEN 'always ' || ${identitySequence} WHEN 'd' THEN 'by default ' || ${identitySequence} END,
      'computed', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
      'storage', CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
      'collation', (SELECT l.collname FROM pg_collation l JOIN pg_type t ON t.oid = a.atttypid
         WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation),
      'comment', col_description(c.oid, a.attnum)), a.attnum
   FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
   WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f') AND ${userSchemas} AND NOT ${isExtensions("c.oid")}`,
  // from version 18 on, NOT NULL is a constraint too; the column says it already
  `SELECT 'constraint', ${relation}, k.conname::text, json_build_object('definition', pg_get_constraintdef(k.oid)), 0
   FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE k.contype NOT IN ('n', 't') AND ${userSchemas} AND NOT ${isExtensions("c.oid")}`,
  `SELECT 'index', ${relation}, x.relname::text, json_build_object('definition', pg_get_indexdef(i.indexrelid),
      'validity', CASE WHEN NOT i.indisvalid THEN 'invalid' END, 'comment', obj_description(x.oid, 'pg_class')), 0
   FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
   JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${userSchemas} AND NOT ${isExtensions("c.oid")}
     AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))`,
  `SELECT CASE WHEN c.relkind = 'm' THEN 'materializedView' ELSE 'view' END, NULL, ${relation},
      json_build_object('definition', pg_get_viewdef(c.oid), 'options', array_to_string(c.reloptions, ', '),
        'comment', obj_description(c.oid, 'pg_class')), 0
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('v', 'm') AND ${userSchemas} AND NOT ${isExtensions("c.oid")}`,
  `SELECT 'trigger', ${relation}, g.tgname::text, json_build_object('definition', pg_get_triggerdef(g.oid),
      'enabled', nullif(g.tgenabled, 'O')), 0
   FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE NOT g.tgisinternal AND ${userSchemas}`,
];

/** https://www.postgresql.org/docs/current/catalogs.html */
export const readServerSchema: ServerSchemaReader = async (query) => {
  const rows = await query(
    `SELECT kind, owner, name, attributes::text AS attributes FROM (${queries.join("\nUNION ALL\n")}) AS objects
     ORDER BY kind, owner, position, name`,
  );
  return rows.map(describedRow);
};
