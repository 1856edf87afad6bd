import type { Terminal } from "./terminal.js";

/** What is done at once needs no progress. */
const patience = 300;
const interval = 80;

/** One line on the terminal that is written anew as work goes on, and gone when it is done. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #isShown: boolean;
  #next: number;
  #isDrawn = false;

  constructor(terminal: Terminal, quiet: boolean | undefined) {
    this.#terminal = terminal;
    this.#isShown = terminal.stderr.isTTY === true && quiet !== true;
    this.#next = terminal.now().getTime() + patience;
  }

  /** Shows how far the work has come, if the last time is long enough ago. */
  show(position: number, total: number, subject: string): void {
    if (!this.#isShown) return;
    const time = this.#terminal.now().getTime();
    if (time < this.#next) return;
    this.#next = time + interval;
    this.#isDrawn = true;
    const columns = this.#terminal.stderr.columns ?? 80;
    const line = `Compiling ${position + 1} of ${total}: ${subject}`.slice(0, columns - 1);
    this.#terminal.stderr.write(`\r\u001b[2K${line}`);
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#isDrawn) this.#terminal.stderr.write("\r\u001b[2K");
    this.#isDrawn = false;
  }
}
