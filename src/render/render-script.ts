import { createHash } from "node:crypto";
import { textOf, type Fragment, type Script } from "../compiler/script/text.js";

/** The text of a script: its header, and its fragments one below the other with an empty line between them. */
export function renderScript({ fragments, header }: Script): string {
  let body = "";
  for (let position = 0; position < fragments.length; position++) {
    const { text, tight } = fragments[position] as Fragment; // by its place: a large script has many
    if (position > 0) body += tight === true ? "\n" : "\n\n";
    body += textOf(text);
  }
  if (fragments.length > 0) body += "\n";
  if (header === undefined) return body;
  const below = `\n${body}`;
  const lines = header(createHash("sha256").update(below, "utf8").digest("hex"));
  return `${lines.join("\n")}\n${below}`;
}
