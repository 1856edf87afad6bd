import { nameText, sameName } from "../../schema/names.js";
import { sql } from "../../schema/expressions.js";
import { isType, rawType, SqlType } from "../../schema/types/type.js";
import type { TableName } from "../body-references.js";
import type { Catalog } from "../catalog.js";
import { enumTypeOf } from "../enums.js";
import { writtenText } from "../written-text.js";
import { withMention, type Subject } from "./mentions.js";
import { otherWithTexts } from "./other-texts.js";
import { objectWithTexts, tableWithTexts, type TrackedChange } from "./tracked-texts.js";

/** The catalog with the texts and types changed that the server keeps by what they mention. */
function withTrackedTexts(catalog: Catalog, change: TrackedChange): Catalog {
  const rules = catalog.rules.dependents;
  if (rules?.tracksMentions !== true) return catalog;
  let result = catalog;
  for (const table of catalog.tables.values()) {
    const changed = tableWithTexts(table, change);
    if (changed !== table) result = result.withTable(changed);
  }
  for (const object of catalog.objects.values()) {
    const changed = objectWithTexts(object, change, rules);
    if (changed !== object) result = result.withObject(changed);
  }
  for (const object of catalog.others.values()) {
    const changed = otherWithTexts(object, change);
    if (changed !== object) result = result.withOther(changed);
  }
  return result;
}

type Target = Pick<Subject, "schema" | "name">;

/** A type that is the subject, under the subject's new name; any other as it is. */
function followedType(type: SqlType, subject: Subject, to: Target): SqlType {
  if (isType(type, "raw")) {
    const before = sql.raw(type.parameters.text);
    const after = withMention(before, subject, to, "result");
    return after === before ? type : rawType(writtenText(after));
  }
  if (subject.kind !== "type" || to.name === undefined) return type;
  const name = nameText(to.name);
  const schema = to.schema === undefined ? undefined : nameText(to.schema);
  const isSubject = (found: Pick<TableName, "name"> & Partial<TableName>): boolean =>
    sameName(found.name, subject.name) && sameName(found.schema, subject.schema);
  if (isType(type, "DOMAIN") && isSubject(type.parameters)) {
    return new SqlType("DOMAIN", { name, schema }, type.variants);
  }
  const found = enumTypeOf(type);
  if (found === undefined || !isType(type, "enum") || !isSubject(found)) return type;
  return new SqlType("enum", { ...type.parameters, name, schema }, type.variants);
}

/** The catalog in which all texts mention a subject by its new name or in its new schema, where the server follows it. */
export function withMentionsOf(catalog: Catalog, subject: Subject, to: Target): Catalog {
  return withTrackedTexts(catalog, {
    text: (text, kind) => withMention(text, subject, to, kind),
    type: (type) => followedType(type, subject, to),
  });
}
