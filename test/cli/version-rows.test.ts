import { describe, expect, it } from "vitest";
import { parseVersionRows, readVersionRows } from "../../src/cli/version-rows.js";
import { FileError } from "../../src/errors.js";
import { projectFolder } from "../support/project-folder.js";

const rows = ["ae1027a6acf", "27c6a30d7c24"];

describe("version rows are read from what clients print:", () => {
  it.each([
    ["psql -At", "ae1027a6acf\n27c6a30d7c24\n"],
    ["psql", " version_num  \n--------------\n ae1027a6acf\n 27c6a30d7c24\n(2 rows)\n\n"],
    [
      "psql -P border=2",
      "+-------------+\n| version_num |\n+-------------+\n| ae1027a6acf |\n| 27c6a30d7c24 |\n+---+\n(2 rows)\n",
    ],
    ["psql -P linestyle=unicode", " version_num \n─────────────\n ae1027a6acf\n 27c6a30d7c24\n(2 rows)\n"],
    [
      "mysql -t",
      "+--------------+\n| version_num  |\n+--------------+\n| ae1027a6acf  |\n| 27c6a30d7c24 |\n+--------------+\n",
    ],
    ["mysql", "version_num\nae1027a6acf\n27c6a30d7c24\n"],
    ["mysql -vv", "version_num\nae1027a6acf\n27c6a30d7c24\n2 rows in set (0.001 sec)\n"],
    [
      "sqlite3 -box",
      "┌──────────────┐\n│ version_num  │\n├──────────────┤\n│ ae1027a6acf  │\n│ 27c6a30d7c24 │\n└──────────────┘\n",
    ],
    [
      "sqlcmd",
      "version_num\r\n--------------------------------\r\nae1027a6acf\r\n27c6a30d7c24\r\n\r\n(2 rows affected)\r\n",
    ],
    ["sqlplus", "\nVERSION_NUM\n--------------------------------\nae1027a6acf\n27c6a30d7c24\n\n2 rows selected.\n"],
    ["a CSV export", '"version_num"\n"ae1027a6acf"\n"27c6a30d7c24"\n'],
    ["alembic current", "ae1027a6acf (effective head)\n27c6a30d7c24 (head) (mergepoint)\n"],
    ["a row said twice", "ae1027a6acf\n27c6a30d7c24\nae1027a6acf"],
  ])("%s", (_client, text) => {
    expect(parseVersionRows(text, "rows.txt")).toEqual(rows);
  });

  it.each([
    ["psql", " version_num \n-------------\n(0 rows)\n\n"],
    ["mysql", "Empty set (0.00 sec)\n"],
    ["sqlplus", "no rows selected\n"],
    ["psql -At", ""],
    ["blank lines", "\n \n\r\n"],
  ])("an empty table of %s", (_client, text) => {
    expect(parseVersionRows(text, "rows.txt")).toEqual([]);
  });

  it.each([
    'ERROR:  relation "alembic_version" does not exist',
    "psql: error: connection to server failed",
    "ERROR 1146 (42S02) at line 1: Table 'shop.alembic_version' doesn't exist",
    "| ae1027a6acf | other |",
    "ae1027a6acf,27c6a30d7c24",
  ])("a line that is no row is refused with its number: %s", (line) => {
    expect(() => parseVersionRows(`ae1027a6acf\n${line}\n`, "rows.txt")).toThrow(
      /^Line 2 of rows\.txt is not a version row/,
    );
  });
});

describe("--from", () => {
  const terminal = (stdin: Uint8Array, cwd = "/", isTTY = false) => {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text), isTTY };
    const input = { isTTY, read: () => Promise.resolve(stdin) };
    return { written, cwd, stdin: input, stdout: stream, stderr: stream, environment: {}, now: () => new Date(0) };
  };

  it("names a file relative to the working folder", async () => {
    const cwd = projectFolder({ "state/rows.txt": "ae1027a6acf\n27c6a30d7c24\n" });
    expect(await readVersionRows("state/rows.txt", terminal(Buffer.from(""), cwd))).toEqual(rows);
  });

  it("names standard input as -", async () => {
    expect(await readVersionRows("-", terminal(Buffer.from("ae1027a6acf\n27c6a30d7c24\n")))).toEqual(rows);
  });

  it("says what it waits for when standard input is a terminal", async () => {
    const waiting = terminal(Buffer.from(""), "/", true);
    await readVersionRows("-", waiting);
    expect(waiting.written.join("")).toContain("Reading version rows");
  });

  it("reads what PowerShell redirects, in UTF-16 with a mark", async () => {
    const text = Buffer.from("\ufeffae1027a6acf\r\n27c6a30d7c24\r\n", "utf16le");
    expect(await readVersionRows("-", terminal(text))).toEqual(rows);
  });

  it("refuses a file that is not there", async () => {
    const reading = readVersionRows("nowhere.txt", terminal(Buffer.from(""), projectFolder({})));
    await expect(reading).rejects.toThrow(FileError);
    await expect(reading).rejects.toThrow("The version rows cannot be read from nowhere.txt");
  });
});
