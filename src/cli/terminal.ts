/** Where text goes: a stream of the process, or a collector in a test. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** All that a command sees of the world outside its project, so that tests can run commands without a process. */
export interface Terminal {
  /** SQL and listings. */
  readonly stdout: OutputStream;
  /** Everything else: notes, progress, errors. */
  readonly stderr: OutputStream;
  readonly stdin: { readonly isTTY?: boolean | undefined; read(): Promise<Uint8Array> };
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The clock, for the dates in new revision files. Nothing that is compiled asks for it. */
  now(): Date;
  /** Says what keeps the process running, so that what bodies leave running is waited for. */
  readonly activeResources?: () => readonly string[];
  /** Rejects when something fails that the command does not await. */
  readonly interruption?: Promise<never>;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: { isTTY: process.stdin.isTTY, read: readStdin },
    cwd: process.cwd(),
    environment: process.env,
    now: () => new Date(),
    activeResources: () => process.getActiveResourcesInfo(),
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Whether colours are wanted on a stream: on a terminal, unless `NO_COLOR` is set. */
export function wantsColour(stream: OutputStream, { environment }: Terminal): boolean {
  return stream.isTTY === true && (environment["NO_COLOR"] ?? "") === "" && environment["TERM"] !== "dumb";
}
