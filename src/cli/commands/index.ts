import type { LoadedCommand } from "../command.js";

/** What is known of a command before it is loaded. */
export interface CommandEntry {
  /** The name with its parameters: `<needed>`, `[optional]`, `[several..]`. */
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: LoadedCommand }>;
}

/**
 * All commands, under the headings of the overview. Each is a file of its own that is loaded only to run or explain it:
 * the registry is all that `sqlembic --help` needs.
 */
export const commandGroups = {
  "Start a project": {
    init: entry("init [dir]", "Write a configuration and a versions folder", () => import("./init.js")),
    "list-templates": entry("list-templates", "List what init can start from", () => import("./list-templates.js")),
  },
  "Write revisions": {
    revision: entry("revision", "Write a new revision file", () => import("./revision.js")),
    merge: entry("merge [revisions..]", "Write a revision that joins several heads", () => import("./merge.js")),
    edit: entry("edit <revision>", "Open revision files in your editor", () => import("./edit.js")),
  },
  "Compile to SQL": {
    upgrade: entry("upgrade [revision]", "Compile the way up to a revision", () => import("./upgrade.js")),
    downgrade: entry("downgrade [revision]", "Compile the way down to a revision", () => import("./downgrade.js")),
    stamp: entry("stamp <revisions..>", "Compile a change of the version table alone", () => import("./stamp.js")),
    "ensure-version": entry("ensure-version", "Compile the version table alone", () => import("./ensure-version.js")),
    check: entry("check [files..]", "Fail when scripts or revisions lag behind", () => import("./check.js")),
  },
  "Look at the schema": {
    schema: entry("schema [revision]", "Print the schema that the history leads to", () => import("./schema.js")),
    prove: entry("prove [range]", "Prove that downgrades take back what upgrades do", () => import("./prove.js")),
  },
  "Look at the history": {
    history: entry("history", "List the revisions, the newest first", () => import("./history.js")),
    heads: entry("heads", "List the revisions that none follows", () => import("./heads.js")),
    branches: entry("branches", "List the revisions that several follow", () => import("./branches.js")),
    show: entry("show <revision>", "Show revisions in full", () => import("./show.js")),
    current: entry("current", "Show where a database stands, by its version rows", () => import("./current.js")),
  },
} satisfies Record<string, Record<string, CommandEntry>>;

/** All commands by name. */
export const commands: Readonly<Record<string, CommandEntry>> = Object.fromEntries(
  Object.values<Readonly<Record<string, CommandEntry>>>(commandGroups).flatMap(Object.entries<CommandEntry>),
);

function entry(usage: string, summary: string, load: CommandEntry["load"]): CommandEntry {
  return { usage, summary, load };
}
