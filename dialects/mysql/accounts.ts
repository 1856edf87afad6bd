import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";

/** `user@host`, its parts quoted each for itself: https://dev.mysql.com/doc/refman/8.4/en/account-names.html */
export function account(name: Name, context: RenderContext): string {
  const text = nameText(name);
  if (/^public$/i.test(text)) return "PUBLIC";
  const at = text.lastIndexOf("@");
  if (at < 1) return context.name(name);
  const [user, host] = [text.slice(0, at), text.slice(at + 1)];
  return `${context.name(user)}@${context.dialect.identifiers.quote(host)}`;
}

/** The account with whose privileges a view or a trigger runs. */
export function definerText(definer: string | undefined, context: RenderContext): string {
  return definer === undefined ? "" : `DEFINER = ${account(definer, context)}`;
}
