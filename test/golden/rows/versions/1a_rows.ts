/**
 * rows whose values look like the end of something
 */
import { column, sql, t, type Operations } from "sqlembic";

export const revision = "1a";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  const sample = op.createTable("sample", [
    column("id", t.integer(), { primaryKey: true, autoincrement: false }),
    column("text", t.text()),
    column("bytes", t.largeBinary()),
    column("number", t.double()),
    column("large", t.bigInteger()),
    column("day", t.date()),
    column("moment", t.dateTime()),
    column("flag", t.boolean()),
    column("document", t.json()),
  ]);
  op.bulkInsert(sample, [
    { id: 1, text: "O'Hara", number: 0.1, large: 9223372036854775807n, flag: true, document: { it: "isn't" } },
    { id: 2, text: "back\\slash\\", number: 1e300, large: -9223372036854775808n, flag: false, document: ["\\", "\n"] },
    { id: 3, text: "two\nlines\r\nand\ta tab", number: -0.5, large: 0n, flag: null, document: null },
    { id: 4, text: "-- no comment /* ; $$", number: 5, large: 1n, flag: true, document: { 漢: "😀" } },
    { id: 5, text: "😀 \u2028 %s :name ? @x", number: null, large: null, flag: null, document: 3 },
  ]);
  op.bulkInsert(sample, [
    {
      id: 6,
      bytes: Buffer.from("00ff27225c0d0a", "hex"),
      day: new Date("2024-02-29"),
      moment: new Date("2024-02-29T23:59:58Z"),
    },
    { id: 7, bytes: Buffer.alloc(0), day: null, moment: null },
  ]);
  op.execute(sql`UPDATE sample SET text = ${"it's"} WHERE id = ${4} AND text <> ${"\\"}`);
  op.execute({ sql: "DELETE FROM sample WHERE id = ? AND text = ?", parameters: [5, "nothing: '?'"] });
}

export function downgrade(op: Operations): void {
  op.execute("DELETE FROM sample");
  op.dropTable("sample");
}
