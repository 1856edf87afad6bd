import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerRow } from "../../compiler/server-schema.js";
import { outputOf } from "./client.js";
import type { ScratchDatabase, ScratchServer } from "./database.js";
import { embeddedPackage, refused } from "./embedded.js";
import { importModule } from "../../on-demand.js";

type Values = Readonly<Record<string, unknown>>;

function asText(rows: readonly Values[]): readonly ServerRow[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        value === null || value === undefined ? null : String(value as string | number),
      ]),
    ),
  );
}

class FileDatabase implements ScratchDatabase {
  #folder = mkdtempSync(join(tmpdir(), "sqlembic-prove-"));

  #run(input: string, ...parameters: readonly string[]): Promise<string> {
    const file = join(this.#folder, "scratch.db");
    return outputOf(
      { program: "sqlite3", parameters: ["-init", "/dev/null", "-batch", "-bail", ...parameters, file] },
      input,
    );
  }

  async apply(pieces: readonly string[]): Promise<void> {
    await this.#run(pieces.join("\n"));
  }

  async query(sql: string): Promise<readonly ServerRow[]> {
    const text = await this.#run(`${sql};`, "-json");
    return text.trim() === "" ? [] : asText(JSON.parse(text) as Values[]);
  }

  async clear(): Promise<void> {
    await this.drop();
    this.#folder = mkdtempSync(join(tmpdir(), "sqlembic-prove-"));
  }

  drop(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
    return Promise.resolve();
  }
}

/** The shell of SQLite, on files of its own; the path in a URL is not touched. */
export async function sqliteShell(): Promise<ScratchServer> {
  const version = await outputOf({ program: "sqlite3", parameters: ["--version"] });
  return {
    title: `SQLite ${version.split(" ")[0]} through its shell`,
    createDatabase: () => Promise.resolve(new FileDatabase()),
  };
}

/** SQLite inside this process. */
export async function embeddedSqlite(): Promise<ScratchServer> {
  const { default: sqlite } = await embeddedPackage(
    "node-sqlite3-wasm",
    () => importModule("node-sqlite3-wasm") as Promise<{ readonly default: typeof import("node-sqlite3-wasm") }>,
  );
  const title = "node-sqlite3-wasm, the SQLite inside this process";
  return {
    title,
    createDatabase: () => {
      let database = new sqlite.Database(":memory:");
      return Promise.resolve({
        apply(pieces) {
          try {
            for (const piece of pieces) database.exec(piece);
            return Promise.resolve();
          } catch (cause) {
            return Promise.reject(refused(title, cause));
          }
        },
        query: (sql) => Promise.resolve(asText(database.all(sql) as Values[])),
        clear() {
          database.close();
          database = new sqlite.Database(":memory:");
          return Promise.resolve();
        },
        drop: () => Promise.resolve(database.close()),
      });
    },
  };
}
