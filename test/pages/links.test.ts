import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { packageFolder } from "../support/scripts.js";
import { pageOf, pages, prose, type Page } from "./pages.js";

/** The anchors that a page has: one for each heading, as GitHub makes them. */
function anchorsOf(page: Page): readonly string[] {
  const seen = new Map<string, number>();
  return [...prose(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\-_ ]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

/** The links of a page to files of the repository, with their anchors. */
function linksOf(page: Page): readonly { readonly link: string; readonly path: string; readonly anchor: string }[] {
  const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [target = "", anchor = ""] = link.split("#");
      const path = target === "" ? page.path : posix.join(posix.dirname(page.path), target);
      return { link, path, anchor };
    });
}

describe.each(pages.map((page) => [page.path, page] as const))("the links of %s", (_path, page) => {
  it("lead to files and folders that are there, and to headings that they have", () => {
    const dead = linksOf(page).filter(({ path, anchor }) => {
      if (!existsSync(`${packageFolder}${path}`)) return true;
      if (anchor === "") return false;
      return !path.endsWith(".md") || !anchorsOf(pageOf(path)).includes(anchor);
    });
    expect(dead.map(({ link }) => link)).toEqual([]);
  });
});

describe("every page", () => {
  it("is reached from README.md by links", () => {
    const reached = new Set(["README.md"]);
    for (const path of reached) {
      for (const { path: next } of linksOf(pageOf(path))) {
        const isFolder = existsSync(`${packageFolder}${next}`) && statSync(`${packageFolder}${next}`).isDirectory();
        const target = isFolder ? posix.join(next, "README.md") : next;
        if (pages.some((page) => page.path === target)) reached.add(target);
      }
    }
    expect([...reached].sort()).toEqual(pages.map(({ path }) => path).sort());
  });
});

describe("the package", () => {
  it("has every page, and what the pages link to", () => {
    const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: packageFolder,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    const [{ files } = { files: [] }] = JSON.parse(stdout) as { files: { path: string }[] }[];
    const packed = files.map(({ path }) => path);
    const wanted = pages.flatMap((page) => [page.path, ...linksOf(page).map(({ path }) => path)]);
    const missing = wanted.filter((path) => !packed.some((file) => file === path || file.startsWith(`${path}/`)));
    expect(missing).toEqual([]);
  });
});

describe("README.md", () => {
  it("is short: what is long has a page of its own", () => {
    expect(Buffer.byteLength(pageOf("README.md").text)).toBeLessThanOrEqual(12 * 1024);
  });
});
