import { commandGroups, commands } from "./commands/index.js";
import { globalOptions } from "./global-options.js";
import type { Example } from "./command.js";
import { optionRows, section, widestHelp } from "./help.js";

const examples: readonly Example[] = [
  ["sqlembic init", "Begin a project in this folder"],
  ['sqlembic revision -m "add account"', "Write the first revision"],
  ["sqlembic upgrade head -o upgrade.sql", "Compile all revisions to a file for the DBA"],
  ["sqlembic upgrade 1975:ae10", "Compile what stands between two revisions"],
];

/** What `sqlembic --help` prints, from the registry: loading yargs takes as long as all of Node's own start. */
export function overview(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const groups = Object.entries(commandGroups).map(([heading, group]) =>
    section(
      heading,
      Object.values(group).map(({ usage, summary }) => [usage, summary]),
      undefined,
      width,
    ),
  );
  return [
    "sqlembic <command> [options]\n",
    "Compiles TypeScript schema revisions into plain SQL scripts. Nothing connects to a database.\n",
    ...groups,
    section(
      "Options of every command",
      [
        ...optionRows(globalOptions),
        ["-h, --help", "Explain a command, with examples"],
        ["    --version", "Print the version of sqlembic"],
      ],
      widestHelp,
    ),
    section("Examples", examples),
    "Revisions are named as in Alembic: ae10 (the beginning of an identifier), head, heads, base, label@head, +2, -1,\n" +
      "head-2, and start:end for a range.\n",
  ].join("\n");
}
