import type { Database, EngineName } from "./engine.js";

/** One object of a schema as the server's own catalog describes it, with the table that it belongs to. */
export interface SchemaObject {
  readonly owner: string;
  readonly definition: string;
}

const userSchemas = "NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

/** PostgreSQL deparses most objects itself; columns, types and sequences are put together from its catalog. */
const postgresqlQueries = [
  `SELECT c.oid::regclass::text AS owner,
          concat_ws(' ', 'column', a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
            'identity ' || nullif(a.attidentity::text, ''), 'generated ' || nullif(a.attgenerated::text, ''),
            'default ' || pg_get_expr(d.adbin, d.adrelid), 'comment ' || col_description(c.oid, a.attnum),
            'position', row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum)) AS definition
   FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
   WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname ${userSchemas}`,
  `SELECT c.oid::regclass::text, concat_ws(' ', 'relation', c.relkind, obj_description(c.oid, 'pg_class'),
            CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END)
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname ${userSchemas}`,
  `SELECT coalesce(nullif(conrelid, 0)::regclass::text, conname), concat_ws(' ', 'constraint', conname, pg_get_constraintdef(k.oid),
            CASE WHEN NOT convalidated THEN 'not valid' END)
   FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE n.nspname ${userSchemas}`,
  `SELECT i.indrelid::regclass::text, concat_ws(' ', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'invalid' END)
   FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname ${userSchemas}`,
  `SELECT coalesce((SELECT d.refobjid::regclass::text FROM pg_depend d WHERE d.objid = c.oid AND d.refobjsubid > 0 LIMIT 1),
            c.oid::regclass::text),
          concat_ws(' ', 'sequence', c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcycle)
   FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname ${userSchemas}`,
  `SELECT t.oid::regtype::text, concat_ws(' ', 'type', t.typtype, format_type(nullif(t.typbasetype, 0), t.typtypmod),
            (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
   FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
   WHERE t.typtype IN ('e', 'd') AND n.nspname ${userSchemas}`,
  `SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE p.prokind IN ('f', 'p') AND n.nspname ${userSchemas}
     AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
  `SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal`,
  `SELECT nspname, 'schema' FROM pg_namespace n WHERE nspname <> 'public' AND nspname ${userSchemas}`,
  `SELECT extname, 'extension' FROM pg_extension WHERE extname <> 'plpgsql'`,
];

async function postgresqlSchema(database: Database): Promise<readonly SchemaObject[]> {
  const rows = await database.query(postgresqlQueries.join("\nUNION ALL\n"));
  return rows.map(({ owner, definition }) => ({ owner: owner ?? "", definition: definition ?? "" }));
}

/** MySQL and MariaDB write the whole of an object; only the counter of AUTO_INCREMENT is data and not schema. */
async function mysqlSchema(database: Database): Promise<readonly SchemaObject[]> {
  const tables = await database.query(
    "SELECT table_name AS name, table_type AS kind FROM information_schema.tables WHERE table_schema = database()",
  );
  const others = await database.query(
    `SELECT routine_name AS name, routine_type AS kind FROM information_schema.routines WHERE routine_schema = database()
     UNION ALL SELECT trigger_name, 'TRIGGER' FROM information_schema.triggers WHERE trigger_schema = database()
     UNION ALL SELECT event_name, 'EVENT' FROM information_schema.events WHERE event_schema = database()`,
  );
  const all = [...tables, ...others];
  if (all.length === 0) return [];
  // one client for all of them: each shows one row
  const shown = await database.query(
    all
      .map(
        ({ name, kind }) => `SHOW CREATE ${kind === "BASE TABLE" ? "TABLE" : kind} \`${name?.replaceAll("`", "``")}\``,
      )
      .join(";\n"),
  );
  return all.map(({ name }, position) => {
    const row = Object.entries(shown[position] ?? {});
    const definition = row.find(([column]) => /^Create |^SQL Original/.test(column))?.[1] ?? "";
    return { owner: name ?? "", definition: definition.replace(/ AUTO_INCREMENT=\d+/, "") };
  });
}

/** SQLite keeps the text of every statement that made an object; the pragma says what it understood of the columns. */
async function sqliteSchema(database: Database): Promise<readonly SchemaObject[]> {
  const rows = await database.query(
    `SELECT tbl_name AS owner, type || ' ' || name || ' ' || coalesce(sql, 'by itself') AS definition
     FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR type = 'index'
     UNION ALL
     SELECT m.name, 'column ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || coalesce(c.dflt_value, '') || ' ' || c.pk
     FROM sqlite_master m, pragma_table_xinfo(m.name) c
     WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
  );
  return rows.map(({ owner, definition }) => ({ owner: owner ?? "", definition: definition ?? "" }));
}

const readers: Readonly<Record<EngineName, (database: Database) => Promise<readonly SchemaObject[]>>> = {
  postgresql: postgresqlSchema,
  mariadb: mysqlSchema,
  mysql: mysqlSchema,
  sqlite: sqliteSchema,
};

/** Everything that a database holds, as its own catalog describes it, in a fixed order. */
export async function schemaOf(engine: EngineName, database: Database): Promise<readonly SchemaObject[]> {
  const objects = await readers[engine](database);
  const key = ({ owner, definition }: SchemaObject): string => `${owner}\n${definition}`;
  return [...objects].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}
