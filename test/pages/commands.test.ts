import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { globalOptions, type OptionTable } from "../../src/cli/global-options.js";
import { pageOf, rowsOfTables } from "./pages.js";

const page = pageOf("src/cli/README.md");
const everyCommand = "every command";

/** The options that the tables of the page name, by the command of the heading above them: `-o, --output`. */
const optionsOnPage = new Map<string, string[]>();
for (const section of page.text.split(/^### Options of /m).slice(1)) {
  const [heading = ""] = section.split("\n");
  const own = section.slice(0, section.search(/^#/m));
  const names = [...own.matchAll(/^\| (`-[^|]+?`) \|/gm)].map(([, cell = ""]) =>
    [...cell.matchAll(/`(--?[\w-]+)/g)].map(([, name]) => name).join(", "),
  );
  const called =
    heading === everyCommand ? [everyCommand] : [...heading.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  for (const name of called) {
    if (name !== undefined) optionsOnPage.set(name, [...(optionsOnPage.get(name) ?? []), ...names]);
  }
}

/** The options of a table as the page writes them. */
function written(table: OptionTable): readonly string[] {
  return Object.entries(table).map(([name, { alias }]) =>
    [...(alias === undefined ? [] : [`-${[alias].flat().join()}`]), name.length === 1 ? `-${name}` : `--${name}`].join(
      ", ",
    ),
  );
}

describe("the page of the commands", () => {
  it("has every command with its parameters, and no other", () => {
    const usages = rowsOfTables(page, "command", "what it does").map(([cell]) => cell);
    expect(usages).toEqual(Object.values(commands).map(({ usage }) => `\`${usage}\``));
  });

  it.each(Object.entries(commands))("has every option of %s, and no other", async (name, { load }) => {
    const { command } = await load();
    expect((optionsOnPage.get(name) ?? []).toSorted()).toEqual(written(command.options).toSorted());
  });

  it("has every option that all commands take, and no option of a command that is not there", () => {
    expect((optionsOnPage.get(everyCommand) ?? []).toSorted()).toEqual(written(globalOptions).toSorted());
    const named = [...optionsOnPage.keys()].filter((name) => name !== everyCommand);
    expect(named.filter((name) => !(name in commands))).toEqual([]);
  });
});
