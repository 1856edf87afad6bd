import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { packageFolder } from "../../package-folder.js";
import { FileError, UsageError } from "../../errors.js";
import { didYouMean } from "../../suggestion.js";
import { defineCommand } from "../command.js";
import { fileProblem } from "../file-problem.js";
import { dialectNamed } from "../../schema/dialect-named.js";

const configNames = ["sqlembic.config.ts", "sqlembic.config.mts", "sqlembic.config.js", "sqlembic.config.mjs"];
/** Files that a folder above may have for the whole project. */
const inherited: ReadonlySet<string> = new Set(["package.json", "tsconfig.json"]);

export const command = defineCommand({
  positionals: { dir: { type: "string", default: ".", describe: "The folder of the project" } },
  options: {
    template: { alias: "t", type: "string", nargs: 1, default: "generic", describe: "See list-templates" },
    "from-dump": { type: "string", nargs: 1, describe: "A dump of a database: the first revision builds its schema" },
    baseline: { type: "boolean", describe: "With --from-dump: keep the dump as what the first revision finds" },
  },
  examples: [
    ["init", "In this folder"],
    ["init db --dialect mysql", "In another one, for MySQL"],
    ["init db --template multi", "For several databases"],
    ["init --from-dump schema.sql", "From a database that is there already"],
  ],
  async run(options, terminal) {
    const { dir, template, dialect, quiet, baseline = false, fromDump } = options;
    if (fromDump === undefined ? baseline : template !== "generic") throw notWithDump(fromDump);
    const { projectFiles, projectTemplates } = await import("../project-templates.js");
    const names = projectTemplates().map(({ name }) => name);
    if (!names.includes(template)) {
      throw new UsageError("unknown-template", `There is no template "${template}".${didYouMean(template, names)}`, {
        hint: `The templates are ${names.join(", ")}.`,
        data: { template },
      });
    }
    const folder = resolve(terminal.cwd, dir);
    refuseProject(folder, dir);
    const dialectName = dialect === undefined ? "postgresql" : dialectNamed(dialect);
    const { readDump, writeFirstRevision } = await import("../from-dump.js");
    // before anything is written
    const dump = fromDump === undefined ? undefined : await readDump(fromDump, dialectName, terminal.cwd, baseline);
    const values = {
      dialect: dialectName,
      baseline: baseline ? baselineFile : undefined,
      packageName: JSON.stringify(packageNameFor(folder)),
    };
    const files = projectFiles(template, values);
    const kept = dump !== undefined && baseline ? [{ file: baselineFile, text: dump.text }] : [];
    const lines = [...files, ...kept].map(({ file, text }) => {
      const path = join(folder, file);
      const shown = relative(terminal.cwd, path);
      const existing = existsSync(path) ? path : inherited.has(file) ? findAbove(dirname(folder), file) : undefined;
      if (existing !== undefined) return `  kept     ${relative(terminal.cwd, existing)}`;
      write(path, text, shown);
      return `  created  ${shown}`;
    });
    const source = relative(folder, packageFolder());
    if (quiet !== true) terminal.stdout.write(lines.map((line) => `${line}\n`).join(""));
    if (dump !== undefined && !baseline) {
      const path = join(folder, "stamp.sql");
      const shown = relative(terminal.cwd, path);
      write(path, await writeFirstRevision(dump, folder, options, terminal), shown);
      const purpose = "for databases that have this schema already";
      if (quiet !== true) terminal.stdout.write(`Created ${shown}, ${purpose}\n`);
    }
    if (quiet !== true) terminal.stdout.write(["", ...nextSteps(dir, template, source), ""].join("\n"));
  },
});

/** What a dump is called in a project that starts from it. */
const baselineFile = "baseline.sql";

function notWithDump(fromDump: string | undefined): UsageError {
  if (fromDump === undefined) {
    return new UsageError("baseline-without-dump", "--baseline goes with --from-dump.", {
      hint: "Name the dump that the history starts from: sqlembic init --from-dump schema.sql --baseline.",
    });
  }
  return new UsageError("dump-of-several", "--from-dump makes a project for one database.", {
    hint: "Leave --template out.",
  });
}

function refuseProject(folder: string, dir: string): void {
  const config = configNames.find((name) => existsSync(join(folder, name)));
  if (config === undefined) return;
  throw new UsageError("project-exists", `${dir === "." ? "This folder" : dir} has a ${config} already.`, {
    hint: 'Name another folder, or go on there: sqlembic revision -m "…" writes a revision.',
    data: { config },
  });
}

/** A name that npm accepts. */
function packageNameFor(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "");
  return name === "" ? "migrations" : name;
}

function findAbove(folder: string, file: string): string | undefined {
  const path = join(folder, file);
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? undefined : findAbove(parent, file);
}

function write(path: string, text: string, shown: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (cause) {
    throw new FileError("not-writable", `${shown} cannot be written: ${fileProblem(cause)}.`, {
      hint: "Name a folder in a place where you may write.",
      data: { file: shown },
    });
  }
}

/** @param source the package that runs: a registry has none */
function nextSteps(dir: string, template: string, source: string): readonly string[] {
  const target = template === "multi" ? " -n orders" : "";
  return [
    "Next steps:",
    ...(dir === "." ? [] : [`  cd ${dir}`]),
    // a package that is installed already has nothing to be installed from
    ...(source.includes("node_modules") ? [] : [`  npm install --save-dev ${source}`]),
    "  edit sqlembic.config.ts                  the dialect and version of your server",
    `  npx sqlembic revision -m "add account"${target}`,
    `  npx sqlembic upgrade head${target} -o upgrade.sql`,
  ];
}
