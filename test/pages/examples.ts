import { readFileSync } from "node:fs";
import { compileOperations, compileRange, loadProject, SqlembicError } from "../../src/index.js";
import * as sqlembic from "../../src/index.js";
import type { Operations } from "../../src/index.js";
import { dialectNames, type DialectName } from "../../src/schema/dialect-names.js";
import { runCli } from "../cli/run-cli.js";
import { fenced, type Fence } from "../support/fences.js";
import { projectFolder } from "../support/project-folder.js";
import { packageFolder } from "../support/scripts.js";
import type { Page } from "./pages.js";

/*
 * What stands in the fences of a page, and what the comment on the line above a fence may say:
 *
 *   ts      the body of an `upgrade`, or a whole module where it imports or exports something
 *     <!-- project file PATH -->   a file of the project in which the commands of the page run
 *     <!-- given -->               what the database has before each example of the page
 *   csv, json
 *     <!-- project file PATH -->   as above
 *   sql     what the example above it compiles to, for the dialect that its first line names
 *     <!-- file PATH -->                             a file of the repository, or its beginning
 *     <!-- output of sqlembic ARGUMENTS [in PATH] --> what a command prints
 *     <!-- by hand -->                               for the reader to run
 *     <!-- project file PATH -->                     a file of the project in which the commands of the page run
 *   text    a session: what commands print that stand behind `$ ` [in PATH], or, where a client was tried
 *     <!-- session [in PATH] -->
 *     <!-- drawing -->
 *     <!-- tried on DIALECT with SAMPLE -->          what clients print, see applying.test.ts
 *     <!-- head of PATH -->                          the first lines of a file of the repository
 *   sh      what the reader types
 *   python  a revision of Alembic
 */

const names = Object.keys(sqlembic).filter((name) => name !== "default");

/** Blocks that import or export something are a whole file; the others are the body of an `upgrade`. */
export function isModule({ note, text }: Fence): boolean {
  return note?.startsWith("project file ") === true || /^(?:import|export) /m.test(text);
}

/** Whether a block is an example: calls that the blocks behind it show as SQL. */
export function isExample(fence: Fence): boolean {
  return fence.language === "ts" && fence.note === undefined && !isModule(fence);
}

/** The text of a revision whose upgrade is an example. */
export function revisionOf(body: string): string {
  const imports = `import type { Operations } from "sqlembic";\nimport { ${names.join(", ")} } from "sqlembic";\n`;
  return `${imports}export function upgrade(op: Operations) {\n${body}}\n`;
}

function runBody(body: string, op: Operations): void {
  // the page is a file of this repository: what it says is run here as its reader would run it
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function("op", ...names, body) as (op: Operations, ...exported: unknown[]) => void;
  run(op, ...names.map((name) => (sqlembic as Record<string, unknown>)[name]));
}

/** The files of the project that a page speaks of. */
function projectFilesOf({ fences }: Page): Readonly<Record<string, string>> {
  const files = fences.flatMap(({ note, text }) => {
    const path = /^project file (.+)$/.exec(note ?? "")?.[1];
    return path === undefined ? [] : [[path, text] as const];
  });
  return Object.fromEntries(files);
}

async function statementsOf(page: Page, body: string, dialect: DialectName): Promise<string> {
  if (!body.includes("op.bulkInsertFrom")) {
    const statements = await compileOperations((op) => runBody(body, op), { dialect });
    return statements.map(({ sql }) => `${sql};\n`).join("");
  }
  const cwd = projectFolder({
    ...projectFilesOf(page),
    "sqlembic.config.ts": `export default { dialect: "${dialect}" };\n`,
    "versions/a1.ts": `${revisionOf(body)}export const revision = "a1";\nexport const downRevision = null;\n`,
  });
  const { steps } = await compileRange(await loadProject(undefined, { cwd }), "head");
  return steps.flatMap(({ statements }) => statements.map(({ sql }) => `${sql};\n`)).join("");
}

/** What an example compiles to on one dialect, behind what is given: the notices first, or why it is refused. */
async function answerOf(cwd: string, dialect: DialectName): Promise<{ refused: boolean; text: string }> {
  const notices: string[] = [];
  try {
    const project = await loadProject(undefined, { cwd, target: dialect });
    const { steps } = await compileRange(project, "head", {
      notice: (text, { origin }) => void (origin?.file === "versions/b2.ts" && notices.push(text)),
    });
    const statements = steps.at(-1)?.statements ?? [];
    const told = notices.map((text) => `-- notice: ${text}\n`).join("");
    return { refused: false, text: told + statements.map(({ sql }) => `${sql};\n`).join("") };
  } catch (error) {
    if (!(error instanceof SqlembicError) || error.origin?.file !== "versions/b2.ts") throw error;
    return { refused: true, text: [error.message, error.hint].filter((part) => part !== undefined).join(" ") };
  }
}

