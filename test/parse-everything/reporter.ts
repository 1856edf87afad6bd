import type { Reporter, TestModule, Vitest } from "vitest/node";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { misreadTexts } from "./misread-texts.js";
import type { Unparsed } from "./statements.js";
import { unparsedStatements } from "./unparsed-statements.js";

function isWhole(modules: readonly TestModule[], vitest: Vitest | undefined, specifications: number): boolean {
  return (
    modules.length === specifications &&
    vitest?.config.testNamePattern === undefined &&
    modules.every((module) => module.ok())
  );
}

interface Entry {
  readonly shape: string;
  readonly dialects: readonly DialectName[];
}

const lists: Readonly<Record<string, readonly Entry[]>> = {
  "unparsed-statements.ts": unparsedStatements,
  "misread-texts.ts": misreadTexts.map(({ shape, dialect }) => ({ shape, dialects: [dialect] })),
};

/** What of a list no test needed. */
function unusedIn(list: readonly Entry[], unparsed: readonly Unparsed[]): readonly string[] {
  return list
    .filter(({ shape, dialects }) => !unparsed.some((used) => used.shape === shape && dialects.includes(used.dialect)))
    .map(({ shape, dialects }) => `  ${shape} (${dialects.join(", ")})`);
}

/**
 * Ends a run by saying which statements the grammars did not understand. When all tests ran, an entry of the lists that
 * none of them needs is an error, so that the lists stay true.
 */
export default class ParseEverythingReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const unparsed = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test): readonly Unparsed[] => test.meta().unparsed ?? []),
    );
    const count = (what: Iterable<string>): number => new Set(what).size;
    const statements = count(unparsed.map(({ dialect, sql }) => `${dialect} ${sql}`));
    const unasked = unparsed.filter(({ acceptedBy }) => acceptedBy === undefined);
    if (statements > 0) {
      const shapes = count(unparsed.map(({ shape }) => shape));
      const alone = count(unasked.map(({ dialect, sql }) => `${dialect} ${sql}`));
      const servers = [...new Set(unparsed.map(({ acceptedBy }) => acceptedBy ?? ""))].filter((name) => name !== "");
      console.log(`Statements that no grammar here knows as they are: ${statements}, of ${shapes} shapes`);
      if (servers.length > 0) console.log(`  ${statements - alone} were accepted by ${servers.sort().join(" and ")}`);
      if (alone > 0) {
        const dialects = [...new Set(unasked.map(({ dialect }) => dialect))].sort().join(" and ");
        console.log(`  ${alone} were read without the text that is listed, since no server is here: ${dialects}`);
      }
    }
    const specifications = await this.#vitest?.globTestSpecifications();
    if (!isWhole(modules, this.#vitest, specifications?.length ?? 0)) return;
    for (const [file, list] of Object.entries(lists)) {
      const unused = unusedIn(list, unparsed);
      if (unused.length === 0) continue;
      console.error(`\ntest/parse-everything/${file} lists what no test needs:\n${unused.join("\n")}\n`);
      process.exitCode = 1;
    }
  }
}
