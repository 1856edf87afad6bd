import { sql } from "../../schema/expressions.js";
import { nameText } from "../../schema/names.js";
import { classesOf, type OtherClass, type OtherObject } from "../../schema/other-objects.js";
import { writtenText } from "../written-text.js";
import { mentions, type Subject } from "./mentions.js";
import type { TrackedChange } from "./tracked-texts.js";

/** What is said of something, and goes with it: it keeps nothing from being dropped. */
const notes: readonly OtherClass[] = ["comment", "security label", "dependency"];

/** Classes whose texts name routines and types without calling them: `SFUNC = add`. */
const naming: readonly OtherClass[] = [...classesOf("types"), ...classesOf("programs"), "event trigger"];

function hasWord(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w$])`, "i").test(text);
}

/** Whether what is known by its text alone cannot be without a routine or a type. */
export function otherUses(object: OtherObject, subject: Subject): boolean {
  const { name } = subject;
  if (notes.includes(object.class) || subject.kind === "relation" || name === undefined) return false;
  return object.content.statements.some((text) =>
    naming.includes(object.class) ? hasWord(text, nameText(name)) : mentions(sql.raw(text), subject, "expression"),
  );
}

/** What is known by its text alone, after a change of the names that this mentions. */
export function otherWithTexts(object: OtherObject, change: TrackedChange): OtherObject {
  const statements = object.content.statements.map((text) => {
    const before = sql.raw(text);
    const after = change.text(before, "expression");
    return after === before ? text : writtenText(after);
  });
  const isSame = statements.every((text, place) => text === object.content.statements[place]);
  return isSame ? object : { ...object, content: { ...object.content, statements } };
}
