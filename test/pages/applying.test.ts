import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { runCli } from "../cli/run-cli.js";
import { runClient } from "../engines/client.js";
import type { Database } from "../engines/engine.js";
import { ServerDatabase as MysqlDatabase } from "../engines/mysql.js";
import { ServerDatabase as PostgresqlDatabase } from "../engines/postgresql.js";
import { testOn, type EngineTest } from "../engines/test-on.js";
import { fenced, type Fence } from "../support/fences.js";
import { projectFolder } from "../support/project-folder.js";
import { packageFolder } from "../support/scripts.js";
import { placeOf, words } from "./examples.js";
import { pages, type Page } from "./pages.js";

/*
 * Sessions with the real clients, as the reader of a page would have them:
 *
 *   <!-- tried on DIALECT with SAMPLE -->
 *   ```text
 *   $ psql -X -f upgrade.sql shop
 *   …
 *   done: alembic_version is at d1f0a2b7c9e3
 *   ```
 *
 * The commands run in a folder with the files of the sample, on an empty database that they call `shop`. A line `…`
 * stands for any lines. `tried on mariadb and mysql` says that MySQL shows the same, but for what `onMysql` knows.
 */
const note = /^tried on (\w+)( and mysql)? with (\S+)$/;

/** A session of MariaDB as it is on MySQL, whose client does not repeat a failing statement, and which refuses in other words. */
function onMysql(session: string): string {
  return session
    .replaceAll(/\bmariadb\b/g, "mysql")
    .replaceAll(/^-+\n[^]*?^-+\n\n/gm, "")
    .replaceAll(
      /ERROR 1644 \(45000\) at line (\d+): (refused: .*)/g,
      "ERROR 1064 (42000) at line $1: You have an error in your SQL syntax; check the manual that corresponds to your " +
        "MySQL server version for the right syntax to use near '$2' at line 1",
    );
}

/** The database of a test under the name by which the page calls it. */
const shop = /\bshop\b(?!\.)/g;

/** A command as it reaches the database of this test, and what it printed as the page would show it. */
function through(database: Database): { command: (line: string) => string; printed: (text: string) => string } {
  if (database instanceof PostgresqlDatabase) {
    const { url, name } = database;
    return { command: (line) => line.replace(shop, `'${url}'`), printed: (text) => text.replaceAll(name, "shop") };
  }
  if (database instanceof MysqlDatabase) {
    const { client, name, connection } = database;
    const program = [client, ...connection.parameters].join(" ");
    return {
      command: (line) => line.replace(/\b(?:mariadb|mysql)(?= )/g, program).replace(shop, name),
      printed: (text) => text.replaceAll(name, "shop"),
    };
  }
  return { command: (line) => line, printed: (text) => text };
}

/** What a session shows, from the first command to the last answer. */
async function sessionOn(database: Database, text: string, sample: string): Promise<string> {
  const cwd = projectFolder({});
  cpSync(`${packageFolder}${sample}`, cwd, { recursive: true });
  const { command, printed } = through(database);
  let shown = "";
  for (const [, line = ""] of text.matchAll(/^\$ (.+)$/gm)) {
    shown += `$ ${line}\n`;
    if (line.startsWith("npx sqlembic ")) {
      const { stdout, stderr } = await runCli(words(line).slice(2), { cwd });
      shown += stderr + stdout;
    } else {
      const { stdout } = await runClient("bash", ["-c", `cd '${cwd}' && { ${command(line)}\n} 2>&1`]);
      shown += printed(stdout);
    }
  }
  return shown;
}

/** Whether a text is what the page shows, whose lines `…` stand for any lines. */
function isShownBy(shown: string, text: string): boolean {
  const escaped = shown.split(/^…\n/m).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${escaped.join("[^]*")}$`).test(text);
}

function rewrite({ path }: Page, { language, note: said, text }: Fence, session: string): void {
  const file = `${packageFolder}${path}`;
  const block = { language, note: said };
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(fenced({ ...block, text }), () => fenced({ ...block, text: session })),
  );
}

describe("the clients do what the pages show", () => {
  for (const page of pages) {
    for (const fence of page.fences) {
      const [, named, alsoMysql, sample = ""] = note.exec(fence.note ?? "") ?? [];
      const dialect = dialectNames.find((name) => name === named);
      if (dialect === undefined) continue;
      const tried = (on: DialectName, text: string): void => {
        const except = on === "mysql" ? { mariadb: "its client says other things" } : {};
        const body = async ({ embedded, database }: EngineTest): Promise<void> => {
          if (embedded) return;
          const session = await sessionOn(database, text, sample);
          if (isShownBy(text, session)) return;
          if (process.env["UPDATE_SAMPLES"] === "1" && text === fence.text) rewrite(page, fence, session);
          else expect(session).toBe(text);
        };
        testOn(on, placeOf(page, fence), body, { except });
      };
      tried(dialect, fence.text);
      if (alsoMysql !== undefined) tried("mysql", onMysql(fence.text));
    }
  }
});
