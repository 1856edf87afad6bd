import { spawn } from "node:child_process";
import { afterAll, describe, test } from "vitest";
import type { ClientResult } from "../client.js";
import type { Engine, EngineName } from "../engine.js";

/**
 * What can go wrong while a script is applied, against how its client is set: one cell for each pair, a test for each
 * cell, and the whole as a table when all have run.
 *
 * @example
 * const matrix = new FaultMatrix("postgresql", engine, "guarded", ["psql", "psql -v ON_ERROR_STOP=1"]);
 * matrix.fault("applied twice", async (setting) => { …; return "refused, exit 3"; });
 */
export class FaultMatrix<Setting extends string> {
  readonly #cells = new Map<string, Map<Setting, string>>();
  readonly #faults: { readonly fault: string; readonly body: (setting: Setting) => Promise<string> }[] = [];

  constructor(
    readonly engineName: EngineName,
    /** Undefined where nothing answers: then all cells are skipped. */
    readonly engine: Engine | undefined,
    readonly layout: string,
    readonly settings: readonly Setting[],
  ) {}

  /** Adds a row. The body throws when the fault did harm, and says in a few words what happened otherwise. */
  fault(fault: string, body: (setting: Setting) => Promise<string>): void {
    this.#faults.push({ fault, body });
  }

  /** Makes the tests of all cells, which run beside each other, and prints the matrix after them. */
  run(): void {
    const { engine, engineName, layout, settings } = this;
    describe(`faults, ${layout} scripts on ${engineName}`, () => {
      for (const { fault, body } of this.#faults) {
        for (const setting of settings) {
          const options = { meta: { engine: engineName }, skip: engine === undefined, timeout: 300_000 };
          test.concurrent(`${fault}, ${setting}`, options, async () => {
            this.#note(fault, setting, "HARM");
            this.#note(fault, setting, await body(setting));
          });
        }
      }
      afterAll(() => {
        if (engine !== undefined) console.log(`\n${this.toString()}\n`);
      });
    });
  }

  #note(fault: string, setting: Setting, outcome: string): void {
    const row = this.#cells.get(fault) ?? new Map<Setting, string>();
    this.#cells.set(fault, row.set(setting, outcome));
  }

  /** The matrix as a Markdown table. */
  toString(): string {
    const rows = [
      [`${this.engine?.title ?? this.engineName}, ${this.layout}`, ...this.settings],
      ...this.#faults.map(({ fault }) => [
        fault,
        ...this.settings.map((setting) => this.#cells.get(fault)?.get(setting) ?? "not run"),
      ]),
    ];
    const widths = [0, ...this.settings.map((_, index) => index + 1)].map((column) =>
      Math.max(...rows.map((row) => row[column]?.length ?? 0)),
    );
    const line = (row: readonly string[]): string =>
      `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
    const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
    return rows.map((row, index) => (index === 0 ? `${line(row)}\n${rule}` : line(row))).join("\n");
  }
}

/** Every beginning of a script that ends with a line, the empty one included and the whole one left out. */
export function cutAtEveryLine(script: string): readonly string[] {
  const lines = script.split(/(?<=\n)/);
  return lines.map((_, count) => lines.slice(0, count).join(""));
}

/** Numbers from 0 to 1, the same for the same seed; `SQLEMBIC_TEST_SEED` gives others. */
export function randomNumbers(seed = Number(process.env["SQLEMBIC_TEST_SEED"] ?? 1)): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface KilledClient extends ClientResult {
  /** Whether the client was still running when it was killed. */
  readonly killed: boolean;
}

/** Runs a client and kills it with SIGKILL after some milliseconds, when it has not ended by itself. */
export function runAndKill(
  program: string,
  parameters: readonly string[],
  milliseconds: number,
  options: { readonly input?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<KilledClient> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env: { ...process.env, ...options.environment } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({
        exitCode: code ?? 137,
        killed: signal === "SIGKILL",
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      });
    });
  });
}
