import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqliteInWasm from "node-sqlite3-wasm";
import type { ClientResult } from "./client.js";
import { outputOf, runClient } from "./client.js";
import type { Database, Engine, EngineKind, ResultRow } from "./engine.js";

type Values = Readonly<Record<string, string | number | bigint | null>>;

function asText(rows: readonly Values[]): readonly ResultRow[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])),
  );
}

class FileDatabase implements Database {
  readonly #folder = mkdtempSync(join(tmpdir(), "sqlembic-sqlite-"));
  readonly #file = join(this.#folder, "test.db");

  apply(script: string): Promise<ClientResult> {
    return runClient("sqlite3", ["-init", "/dev/null", "-bail", this.#file], { input: script });
  }

  async query(sql: string): Promise<readonly ResultRow[]> {
    const text = await outputOf("sqlite3", ["-init", "/dev/null", "-json", this.#file], { input: `${sql};` });
    return text.trim() === "" ? [] : asText(JSON.parse(text) as Values[]);
  }

  drop(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
    return Promise.resolve();
  }
}

async function detectShell(): Promise<Engine | undefined> {
  const { exitCode, stdout } = await runClient("sqlite3", ["--version"]);
  if (exitCode !== 0) return undefined;
  return {
    title: `SQLite ${stdout.split(" ")[0]} through the sqlite3 shell`,
    embedded: false,
    createDatabase: () => Promise.resolve(new FileDatabase()),
  };
}

/** Lines for the shell, which has no part in a program with SQLite inside. */
const shellLine = /^\.(?:bail|timeout) .*$/gm;

class EmbeddedDatabase implements Database {
  readonly #database = new sqliteInWasm.Database(":memory:");

  apply(script: string): Promise<ClientResult> {
    try {
      this.#database.exec(script.replace(shellLine, ""));
      return Promise.resolve({ exitCode: 0, stdout: "", stderr: "" });
    } catch (error) {
      return Promise.resolve({ exitCode: 1, stdout: "", stderr: String(error) });
    }
  }

  query(sql: string): Promise<readonly ResultRow[]> {
    return Promise.resolve(asText(this.#database.all(sql) as unknown as Values[]));
  }

  drop(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }
}

const embedded: Engine = {
  title: "node-sqlite3-wasm (SQLite embedded in Node)",
  embedded: true,
  createDatabase: () => Promise.resolve(new EmbeddedDatabase()),
};

export const sqlite: EngineKind = {
  title: "SQLite",
  dialects: ["sqlite"],
  required: true,
  remedy: "install the sqlite3 shell",
  detect: async () => (await detectShell()) ?? embedded,
};
