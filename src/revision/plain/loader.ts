import { evaluatePlainModule, PlainFile } from "./evaluation.js";
import { readPlainModule } from "./reader.js";
import type { PlainModule } from "./syntax.js";

/** What a module exports, by name. */
export type ModuleNamespace = Readonly<Record<string, unknown>>;

/** Gives what `import … from "sqlembic"` means; the names are those that the import mentions, if it mentions any. */
export type LoadSelf = (importedNames: readonly string[] | undefined) => Promise<object>;

/** A file that is plain; nothing else can follow it. */
export function readPlain(file: string, source: string): PlainModule | undefined {
  return /\.m?ts$/.test(file) ? readPlainModule(source) : undefined;
}

/** Follows plain files, whose meaning is in their text. */
export class PlainLoader {
  /** What of sqlembic has been loaded so far. */
  #self: ModuleNamespace = {};

  constructor(readonly loadSelf: LoadSelf) {}

  /** The exports of a plain file; undefined when it throws, since the engine has the better words for that. */
  async follow(plain: PlainModule, file: string, source: string): Promise<ModuleNamespace | undefined> {
    if (!this.#hasAll(plain)) {
      this.#self = (await this.loadSelf(plain.imports.map(({ name }) => name))) as ModuleNamespace;
    }
    return this.followAtOnce(plain, file, source);
  }

  /** The same without a turn of events; undefined also while what the file imports has not been loaded. */
  followAtOnce(plain: PlainModule, relativeFile: string, text: string): ModuleNamespace | undefined {
    if (!this.#hasAll(plain)) return undefined;
    try {
      return evaluatePlainModule(plain, new PlainFile(relativeFile, text), this.#self);
    } catch {
      return undefined;
    }
  }

  /** Whether all that a file imports is there. */
  #hasAll({ imports }: PlainModule): boolean {
    return imports.every(({ name }) => Object.hasOwn(this.#self, name));
  }
}
