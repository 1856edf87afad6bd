import { evaluatePlainModule, PlainFile } from "./evaluation.js";
import { UnknownPlace } from "../origin.js";
import { notPlain } from "./cursor.js";
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

/** Whether an error says that a file cannot be followed, and nothing about what is written in it. */
export function cannotFollow(error: unknown): boolean {
  return error === notPlain || error instanceof UnknownPlace;
}

/** Follows plain files, whose meaning is in their text. */
export class PlainLoader {
  /** What of sqlembic has been loaded so far. */
  #self: ModuleNamespace = {};

  /** What went wrong in files, by name: the engine is to find the same. */
  readonly failures = new Map<string, unknown>();

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
    } catch (error) {
      if (!cannotFollow(error)) this.failures.set(relativeFile, error);
      return undefined;
    }
  }

  /** Whether all that a file imports is there. */
  #hasAll({ imports }: PlainModule): boolean {
    return imports.every(({ name }) => Object.hasOwn(this.#self, name));
  }
}
