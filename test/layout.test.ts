import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDialect } from "../dialects/index.js";
import { commands } from "../src/cli/commands/index.js";
import { operations } from "../src/operations/index.js";
import { dialectNames } from "../src/schema/dialect-names.js";
import { circlesOf, sourceFiles, usesOf, type Use } from "./support/imports.js";
import { packageFolder } from "./support/scripts.js";

/** What a small file at the top of `src` gives to everybody. */
const common = ["errors", "on-demand", "suggestion", "visible-text", "package-folder"];
/** What knows no dialect. */
const core = [...common, "schema", "history", "catalog", "operations", "facts", "revision", "compiler"];
/** What knows no project: each dialect, the text of scripts and of revision files, the configuration. */
const parts = [...core, "dialects", "render", "authoring", "config"];

/** Every area of the sources with those that it may import; a file at the top of `src` is an area of its own. */
const areas: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  "on-demand": [],
  "package-folder": [],
  suggestion: ["errors", "on-demand"],
  "visible-text": [],
  schema: ["errors", "suggestion"],
  history: ["errors", "suggestion"],
  catalog: ["errors", "suggestion", "schema"],
  operations: ["errors", "suggestion", "schema", "catalog"],
  facts: ["errors", "schema", "catalog", "operations"],
  revision: ["errors", "on-demand", "suggestion", "schema", "history", "catalog", "operations"],
  compiler: ["errors", "suggestion", "visible-text", "schema", "history", "catalog", "operations", "facts", "revision"],
  dialects: core.filter((area) => !["facts", "history", "revision", "package-folder"].includes(area)),
  render: core.filter((area) => !["facts", "history", "revision", "suggestion"].includes(area)),
  authoring: ["errors", "on-demand", "schema", "history", "operations", "revision", "render"],
  config: ["errors", "suggestion", "schema", "catalog", "operations", "revision"],
  autogenerate: [...core.filter((area) => area !== "revision"), "config"],
  project: [...parts, "autogenerate"],
  prove: [...parts, "project"],
  "public-types": [...parts, "autogenerate", "project", "prove"],
  index: [...parts, "autogenerate", "project", "prove", "public-types"],
  cli: [...parts, "autogenerate", "project", "prove", "index"],
};

function areaOf(file: string): string {
  const [top = "", next = ""] = file.split("/");
  return top === "dialects" ? top : next.replace(/\.ts$/, "");
}

/**
 * The one circle there may be, of types alone: a dialect is a value whose functions take a context, and the context
 * holds its dialect. Neither type can be said without the other, nor what is part of either.
 */
const dialectContract = [
  "src/compiler/dialect.ts",
  "src/compiler/literal-dispatch.ts",
  "src/compiler/literals.ts",
  "src/compiler/render-context.ts",
  "src/compiler/script/model.ts",
  "src/compiler/script/text.ts",
  "src/compiler/server-rules.ts",
  "src/compiler/sql-reader.ts",
];

const files = [...sourceFiles("src"), ...sourceFiles("dialects")];
const uses = files.flatMap(usesOf);
const isOwn = ({ kind, target }: Use): boolean => kind !== "global" && /^(src|dialects)\//.test(target);
const told = ({ file, line, target }: Use): string => `${file}:${line} uses ${target}`;

/** The uses of something outside the places where it belongs. */
function strays(what: (use: Use) => boolean, places: readonly string[]): readonly string[] {
  return uses.filter((use) => what(use) && !places.some((place) => use.file.startsWith(place))).map(told);
}

