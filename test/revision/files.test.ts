import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LoadError } from "../../src/errors.js";
import { listRevisionFiles, readSource } from "../../src/revision/files.js";
import { projectFolder } from "../support/project-folder.js";

describe("the revision files of a project", () => {
  const files = {
    "versions/b.ts": "",
    "versions/a.js": "",
    "versions/c.mjs": "",
    "versions/B.ts": "",
    "versions/d.mts": "",
    "versions/_helper.ts": "",
    "versions/.hidden.ts": "",
    "versions/types.d.ts": "",
    "versions/b.test.ts": "",
    "versions/notes.md": "",
    "versions/data.json": "",
    "versions/2026/z.ts": "",
    "versions/2026/01/y.ts": "",
    "versions/_lib/no.ts": "",
    "versions/node_modules/no/no.ts": "",
    "versions/odd.ts/inside.ts": "",
    "billing/x.ts": "",
  };
  const direct = ["versions/B.ts", "versions/a.js", "versions/b.ts", "versions/c.mjs", "versions/d.mts"];

  it("are those of the version locations themselves, sorted", () => {
    const folder = projectFolder(files);
    expect(listRevisionFiles(folder, ["versions", "billing"], { recursive: false })).toEqual([
      "billing/x.ts",
      ...direct,
    ]);
  });

  it("are those of inner folders too when asked, each once", () => {
    const folder = projectFolder(files);
    const found = listRevisionFiles(folder, ["versions", "./versions/2026/"], { recursive: true });
    expect(found).toEqual(
      [...direct, "versions/2026/01/y.ts", "versions/2026/z.ts", "versions/odd.ts/inside.ts"].sort((a, b) =>
        a < b ? -1 : 1,
      ),
    );
  });

  it("may stand beside the configuration or outside of its folder", () => {
    const folder = projectFolder({ "project/a.ts": "", "common/b.ts": "" });
    const found = listRevisionFiles(join(folder, "project"), [".", "../common"], { recursive: false });
    expect(found).toEqual(["../common/b.ts", "a.ts"]);
  });

  it("may be links", () => {
    const folder = projectFolder({ "versions/a.ts": "", "elsewhere/b.ts": "" });
    symlinkSync(join(folder, "elsewhere/b.ts"), join(folder, "versions/b.ts"));
    symlinkSync(join(folder, "nowhere.ts"), join(folder, "versions/broken.ts"));
    expect(listRevisionFiles(folder, ["versions"], { recursive: false })).toEqual(["versions/a.ts", "versions/b.ts"]);
  });

  it("need their folder", () => {
    const folder = projectFolder({ "file.ts": "" });
    const listing = (location: string) => () => listRevisionFiles(folder, [location], { recursive: false });
    expect(listing("versions")).toThrow(LoadError);
    expect(listing("versions")).toThrow('The versions folder "versions" does not exist.');
    expect(listing("file.ts")).toThrow('"file.ts" is not a folder');
  });

  it("are read without a byte order mark", () => {
    const folder = projectFolder({ "a.ts": "\uFEFFtext" });
    expect(readSource(join(folder, "a.ts"), "a.ts")).toBe("text");
  });
});
