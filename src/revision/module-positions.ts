import type { LoadedModule } from "./loaded-module.js";
import { registerSource, type Position } from "./origin.js";
import { createPositionMapper, type ModuleKind } from "./transpile.js";

/** Leads positions in the code that runs back to those in the files that it was made of. */
export class ModulePositions {
  #latestMapper:
    { readonly file: string; readonly source: string; readonly map: (position: Position) => Position } | undefined;

  /**
   * Tells what a module was made of, before it runs.
   *
   * @param kind what was made of the file: "written" keeps its positions
   */
  register({ path, file }: LoadedModule, source: string, kind: "written" | ModuleKind): void {
    const mapPosition = (position: Position): Position =>
      kind === "written" ? position : this.#map(file, source, kind, position);
    registerSource(path, { relativeFile: file, text: source, mapPosition });
  }

  /** Keeps the source map of one file: positions are asked for file by file, and thousands of maps weigh much. */
  #map(file: string, source: string, kind: ModuleKind, position: Position): Position {
    if (this.#latestMapper?.file !== file || this.#latestMapper.source !== source) {
      this.#latestMapper = { file, source, map: createPositionMapper(file, source, kind) };
    }
    return this.#latestMapper.map(position);
  }
}
