/** A name as dumps write it, with or without its schema and quotes. */
function named(name: string): string {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return `(?:["\`[]?[\\w$]+["\`\\]]?\\.)?["\`[]?${escaped}["\`\\]]?`;
}

/**
 * The rows of the version table that a dump has among its data: INSERT statements, or the COPY of pg_dump.
 *
 * @returns undefined when the dump has no data of that table
 * @example dumpedRows("INSERT INTO `alembic_version` VALUES ('ae1027a6acf');", "alembic_version") // ["ae1027a6acf"]
 */
export function dumpedRows(dump: string, versionTable: string): readonly string[] | undefined {
  const table = named(versionTable);
  const copy = new RegExp(`^COPY ${table} \\(([^)]*)\\) FROM stdin;\\r?\\n((?:.*\\n)*?)\\\\\\.\\r?$`, "im").exec(dump);
  if (copy !== null) {
    const [, columns = "", lines = ""] = copy;
    const place = columns.split(",").findIndex((column) => column.trim().replaceAll('"', "") === "version_num");
    return lines.split(/\r?\n/).flatMap((line) => (line === "" ? [] : (line.split("\t")[Math.max(place, 0)] ?? [])));
  }
  const insert = new RegExp(`^INSERT INTO ${table}\\s*(?:\\([^)]*\\)\\s*)?VALUES\\s*([^;]*);`, "gim");
  const values = [...dump.matchAll(insert)].map(([, given = ""]) => given);
  if (values.length === 0) return undefined;
  return values.flatMap((text) => [...text.matchAll(/\(\s*N?'([^']*)'/g)].map(([, row = ""]) => row));
}
