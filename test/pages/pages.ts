import { readdirSync, readFileSync } from "node:fs";
import { fencesOf, type Fence } from "../support/fences.js";
import { packageFolder } from "../support/scripts.js";

/** One page of documentation of this repository. */
export interface Page {
  /** Its path from the folder of the package. */
  readonly path: string;
  readonly text: string;
  readonly fences: readonly Fence[];
}

const foldersWithoutPages = ["node_modules", "dist", "coverage", ".git"];

function pathsBelow(folder: string): readonly string[] {
  return readdirSync(`${packageFolder}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) return foldersWithoutPages.includes(entry.name) ? [] : pathsBelow(`${path}/`);
    return path.endsWith(".md") ? [path] : [];
  });
}

/** Every page of the repository: whatever ends with `.md`, in whichever folder. */
export const pages: readonly Page[] = pathsBelow("")
  .toSorted()
  .map((path) => pageOf(path));

/** One page by its path. */
export function pageOf(path: string): Page {
  const text = readFileSync(`${packageFolder}${path}`, "utf8");
  return { path, text, fences: fencesOf(text) };
}

/** The text of a page without what stands in its fences: what its tables and sentences say. */
export function prose({ text, fences }: Page): string {
  return fences.reduce((rest, fence) => rest.replace(fence.text, ""), text);
}

/** The rows of the tables of a page that have these words at the head of their columns, without the head itself. */
export function rowsOfTables(page: Page, ...heads: readonly string[]): readonly (readonly string[])[] {
  const tables = prose(page).matchAll(/(?:^\|.*\|$\n?)+/gm);
  return [...tables].flatMap(([table]) => {
    const [head = [], , ...rows] = table.trimEnd().split("\n").map(cellsOf);
    return heads.every((text, column) => head[column] === text) ? rows : [];
  });
}

function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}
