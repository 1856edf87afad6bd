import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { packageFolder } from "../support/scripts.js";
import { pageOf, pages, prose, rowsOfTables } from "./pages.js";

/** What a page calls a file or folder of the repository: code that begins with one of its folders. */
const path = /`((?:src|dialects|test|samples|templates|docs)(?:\/[\w.<>-]+)+)`/g;

/** Whether something of that name is there; `<dialect>` stands for any name. */
function isThere(name: string, folder = packageFolder): boolean {
  const [first = "", ...rest] = name.split("/");
  if (first === "") return true;
  const names = /<\w+>/.test(first) ? readdirSync(folder) : [first];
  const pattern = new RegExp(`^${first.replaceAll(".", "\\.").replaceAll(/<\w+>/g, "[\\w-]+")}$`);
  return names.some((entry) => {
    const next = `${folder}${entry}`;
    return pattern.test(entry) && existsSync(next) && (rest.length === 0 || isThere(rest.join("/"), `${next}/`));
  });
}

describe.each(pages.map((page) => [page.path, page] as const))("%s", (_path, page) => {
  it("names files and folders that are there", () => {
    const named = [...prose(page).matchAll(path)].map(([, name = ""]) => name);
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });
});

describe("the map of the sources", () => {
  it("has every room, and no other", () => {
    const rooms = rowsOfTables(pageOf("src/README.md"), "room", "what it has").map(([cell = ""]) =>
      cell.replaceAll("`", ""),
    );
    const folders = readdirSync(`${packageFolder}src`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}`);
    expect(rooms.toSorted()).toEqual([...folders, "dialects", "templates", "samples", "test"].toSorted());
  });
});
