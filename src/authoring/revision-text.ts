import type { Revision } from "../history/revision.js";
import { FileError } from "../errors.js";
import type { Template } from "../render/templates.js";
import type { RevisionBodies } from "./bodies.js";

/** What a new revision has that does nothing yet: the line that imports what somebody will write there. */
export function emptyBodies(imports: string): RevisionBodies {
  return { imports, upgradeBody: "{}", downgradeBody: "{}" };
}

/**
 * The text of a revision file, as its template lays it out.
 *
 * @param createDate the moment of its making, as text
 * @throws FileError when the template wants what there is not
 */
export function revisionText(
  revision: Revision,
  { imports, upgradeBody, downgradeBody }: RevisionBodies,
  createDate: string,
  template: Template,
): string {
  const { revision: identifier, downRevisions, branchLabels, dependsOn, message } = revision;
  const values = {
    comment: commentLines(message),
    message: message.replaceAll("*/", "* /"),
    revision: identifier,
    revises: downRevisions.length === 0 ? "<base>" : downRevisions.join(", "),
    createDate,
    imports,
    revisionLiteral: JSON.stringify(identifier),
    downRevisionLiteral: literal(downRevisions),
    branchLabelsLiteral: literal(branchLabels),
    dependsOnLiteral: literal(dependsOn),
    upgradeBody,
    downgradeBody,
  };
  try {
    return template(values);
  } catch (cause) {
    throw new FileError("unreadable-template", `The revision template cannot be filled in: ${problemOf(cause)}`, {
      hint: `It may use ${Object.keys(values).join(", ")}.`,
    });
  }
}

function problemOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** The lines of a doc comment, which nothing in a message can end. */
function commentLines(message: string): string {
  return message
    .trim()
    .replaceAll("*/", "* /")
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => ` * ${line.replace(/\p{Cc}/gu, " ")}`.trimEnd())
    .join("\n");
}

function literal(values: readonly string[]): string {
  const [first, ...others] = values;
  if (first === undefined) return "null";
  return others.length === 0 ? JSON.stringify(first) : `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

/** The date of a revision, in the time zone of the project or, without one, of the machine. */
export function dateText(date: Date, timeZone: string | undefined): string {
  // The Swedish form is the ISO one.
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone });
  return timeZone === undefined ? format.format(date) : `${format.format(date)} ${timeZone}`;
}