describe("imports", () => {
  it("go from the command line towards the schema, and never back", () => {
    const wrong = uses.filter((use) => {
      if (!isOwn(use)) return false;
      const from = areaOf(use.file);
      const to = areaOf(use.target);
      return from !== to && !(areas[from] ?? []).includes(to);
    });
    expect(wrong.map(told)).toEqual([]);
  });

  it("go in no circle, those of types counted too: the contract of a dialect and its context excepted", () => {
    expect(circlesOf(uses)).toEqual([dialectContract]);
  });

  it("finds circles", () => {
    const use = (file: string, target: string): Use => ({ file, line: 1, kind: "import", target });
    const chain = [use("a", "b"), use("b", "c")];
    expect(circlesOf(chain)).toEqual([]);
    expect(circlesOf([...chain, use("c", "b"), use("x", "x")])).toEqual([["b", "c"], ["x"]]);
    expect(circlesOf([...chain, { ...use("c", "a"), kind: "lazy" }])).toEqual([]);
  });

  it("compare versions of servers in the tables of features alone", () => {
    const places = ["dialects/shared/features.ts", "src/compiler/target-version.ts"];
    expect(strays(({ target }) => target === "src/compiler/version.ts", places)).toEqual([]);
  });

  it("keep every dialect to itself: MariaDB alone builds on another, MySQL", () => {
    const family = (file: string): string => file.split("/")[1] ?? "";
    const wrong = uses.filter(
      (use) =>
        isOwn(use) &&
        areaOf(use.file) === "dialects" &&
        areaOf(use.target) === "dialects" &&
        use.file !== "dialects/index.ts" &&
        ![family(use.file), "shared", ...(family(use.file) === "mariadb" ? ["mysql"] : [])].includes(
          family(use.target),
        ),
    );
    expect(wrong.map(told)).toEqual([]);
  });

  it("leave the history pure: it takes nothing from outside the sources", () => {
    expect(strays((use) => use.file.startsWith("src/history/") && !isOwn(use), [])).toEqual([]);
  });

  it("leave running a user's code to the loader", () => {
    expect(strays(({ kind }) => kind === "computed", ["src/revision/loader.ts", "src/on-demand.ts"])).toEqual([]);
  });

  it("load late only where a command chooses what it needs", () => {
    const places = [
      ...[
        "src/suggestion.ts",
        "src/revision/",
        "src/authoring/layout.ts",
        "src/prove/engine/",
        "src/render/templates.ts",
      ],
      ...["src/cli/", "src/index.ts", "dialects/"],
    ];
    expect(strays(({ kind }) => kind === "lazy" || kind === "onDemand", places)).toEqual([]);
  });

  it("load packages late by one file alone, since the bundled program is no module that could import any", () => {
    expect(strays((use) => use.kind === "lazy" && !isOwn(use), ["src/on-demand.ts"])).toEqual([]);
  });
});

describe("the world outside", () => {
  it("is read by few: files by the loader, project, templates and command line", () => {
    const places = [
      "src/revision/files.ts",
      "src/revision/loader.ts",
      "src/revision/resolve.ts",
      "src/revision/tsconfig-paths.ts",
      "src/project/",
      "src/render/templates.ts",
      "src/package-folder.ts",
      "src/prove/engine/",
      "src/cli/",
    ];
    expect(strays(({ target }) => target === "node:fs" || target === "node:fs/promises", places)).toEqual([]);
  });

  it("is no business of the compiler: the process belongs to the command line, the main entry and engines", () => {
    const places = ["src/cli/", "src/index.ts", "src/prove/engine/"];
    expect(strays(({ target }) => ["process", "node:process"].includes(target), places)).toEqual([]);
  });

  it("is never connected to but by a proof on an engine: no other code starts programs or opens sockets", () => {
    const doors = ["node:child_process", "node:net", "node:tls", "node:http", "node:https", "node:dgram"];
    const places = ["src/prove/engine/", "src/cli/programs.ts"];
    expect(strays(({ target }) => doors.includes(target), places)).toEqual([]);
  });

  it.each([
    ["handlebars", "src/render/"],
    ["yargs", "src/cli/"],
    ["console", "src/cli/"],
    ["picocolors", "src/cli/"],
    ["diff", "src/cli/"],
  ])("%s is used in %s alone", (target, place) => {
    expect(strays((use) => use.target === target || use.target.startsWith(`${target}/`), [place])).toEqual([]);
  });
});

describe("registries", () => {
  it("hold every dialect that has a folder", async () => {
    const entries = readdirSync(`${packageFolder}dialects`, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== "shared").map(({ name }) => name);
    expect(folders.sort()).toEqual([...dialectNames].sort());
    const loaded = await Promise.all(dialectNames.map(async (name) => (await loadDialect(name)).name));
    expect(loaded).toEqual(dialectNames);
  });

  it("give every dialect its table of features, its reader and its script", () => {
    for (const name of dialectNames) {
      const own = sourceFiles(`dialects/${name}`);
      expect(own).toContain(`dialects/${name}/features.ts`);
      expect(own).toContain(`dialects/${name}/reader/reader.ts`);
      expect(own.some((file) => file.startsWith(`dialects/${name}/script/`))).toBe(true);
    }
  });

  it("hold every command that has a file", () => {
    const files = sourceFiles("src/cli/commands").map((file) => file.replace(/^.*\/|\.ts$/g, ""));
    expect(files.filter((name) => name !== "index").sort()).toEqual(Object.keys(commands).sort());
  });

  it("hold every operation that has a file", async () => {
    const kinds: string[] = [];
    for (const file of sourceFiles("src/operations")) {
      if (
        /\/(?:batch-operations|batch-order|call|index|list|node|operation|sql-effects|(?:later-|settings-)?in-revision)\.ts$/.test(
          file,
        )
      )
        continue;
      const exported = Object.values((await import(/* @vite-ignore */ `${packageFolder}${file}`)) as object) as {
        kind?: string;
        directives?: unknown;
      }[];
      const definitions = exported.filter(({ kind, directives }) => kind !== undefined && directives !== undefined);
      expect(definitions, `${file} defines no operation`).not.toEqual([]);
      kinds.push(...definitions.map(({ kind }) => kind ?? ""));
    }
    expect(kinds.sort()).toEqual(Object.keys(operations).sort());
  });
});
