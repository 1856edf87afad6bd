import { OperationError, type Origin } from "../errors.js";
import { oneLine } from "./script/comments.js";

/** What a text of SQL leaves open at its end, or ends that it has not begun. */
export type OpenEnd =
  | "quote"
  | "comment"
  | "line comment"
  | "end of a comment"
  | "inner comment"
  | "parenthesis"
  | "closing parenthesis"
  | "semicolon";

/**
 * Where a text of an author's stands: as a part of a statement, at the end of one or as a whole one, or in quotes, where
 * it is a text in any language.
 */
export type TextPlace = "part" | "end" | "quoted";

const problems: Readonly<Record<OpenEnd, readonly [what: string, hint: string]>> = {
  quote: ["has a quote that is not closed", "Close the quote; inside of it the same quote is written twice."],
  comment: ["has a comment that is not closed", "Close the comment with */."],
  "line comment": [
    "ends with a comment, which would swallow what comes next in its line",
    "Leave the comment out, or write it as /* … */.",
  ],
  "end of a comment": ["ends a comment that it has not begun", "Take */ out, or begin the comment with /*."],
  "inner comment": [
    "has a comment in a comment that is SQL, which the client ends there",
    "Take the inner comment out.",
  ],
  parenthesis: ["has a parenthesis that is not closed", "Close the parenthesis."],
  semicolon: [
    "ends the statement of which it is a part",
    "Take the semicolon out, and give each statement a call of its own, with op.execute.",
  ],
  "closing parenthesis": ["closes a parenthesis that it has not opened", "Take it out, or open it in the same text."],
};

/**
 * Refuses text that would take what stands behind it for its own, or end what stands around it: the server would read
 * another statement than the one that was asked for.
 *
 * @throws OperationError that says what is open
 */
export function refuseOpenEnd(sql: string, open: OpenEnd | undefined, place: TextPlace, origin?: Origin): void {
  if (open === undefined || place === "quoted") return;
  // what ends a statement stands in a line of its own
  if (place === "end" && (open === "line comment" || open === "semicolon")) return;
  const [what, hint] = problems[open];
  const text = oneLine(sql);
  throw new OperationError("unfinished-sql", `This SQL ${what}: ${text.slice(0, 80)}`, {
    origin,
    hint,
    data: { open, sql },
  });
}
