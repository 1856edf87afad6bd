import { normaliseSql } from "../../src/catalog/normalise.js";
import type { DescribedObject } from "../../src/catalog/description.js";
import { describedRow, type ServerQuery, type ServerSchemaReader } from "../../src/compiler/server-schema.js";

const userObjects = `m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

const queries = [
  `SELECT 'column' AS kind, m.name AS owner, c.name AS name,
      json_object('type', upper(c.type), 'NULL', CASE WHEN c."notnull" OR c.pk > 0 THEN 'not allowed' ELSE 'allowed' END,
        'default', c.dflt_value, 'computed', CASE c.hidden WHEN 2 THEN 'virtual' WHEN 3 THEN 'stored' END) AS attributes,
      c.cid AS position
   FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND ${userObjects}`,
  `SELECT 'constraint', m.name, 'PRIMARY KEY', json_object('kind', 'PRIMARY KEY', 'columns', (SELECT group_concat(name, ', ')
      FROM (SELECT c.name FROM pragma_table_xinfo(m.name) c WHERE c.pk > 0 ORDER BY c.pk))), 0
   FROM sqlite_master m WHERE m.type = 'table' AND ${userObjects}
     AND EXISTS (SELECT 1 FROM pragma_table_xinfo(m.name) c WHERE c.pk > 0)`,
  `SELECT 'constraint', m.name, 'FOREIGN KEY (' || f.columns || ')', json_object('kind', 'FOREIGN KEY', 'columns', f.columns,
      'target', f."table" || ' (' || f.targets || ')', 'ON DELETE', nullif(f.on_delete, 'NO ACTION'),
      'ON UPDATE', nullif(f.on_update, 'NO ACTION')), 0
   FROM sqlite_master m, (SELECT m2.name AS owner, k.id, k."table", k.on_delete, k.on_update,
        group_concat(k."from", ', ') AS columns, group_concat(coalesce(k."to", ''), ', ') AS targets
      FROM sqlite_master m2, pragma_foreign_key_list(m2.name) k WHERE m2.type = 'table' GROUP BY m2.name, k.id) f
   WHERE m.type = 'table' AND f.owner = m.name AND ${userObjects}`,
  `SELECT 'constraint', m.name, 'UNIQUE (' || i.columns || ')', json_object('kind', 'UNIQUE', 'columns', i.columns), 0
   FROM sqlite_master m, (SELECT m2.name AS owner, l.name, (SELECT group_concat(x.name, ', ')
        FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno) x) AS columns
      FROM sqlite_master m2, pragma_index_list(m2.name) l WHERE m2.type = 'table' AND l.origin = 'u') i
   WHERE m.type = 'table' AND i.owner = m.name AND ${userObjects}`,
];

/** The text between a parenthesis and the one that closes it, beginning at the first one behind a position. */
function enclosed(text: string, from: number): string {
  const start = text.indexOf("(", from);
  let depth = 0;
  for (const match of text.slice(start).matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    if (match[0] === "(") depth += 1;
    if (match[0] === ")") depth -= 1;
    if (depth === 0) return text.slice(start + 1, start + match.index);
  }
  return text.slice(start + 1);
}

/** The name behind CONSTRAINT, as the next clause has it. */
const nameBefore = `(?:CONSTRAINT\\s+("(?:[^"]|"")*"|\\S+)\\s+)?`;

/** What no pragma tells of a table: checks, names of constraints, computed columns and table options stand in its text. */
function fromText(table: string, sql: string): readonly DescribedObject[] {
  const objects: DescribedObject[] = [];
  // strings are masked, so that words in them are not taken for clauses; the length stays
  const masked = sql.replace(/'(?:[^']|'')*'/g, (text) => `'${"x".repeat(text.length - 2)}'`);
  for (const match of masked.matchAll(new RegExp(`${nameBefore}\\bCHECK\\s*\\(`, "gi"))) {
    const condition = normaliseSql(enclosed(sql, match.index + match[0].length - 1));
    const name = match[1] === undefined ? `CHECK (${condition})` : normaliseSql(match[1]);
    objects.push({ kind: "constraint", table, name, attributes: { kind: "CHECK", condition } });
  }
  const names = [
    ...masked.matchAll(/CONSTRAINT\s+("(?:[^"]|"")*"|\S+)\s+(PRIMARY KEY|UNIQUE|FOREIGN KEY)\s*(?=\()/gi),
  ].map((match) => {
    const columns = normaliseSql(enclosed(sql, match.index + match[0].length));
    return `${(match[2] ?? "").toUpperCase()} ${columns}: ${normaliseSql(match[1] ?? "")}`;
  });
  const computed = [...masked.matchAll(/GENERATED\s+ALWAYS\s+AS\s*(?=\()/gi)].map((match) =>
    normaliseSql(enclosed(sql, match.index + match[0].length)),
  );
  const options = masked.slice(masked.lastIndexOf(")") + 1).trim();
  const attributes = {
    ...(names.length > 0 && { "names of constraints": names.sort().join("; ") }),
    ...(computed.length > 0 && { "computed columns": computed.join("; ") }),
    ...(options !== "" && { options: options.toUpperCase() }),
    ...(/\bAUTOINCREMENT\b/i.test(masked) && { counting: "AUTOINCREMENT" }),
  };
  return [{ kind: "table", name: table, attributes }, ...objects];
}

/** Everything whose text is all that there is of it. */
async function textObjects(query: ServerQuery): Promise<readonly DescribedObject[]> {
  const rows = await query(
    `SELECT m.type AS type, m.name AS name, m.tbl_name AS owner, m.sql AS sql FROM sqlite_master m
     WHERE m.sql IS NOT NULL AND ${userObjects} ORDER BY m.type, m.name`,
  );
  return rows.flatMap(({ type, name, owner, sql }): readonly DescribedObject[] => {
    const definition = normaliseSql(sql ?? "");
    if (type === "table") return fromText(name ?? "", sql ?? "");
    if (type === "view") return [{ kind: "view", name: name ?? "", attributes: { definition } }];
    return [{ kind: type as "index" | "trigger", table: owner ?? "", name: name ?? "", attributes: { definition } }];
  });
}

/** https://sqlite.org/pragma.html#pragfunc and https://sqlite.org/schematab.html */
export const readServerSchema: ServerSchemaReader = async (query) => {
  const rows = await query(
    `SELECT kind, owner, name, attributes FROM (${queries.join("\nUNION ALL\n")}) ORDER BY kind, owner, position, name`,
  );
  return [...rows.map(describedRow), ...(await textObjects(query))];
};