/** The blocks behind an example: the SQL of every dialect, those together that have the same, and who refuses it. */
async function onEveryDialect(page: Page, body: string): Promise<readonly Fence["text"][]> {
  const given = page.fences.find(({ note }) => note === "given")?.text ?? "";
  const targets = dialectNames.map((name) => `${name}: { dialect: "${name}" }`).join(", ");
  const cwd = projectFolder({
    ...projectFilesOf(page),
    "sqlembic.config.ts": `export default { targets: { ${targets} } };\n`,
    "versions/a1.ts": `${revisionOf(given)}export const revision = "a1";\nexport const downRevision = null;\n`,
    "versions/b2.ts": `${revisionOf(body)}export const revision = "b2";\nexport const downRevision = "a1";\n`,
  });
  const groups = new Map<string, DialectName[]>();
  const refusals: string[] = [];
  for (const dialect of dialectNames) {
    const { refused, text } = await answerOf(cwd, dialect);
    if (refused) refusals.push(`-- ${dialect} refuses it: ${text.replaceAll("\n", " ")}\n`);
    else groups.set(text, [...(groups.get(text) ?? []), dialect]);
  }
  const blocks = [...groups].map(([text, dialects]) => `-- ${dialects.join(", ")}\n${text}`);
  return refusals.length === 0 ? blocks : [...blocks, refusals.join("")];
}

/** Splits a command line as a shell does: by blanks, except in double quotes. */
export function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare = ""]) => quoted ?? bare);
}

/** What commands print that are run in a folder of the repository, or in the project of the page. */
async function outputOf(page: Page, line: string, folder: string | undefined): Promise<string> {
  const cwd = folder === undefined ? projectFolder(projectFilesOf(page)) : `${packageFolder}${folder}`;
  const { stdout, stderr } = await runCli(words(line).slice(1), { cwd });
  return stderr + stdout;
}

async function sessionOf(page: Page, text: string, folder: string | undefined): Promise<string> {
  const lines = text.split("\n").filter((line) => line.startsWith("$ "));
  const parts = await Promise.all(lines.map(async (line) => `${line}\n${await outputOf(page, line.slice(2), folder)}`));
  return parts.join("\n");
}

/** Where a fence stands, for messages. */
export function placeOf(page: Page, fence: Fence): string {
  return `${page.path}:${fence.line}`;
}

/** What a block that is no example has to hold. */
async function expectedText(page: Page, fence: Fence): Promise<string> {
  const { note = "", language, text } = fence;
  const file = /^file (\S+)$/.exec(note)?.[1];
  if (file !== undefined) return readFileSync(`${packageFolder}${file}`, "utf8");
  const head = /^head of (\S+)$/.exec(note)?.[1];
  if (head !== undefined) return /^(?:--.*\n)*/.exec(readFileSync(`${packageFolder}${head}`, "utf8"))?.[0] ?? "";
  const output = /^output of (sqlembic .+?)(?: in (\S+))?$/.exec(note);
  if (output !== null) return outputOf(page, output[1] ?? "", output[2]);
  const session = /^session(?: in (\S+))?$/.exec(note);
  if (session !== null && language === "text") return sessionOf(page, text, session[1]);
  const expected: Readonly<Record<string, RegExp>> = {
    ts: /^(?:|given|project file \S+)$/,
    csv: /^project file \S+$/,
    json: /^project file \S+$/,
    sql: /^(?:by hand|project file \S+)$/,
    text: /^(?:drawing|tried on \w+(?: and mysql)? with \S+)$/,
    sh: /^$/,
    python: /^$/,
  };
  if (expected[language]?.test(note)) return text;
  throw new Error(`${placeOf(page, fence)}: nothing says what this block of ${language} has to hold`);
}

/** The page that shows its examples on all dialects side by side, and not on those that it chooses. */
const pagesOfEveryDialect = ["src/operations/README.md"];

/** The text of a page as it has to be: with the SQL that its examples compile to, and what its commands print. */
export async function rewritten(page: Page): Promise<string> {
  const { fences, text, path } = page;
  let result = "";
  let position = 0;
  for (let index = 0; index < fences.length; index++) {
    const fence = fences[index];
    if (fence === undefined) break;
    result += text.slice(position, fence.start);
    position = fence.end;
    if (!isExample(fence)) {
      result += fenced({ ...fence, text: await expectedText(page, fence) });
      continue;
    }
    result += fenced(fence);
    let answer = fences[index + 1];
    const dialects: DialectName[] = [];
    while (answer?.language === "sql" && answer.note === undefined) {
      const [first = ""] = answer.text.split("\n");
      dialects.push(...dialectNames.filter((name) => name === first.slice("-- ".length)));
      position = answer.end;
      index++;
      answer = fences[index + 1];
    }
    const blocks = pagesOfEveryDialect.includes(path)
      ? await onEveryDialect(page, fence.text)
      : await Promise.all(dialects.map(async (name) => `-- ${name}\n${await statementsOf(page, fence.text, name)}`));
    if (blocks.length === 0) throw new Error(`${placeOf(page, fence)}: no block of SQL names a dialect`);
    for (const block of blocks) result += `\n${fenced({ language: "sql", note: undefined, text: block })}`;
  }
  return result + text.slice(position);
}
