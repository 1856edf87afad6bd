/**
 * all generic types
 */
import { column, mysql, postgresql, t, type Operations } from "sqlembic";

export const revision = "1a";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Operations): void {
  op.createTable("every_type", [
    column("id", t.bigInteger().withVariant(t.integer(), "sqlite"), { primaryKey: true }),
    column("small", t.smallInteger()),
    column("number", t.integer()),
    column("exact", t.numeric(10, 2)),
    column("approximate", t.float()),
    column("double", t.double()),
    column("name", t.string(50)),
    column("text", t.text()),
    column("unicode", t.unicode(20)),
    column("unicode_text", t.unicodeText()),
    column("flag", t.boolean()),
    column("day", t.date()),
    column("moment", t.dateTime()),
    column("moment_of_the_world", t.dateTime({ timezone: true })),
    column("hour", t.time()),
    column("duration", t.interval()),
    column("bytes", t.largeBinary()),
    column("mood", t.enum(["sad", "ok", "it's fine"], { name: "mood" })),
    column("document", t.json()),
    column("document_or_text", t.text().withVariant(postgresql.JSONB(), "postgresql")),
    column("tiny", t.smallInteger().withVariant(mysql.TINYINT(1, { unsigned: true }), "mysql")),
    column("identifier", t.uuid()),
    column("exact_name", t.VARCHAR(30)),
    column("exact_number", t.DECIMAL(12, 4)),
  ]);
}

export function downgrade(op: Operations): void {
  op.dropTable("every_type");
}
