import { describe, expect, it } from "vitest";
import { mysql, t } from "../../src/index.js";
import { lostByRetyping } from "../../src/facts/retyping.js";
import type { SqlType } from "../../src/schema/types/type.js";

describe("a change of type", () => {
  it.each<[string, SqlType, SqlType]>([
    ["longer text", t.string(20), t.string(40)],
    ["text without limit", t.string(20), t.text()],
    ["text of anything", t.integer(), t.text()],
    ["a larger number", t.integer(), t.bigInteger()],
    ["enough digits", t.integer(), t.numeric(12, 2)],
    ["more digits", t.numeric(10, 2), t.numeric(12, 4)],
    ["a moment of a date", t.date(), t.dateTime()],
    ["a time zone", t.dateTime(), t.dateTime({ timezone: true })],
    ["more enum values", t.enum(["a"]), t.enum(["a", "b"])],
    ["the same by its exact name", t.uuid(), t.UUID()],
  ])("loses nothing to %s", (_title, from, to) => {
    expect(lostByRetyping(from, to)).toBeUndefined();
  });

  it.each<[string, SqlType, SqlType]>([
    ["values longer than 20 characters", t.string(40), t.string(20)],
    ["values longer than 20 characters", t.text(), t.VARCHAR(20)],
    ["values longer than 5 characters", t.integer(), t.string(5)],
    ["values that do not fit into 2 bytes", t.integer(), t.smallInteger()],
    ["values that do not fit into one byte", t.smallInteger(), mysql.TINYINT()],
    ["values of more than 5 digits", t.integer(), t.numeric(7, 2)],
    ["values of more than 6 digits before the point", t.numeric(10, 2), t.numeric(8, 2)],
    ["digits behind the 1. place behind the point", t.numeric(10, 2), t.numeric(9, 1)],
    ["digits behind the point", t.numeric(10, 2), t.integer()],
    ["digits beyond the precision", t.numeric(10, 2), t.float()],
    ["the value b", t.enum(["a", "b"]), t.enum(["a"])],
    ["times of day", t.dateTime(), t.date()],
    ["time zones", t.dateTime({ timezone: true }), t.dateTime()],
    ["values that integer cannot hold", t.text(), t.integer()],
  ])("loses %s", (lost, from, to) => {
    expect(lostByRetyping(from, to)?.text).toBe(lost);
  });

  it.each<["values" | "precision", SqlType, SqlType]>([
    ["values", t.string(40), t.string(20)],
    ["values", t.numeric(10, 2), t.numeric(8, 1)],
    ["precision", t.numeric(10, 2), t.numeric(9, 1)],
    ["precision", t.dateTime(), t.date()],
  ])("takes %s away, or a part of each", (takes, from, to) => {
    expect(lostByRetyping(from, to)?.takes).toBe(takes);
  });
});
