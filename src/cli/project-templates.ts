import { readdirSync, readFileSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { loadTemplate, templatesFolder } from "../render/templates.js";

/** Something that `init` can start from: a folder under `templates/project`. */
export interface ProjectTemplate {
  readonly name: string;
  /** One line: the first of its README. */
  readonly synopsis: string;
}

const root = "project";
const readme = "README";
const templateExtension = ".hbs";

/** All project templates, by name. */
export function projectTemplates(): readonly ProjectTemplate[] {
  const folder = join(templatesFolder(), root);
  return entries(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const [synopsis = ""] = readFileSync(join(folder, name, readme), "utf8").split("\n");
      return { name, synopsis };
    });
}

/** A file of a new project. */
export interface ProjectFile {
  /** Relative to the project's folder, with forward slashes. */
  readonly file: string;
  readonly text: string;
}

/** The files of a project template, filled in with values. */
export function projectFiles(template: string, values: object): readonly ProjectFile[] {
  const collect = (folder: string): readonly ProjectFile[] =>
    entries(join(templatesFolder(), root, template, folder)).flatMap((entry) => {
      const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return collect(file);
      if (file === readme) return [];
      const path = `${root}/${template}/${file}`;
      return file.endsWith(templateExtension)
        ? [{ file: file.slice(0, -templateExtension.length), text: loadTemplate(path)(values) }]
        : [{ file, text: readFileSync(join(templatesFolder(), path), "utf8") }];
    });
  return collect("");
}

function entries(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}
