import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";

const endMark = "-- end of the answer --";

/** A psql that stays open: for what a test itself asks and does, many times. */
export class PsqlSession {
  readonly #client: ChildProcessWithoutNullStreams;
  readonly #errors: Buffer[] = [];
  #answer = "";
  #waiting: ((answer: string) => void) | undefined;

  constructor(url: string) {
    this.#client = spawn("psql", ["-X", "-A", "-t", "-q", "-d", url]);
    this.#client.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#answer += text;
      const end = this.#answer.indexOf(endMark);
      if (end === -1) return;
      const answer = this.#answer.slice(0, end);
      this.#answer = this.#answer.slice(end + endMark.length + 1);
      this.#waiting?.(answer.trim());
    });
    this.#client.stderr.on("data", (text: Buffer) => this.#errors.push(text));
  }

  /** Runs SQL that ends with a semicolon and gives what psql prints; errors are thrown. */
  async run(sql: string): Promise<string> {
    this.#errors.length = 0;
    const answer = await new Promise<string>((resolve, reject) => {
      this.#waiting = resolve;
      this.#client.once("close", reject);
      this.#client.stdin.write(`${sql}\n\\echo ${endMark}\n`);
    });
    this.#client.removeAllListeners("close");
    const problems = Buffer.concat(this.#errors).toString("utf8");
    if (problems.includes("ERROR")) throw new Error(problems);
    return answer;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#client.once("close", () => resolve());
      this.#client.stdin.end();
    });
  }
}
