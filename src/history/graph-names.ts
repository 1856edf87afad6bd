import { RevisionError } from "../errors.js";

/** Words of the selection language, which therefore name no revision. */
const reservedNames: ReadonlySet<string> = new Set(["head", "heads", "base", "current"]);

/**
 * `@`, `:`, `+` and `-` are the signs of `label@head`, `start:end`, `+2` and `head-1`; the comma separates several
 * starting heads.
 */
const forbiddenInIdentifiers = ["@", "-", "+", ":", ","];
const forbiddenInLabels = ["@", ":", ","];

/** The problem with a revision identifier or branch label that no command line could select; undefined when fine. */
export function checkName(
  kind: "revision identifier" | "branch label",
  name: string,
  file: string,
): RevisionError | undefined {
  const data = { name, file };
  if (name.trim() !== name || name === "") {
    return new RevisionError(
      "invalid-revision-name",
      `The ${kind} "${name}" in ${file} is empty or has outer spaces.`,
      {
        hint: "Use letters, digits and underscores.",
        data,
      },
    );
  }
  if (reservedNames.has(name)) {
    return new RevisionError("invalid-revision-name", `The ${kind} "${name}" in ${file} is a reserved word.`, {
      hint: `${[...reservedNames].join(", ")} have a meaning of their own on the command line: choose another name.`,
      data,
    });
  }
  const forbidden = kind === "branch label" ? forbiddenInLabels : forbiddenInIdentifiers;
  const found = forbidden.filter((character) => name.includes(character));
  if (found.length === 0) return undefined;
  return new RevisionError(
    "invalid-revision-name",
    `The ${kind} "${name}" in ${file} has ${found.map((character) => `"${character}"`).join(", ")}, which no ${kind} may have.`,
    { hint: "Use letters, digits and underscores.", data },
  );
}

/** Names shorter than this are only matched as a whole: Alembic's rule. */
const shortestPartialMatch = 4;

/** The names that a partial identifier can stand for. */
export function matchName<Node>(
  partial: string,
  names: Iterable<readonly [name: string, node: Node]>,
): (readonly [name: string, node: Node])[] {
  const matches: (readonly [string, Node])[] = [];
  for (const entry of names) {
    if (entry[0].length >= shortestPartialMatch && entry[0].startsWith(partial)) matches.push(entry);
  }
  return matches;
}
