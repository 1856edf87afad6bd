import type { Reporter, TestModule, Vitest } from "vitest/node";
import type { Unparsed } from "./statements.js";
import { unparsedStatements } from "./unparsed-statements.js";

function isWhole(modules: readonly TestModule[], vitest: Vitest | undefined, specifications: number): boolean {
  return (
    modules.length === specifications &&
    vitest?.config.testNamePattern === undefined &&
    modules.every((module) => module.ok())
  );
}

/**
 * Ends a run by saying which statements only the servers could parse. When all tests ran, an entry of the list that
 * none of them needs is an error, so that the list stays true.
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
      console.log(`Statements that node-sql-parser does not know: ${statements}, of ${shapes} shapes`);
      if (servers.length > 0) console.log(`  ${statements - alone} were accepted by ${servers.sort().join(" and ")}`);
      if (alone > 0) {
        const dialects = [...new Set(unasked.map(({ dialect }) => dialect))].sort().join(" and ");
        console.log(`  ${alone} were shown to no server, since none is here: ${dialects}`);
      }
    }
    const specifications = await this.#vitest?.globTestSpecifications();
    if (!isWhole(modules, this.#vitest, specifications?.length ?? 0)) return;
    const used = new Set(unparsed.map(({ shape }) => shape));
    const unused = unparsedStatements.filter(({ shape }) => !used.has(shape));
    if (unused.length === 0) return;
    const lines = unused.map(({ shape, dialects }) => `  ${shape} (${dialects.join(", ")})`);
    console.error(`\ntest/parse-everything/unparsed-statements.ts lists what no test needs:\n${lines.join("\n")}\n`);
    process.exitCode = 1;
  }
}
