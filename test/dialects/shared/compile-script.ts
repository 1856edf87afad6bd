import fc from "fast-check";
import { compileRange, type CompileRangeOptions, type Operations } from "../../../src/index.js";
import type { Config } from "../../../src/config/config.js";
import { resolveConfig } from "../../../src/config/resolve.js";
import type { ScriptStep } from "../../../src/compiler/script/model.js";
import { sql } from "../../../src/schema/expressions.js";

type Body = (op: Operations) => void;

/** A revision of a history that exists for one test. */
export interface TestRevision {
  readonly id: string;
  readonly follows?: readonly string[];
  readonly message?: string;
  readonly upgrade?: Body;
  readonly downgrade?: Body;
}

/** The script of a range of a history. */
export async function compileScript(
  config: Config,
  revisions: readonly TestRevision[],
  range = "heads",
  options: CompileRangeOptions = {},
): Promise<string> {
  const project = {
    config: resolveConfig(config, { file: "sqlembic.config.ts" }),
    revisions: revisions.map(({ id, follows = [], message = "" }) => ({
      revision: id,
      downRevisions: follows,
      dependsOn: [],
      branchLabels: [],
      message,
      documentation: message,
      file: `versions/${id}.ts`,
    })),
    bodyOf: ({ revision }: { readonly revision: string }) => {
      const { upgrade = () => undefined, downgrade = () => undefined } =
        revisions.find(({ id }) => id === revision) ?? {};
      return Promise.resolve({ upgrade, downgrade });
    },
  };
  return (await compileRange(project, range, options)).script;
}

/** A revision that is one text of an author, as a layout gets it. */
export function stepOfText(text: string): ScriptStep {
  const operation = { kind: "execute", origin: undefined, statement: sql.raw(text) } as const;
  const names = { revision: "a1", message: "", documentation: "", file: "versions/a1.ts" };
  return {
    planned: {
      direction: "upgrade",
      revision: { ...names, downRevisions: [], dependsOn: [], branchLabels: [] },
      rowsBefore: [],
      rowsAfter: ["a1"],
      versionRowChanges: [{ change: "insert", version: "a1" }],
      from: [],
      to: ["a1"],
    },
    revision: "a1",
    title: "Running upgrade  -> a1",
    statements: [{ sql: text, operation, autocommit: false, isAuthored: true }],
    versionRows: [],
  };
}

/** The script without the comments at its beginning. */
export function bodyOf(script: string): string {
  return script.slice(script.indexOf("\n\n") + 2);
}

/** Texts made of what clients act on: commands, ends of strings and of comments, variables. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."' '' \" [ ] ]' }' >' )' !' |' ~' ^' q'[ N' ; -- /* */ $( $(x) & &x && - / . # ! : @ ? %".split(" "),
        ..."go GO exit quit reset ed !!ls :r on\terror GO\t3 END CATCH BEGIN TRY a é 😀 \\".split(" "),
      ),
      fc.constantFrom(
        "\n",
        "\n\n",
        "\n/\n",
        "\n.\n",
        "\ngo\n",
        "\n  GO 2\n",
        "\n#",
        "-\n",
        "\nquit",
        "\nreset ",
        "\r\n",
        "\t",
        " ",
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));
