import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { setImmediate } from "node:timers/promises";

/** A line that stands behind each answer. */
const endMark = "-- end of the answer --";

/** The client of a server, as it is called to stay open. */
export interface SessionClient {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What makes the client print a text as it is. */
  print(text: string): string;
}

/**
 * A client that stays open, for what a test itself asks and does: to start one for each question costs more than the
 * questions do. It does not keep this process alive, and ends with it.
 */
export class Session {
  readonly #client: ChildProcessWithoutNullStreams;
  #answer = "";
  #problems = "";
  #end: Error | undefined;
  #arrived: (() => void) | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(readonly kind: SessionClient) {
    const { program, parameters, environment = {} } = kind;
    this.#client = spawn(program, parameters, { env: { ...process.env, ...environment } });
    const { stdin, stdout, stderr } = this.#client;
    stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#answer += text;
      if (this.#answer.includes(endMark)) this.#arrived?.();
    });
    stderr.setEncoding("utf8").on("data", (text: string) => (this.#problems += text));
    const ended = (error: Error): void => {
      this.#end ??= error;
      this.#arrived?.();
    };
    this.#client.on("error", ended);
    this.#client.on("close", (code) => ended(new Error(`${program} ended with ${code}: ${this.#problems}`)));
    stdin.on("error", () => undefined);
    this.#client.unref();
    for (const stream of [stdin, stdout, stderr]) (stream as unknown as { unref(): void }).unref();
  }

  /** Runs SQL that ends with a semicolon, and gives what the client prints; errors of the server are thrown. */
  run(sql: string): Promise<string> {
    const answer = this.#last.then(() => this.#ask(sql));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #ask(sql: string): Promise<string> {
    // until the answer is here, the process has something to wait for
    const alive = setInterval(() => undefined, 60_000);
    try {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
        if (this.#end !== undefined) resolve();
        else this.#client.stdin.write(`${sql}\n${this.kind.print(endMark)}\n`);
      });
      // what the client wrote to stderr before the mark is read by now, or in this turn
      await setImmediate();
      await setImmediate();
    } finally {
      clearInterval(alive);
    }
    const problems = this.#problems;
    const [answer = "", ...rest] = this.#answer.split(endMark);
    this.#answer = "";
    this.#problems = "";
    if (this.#end !== undefined) throw this.#end;
    if (rest.length !== 1) throw new Error(`the answer to ${sql} has the mark of its end in it`);
    if (problems.includes("ERROR")) throw new Error(`${problems.trim()}\n${sql}`);
    return answer.trim();
  }

  close(): Promise<void> {
    if (this.#client.exitCode !== null || this.#client.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#client.ref();
      this.#client.once("close", () => resolve());
      this.#client.stdin.end();
    });
  }
}
