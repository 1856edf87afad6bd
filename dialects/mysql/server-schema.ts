import { describedRow, type ServerSchemaReader } from "../../src/compiler/server-schema.js";

/** The texts of views and bodies name their own database, which is another one each time. */
const withoutDatabase = (text: string): string => `replace(${text}, concat('\`', database(), '\`.'), '')`;

const keyColumns = (column: string): string =>
  `(SELECT group_concat(${column} ORDER BY u.ordinal_position SEPARATOR ', ') FROM information_schema.key_column_usage u
    WHERE u.constraint_schema = k.constraint_schema AND u.table_name = k.table_name AND u.constraint_name = k.constraint_name)`;

const queries = [
  `SELECT 'table' AS kind, NULL AS owner, t.table_name AS name,
      json_object('engine', t.engine, 'collation', t.table_collation, 'comment', t.table_comment, 'options', t.create_options) AS attributes,
      0 AS position
   FROM information_schema.tables t WHERE t.table_schema = database() AND t.table_type = 'BASE TABLE'`,
  `SELECT 'column', c.table_name, c.column_name,
      json_object('type', c.column_type, 'NULL', if(c.is_nullable = 'YES', 'allowed', 'not allowed'), 'default', c.column_default,
        'extra', c.extra, 'computed', c.generation_expression, 'character set', c.character_set_name,
        'collation', c.collation_name, 'comment', c.column_comment), c.ordinal_position
   FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
   WHERE c.table_schema = database() AND t.table_type = 'BASE TABLE'`,
  `SELECT 'constraint', k.table_name, k.constraint_name,
      json_object('kind', k.constraint_type, 'columns', ${keyColumns("u.column_name")},
        'target', (SELECT concat(r.referenced_table_name, ' (', ${keyColumns("u.referenced_column_name")}, ')')
          FROM information_schema.referential_constraints r
          WHERE r.constraint_schema = k.constraint_schema AND r.table_name = k.table_name AND r.constraint_name = k.constraint_name),
        'ON DELETE', (SELECT r.delete_rule FROM information_schema.referential_constraints r
          WHERE r.constraint_schema = k.constraint_schema AND r.table_name = k.table_name AND r.constraint_name = k.constraint_name),
        'ON UPDATE', (SELECT r.update_rule FROM information_schema.referential_constraints r
          WHERE r.constraint_schema = k.constraint_schema AND r.table_name = k.table_name AND r.constraint_name = k.constraint_name)), 0
   FROM information_schema.table_constraints k
   WHERE k.table_schema = database() AND k.constraint_type <> 'CHECK'`,
  `SELECT 'view', NULL, v.table_name, json_object('definition', ${withoutDatabase("v.view_definition")}, 'check', v.check_option), 0
   FROM information_schema.views v WHERE v.table_schema = database()`,
  `SELECT 'trigger', g.event_object_table, g.trigger_name,
      json_object('event', concat(g.action_timing, ' ', g.event_manipulation), 'definition', g.action_statement), 0
   FROM information_schema.triggers g WHERE g.trigger_schema = database()`,
  `SELECT lower(r.routine_type), NULL, r.routine_name, json_object('definition', r.routine_definition, 'returns', r.dtd_identifier), 0
   FROM information_schema.routines r WHERE r.routine_schema = database()`,
];

/** Both servers have these under names of their own; MariaDB's checks are unique in their table alone. */
const mariadbQueries = [
  `SELECT 'constraint', c.table_name, c.constraint_name, json_object('kind', 'CHECK', 'condition', c.check_clause), 0
   FROM information_schema.check_constraints c WHERE c.constraint_schema = database()`,
  indexQuery("s.column_name"),
];
const mysqlQueries = [
  `SELECT 'constraint', k.table_name, k.constraint_name, json_object('kind', 'CHECK', 'condition', c.check_clause,
      'enforced', k.enforced), 0
   FROM information_schema.check_constraints c
   JOIN information_schema.table_constraints k USING (constraint_schema, constraint_name)
   WHERE c.constraint_schema = database() AND k.constraint_type = 'CHECK'`,
  indexQuery("coalesce(s.column_name, s.expression)"),
];

function indexQuery(column: string): string {
  return `SELECT 'index', s.table_name, s.index_name,
      json_object('unique', if(max(s.non_unique) = 0, 'yes', 'no'), 'type', max(s.index_type), 'comment', max(s.index_comment),
        'columns', group_concat(concat(${column}, coalesce(concat('(', s.sub_part, ')'), ''), if(s.collation = 'D', ' DESC', ''))
          ORDER BY s.seq_in_index SEPARATOR ', ')), 0
   FROM information_schema.statistics s WHERE s.table_schema = database() AND s.index_name <> 'PRIMARY'
   GROUP BY s.table_name, s.index_name`;
}

/** https://dev.mysql.com/doc/refman/8.4/en/information-schema.html, https://mariadb.com/kb/en/information-schema-tables/ */
export const readServerSchema: ServerSchemaReader = async (query) => {
  const [row] = await query("SELECT version() AS version");
  const others = row?.["version"]?.includes("MariaDB") === true ? mariadbQueries : mysqlQueries;
  const rows = await query(
    `SELECT kind, owner, name, attributes FROM (${[...queries, ...others].join("\nUNION ALL\n")}) AS objects
     ORDER BY kind, owner, position, name`,
  );
  return rows.map(describedRow);
};
