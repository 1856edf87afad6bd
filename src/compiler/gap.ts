import type { SqlembicError } from "../errors.js";
import type { OperationNode } from "../operations/index.js";
import type { Step } from "../history/revision.js";
import { sql } from "../schema/expressions.js";
import { catalogFreeContext, type CompileSettings } from "./compile.js";
import { ReplayPoint, type ReplayState } from "./replay.js";
import { asciiText, oneLine } from "./script/comments.js";
import type { CompiledStep } from "./step-compiler.js";

/** What stands in the place of a step that could not be compiled, said to whoever runs the script. */
function refusal({ direction, revision }: Step): string {
  return `the ${direction} of revision ${revision.revision} is missing here: it could not be compiled`;
}

/** The place after a step of which nothing is known: it may have changed everything. */
function stateOfUnknown({ direction, revision }: Step, { origin }: SqlembicError, state: ReplayState): ReplayState {
  const because = { sql: `the ${direction} of revision ${revision.revision}, which could not be compiled`, origin };
  const unknownAfter = (point: ReplayPoint): ReplayPoint =>
    ReplayPoint.start(() => point.catalog.withUnknown(["*"], because));
  return { whole: unknownAfter(state.whole), shown: unknownAfter(state.shown), history: state.history };
}

/** A step whose statements make the script refuse to run there, and the place after it. */
export function refusingStep(
  step: Step,
  failure: SqlembicError,
  state: ReplayState,
  settings: CompileSettings,
): { readonly compiled: CompiledStep; readonly after: ReplayState } {
  const { dialect } = settings;
  const context = catalogFreeContext(settings);
  const { origin, message } = failure;
  const where = origin === undefined ? step.revision.file : `${origin.file}:${origin.line}`;
  const comments = [
    `A GAP: ${refusal(step)} (${where}).`,
    oneLine(message),
    "Put what the revision does in the place of the statements that refuse to run.",
  ];
  const texts = dialect.script.refuse(refusal(step), (text) => context.literal(text));
  const statements = texts.map((text, position) => {
    const operation: OperationNode = { kind: "execute", origin, statement: sql.raw(text) };
    const statement = { sql: text, operation, autocommit: false, isAuthored: false };
    if (position > 0) return statement;
    return { ...statement, comments: settings.ascii === true ? comments.map(asciiText) : comments };
  });
  return { compiled: { step, operations: [], statements, failure }, after: stateOfUnknown(step, failure, state) };
}
