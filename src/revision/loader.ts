import { isBuiltin } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readSource, relativeFile } from "./files.js";
import { failureOf, parseJson } from "./load-failures.js";
import { importFailed, importNotFound, isNotFound, missingExport } from "./import-failures.js";
import {
  isCopied,
  notLoaded,
  waits,
  type CopiedPreparation,
  type LoadedModule,
  type Preparation,
} from "./loaded-module.js";
import { ModulePositions } from "./module-positions.js";
import { ModulePreparation } from "./module-preparation.js";
import { isFileSpecifier, isTypeScript, resolveFile, resolveMapped, resolvePackage } from "./resolve.js";
import { rewriteLive } from "./transpile.js";
import { compileLive, copyExports, giveExports, importMeta } from "./module-code.js";
import type { ModuleText } from "./module-text.js";
import { importModule } from "../on-demand.js";

/** What a module exports, by name. */
export type ModuleNamespace = Readonly<Record<string, unknown>>;

/** Gives what `import … from "sqlembic"` means; the names are those that the import mentions, if it mentions any. */
type LoadSelf = (importedNames: readonly string[] | undefined) => Promise<object>;

export interface LoaderOptions {
  /** The project's folder: positions are relative to it. */
  readonly folder: string;
  readonly self: LoadSelf;
}

/**
 * Loads the TypeScript and JavaScript files of a project: its configuration, its revisions and their helpers. Packages
 * are left to Node, resolved from the file that imports them; `sqlembic` is always the package that is running.
 *
 * A file becomes a function that is given copies of what it imports. In most files nobody can tell them from the live
 * bindings of ESM. The others get live bindings: those that import each other in a circle, export variables, import from
 * such a file or from a package, or ask for `import.meta` or `import()`.
 *
 * Nothing else in sqlembic runs code of users.
 */
export class ModuleLoader {
  readonly #folder: string;
  readonly #self: LoaderOptions["self"];
  readonly #modules = new Map<string, LoadedModule>();
  readonly #positions = new ModulePositions();
  readonly #preparation = new ModulePreparation({
    moduleAt: (path) => this.#module(path),
    sourceOf: (module) => this.#sourceOf(module),
  });
  /** What of sqlembic, and which modules of Node, have been loaded so far. */
  #loadedSelf: object = {};
  readonly #builtins = new Map<string, object>();

  constructor(options: LoaderOptions) {
    this.#folder = resolve(options.folder);
    this.#self = options.self;
  }

  /**
   * Evaluates a file, once, and gives its exports.
   *
   * @throws LoadError when it cannot be parsed, or when it or a file that it imports throws
   */
  async evaluate(file: string, source?: string): Promise<ModuleNamespace> {
    const module = this.#module(resolve(this.#folder, file));
    module.source ??= source;
    await this.#evaluated(module);
    return module.exports;
  }

  /**
   * The same synchronously: thousands of those take their time. Undefined while what the file imports has not
   * been loaded, and for a file that waits for something.
   */
  evaluateSync(file: string, source: string): ModuleNamespace | undefined {
    const module = this.#module(resolve(this.#folder, file));
    if (module.isEvaluated) return module.exports;
    if (module.evaluation !== undefined) return undefined;
    module.source ??= source;
    const preparation = this.#preparation.prepare(module);
    if (!isCopied(preparation) || preparation.text.isAsync) return undefined;
    const imports = this.#loadedImports(module, preparation.text);
    if (imports === undefined) return undefined;
    try {
      giveExports(module.exports, preparation.text, imports, this.#runCopied(module, preparation, imports));
    } catch (cause) {
      const error = failureOf(module.file, cause);
      module.evaluation = Promise.reject(error);
      module.evaluation.catch(() => undefined); // whoever asks for the module once more is told again
      throw error;
    }
    module.evaluation = Promise.resolve();
    this.#end(module);
    return module.exports;
  }

  #end(module: LoadedModule): void {
    module.isEvaluated = true;
    module.preparation = undefined;
  }

  /** The texts of the files that a file imports, directly or through others, as far as they have been read. */
  importedTexts(file: string): readonly string[] {
    const reached = new Set<LoadedModule>();
    const reach = (module: LoadedModule | undefined): void => {
      for (const imported of module?.imports ?? []) {
        if (reached.has(imported)) continue;
        reached.add(imported);
        reach(imported);
      }
    };
    reach(this.#modules.get(resolve(this.#folder, file)));
    return [...reached].flatMap(({ source }) => source ?? []);
  }

  /** Has all files evaluated anew when they are next asked for: as if nothing in them had run. */
  forget(): void {
    this.#modules.clear();
  }

  #module(path: string): LoadedModule {
    const known = this.#modules.get(path);
    if (known !== undefined) return known;
    const module = notLoaded(path, relativeFile(this.#folder, path));
    this.#modules.set(path, module);
    return module;
  }

  #sourceOf(module: LoadedModule): string {
    return (module.source ??= readSource(module.path, module.file));
  }

  #evaluated(module: LoadedModule): Promise<void> {
    return (module.evaluation ??= this.#evaluate(module));
  }

  async #evaluate(module: LoadedModule): Promise<void> {
    await this.#run(module, this.#preparation.prepare(module));
    this.#end(module);
  }

  async #run(module: LoadedModule, preparation: Preparation): Promise<void> {
    const { path, file, exports } = module;
    switch (preparation.kind) {
      case "json":
        copyExports(parseJson(file, this.#sourceOf(module)), exports);
        break;
      case "node":
        copyExports(await importModule(pathToFileURL(path).href), exports);
        break;
      case "written":
      case "copied":
        await this.#runWithCopies(module, preparation);
        break;
      case "live":
        await this.#runLive(module, preparation.code);
    }
  }

  async #runWithCopies(module: LoadedModule, preparation: CopiedPreparation): Promise<void> {
    const { kind, text } = preparation;
    const imports: object[] = [];
    try {
      for (const { specifier, names } of text.imports) {
        imports.push(await this.#importStatically(module, this.#sourceOf(module), specifier, names));
      }
    } catch (error) {
      if (kind === "copied") throw error;
      // What is not there may be a type, which a parser leaves out.
      module.preparation = this.#preparation.prepareStripped(module, []);
      return this.#run(module, module.preparation);
    }
    const exports = this.#runCopied(module, preparation, imports);
    try {
      giveExports(module.exports, text, imports, await exports);
    } catch (cause) {
      throw failureOf(module.file, cause);
    }
  }

  /** Runs a module with copies of its imports, and gives its exports. */
  #runCopied(
    module: LoadedModule,
    { kind, run }: CopiedPreparation,
    imports: readonly object[],
  ): object | Promise<object> {
    this.#positions.register(module, this.#sourceOf(module), kind);
    try {
      return run(imports);
    } catch (cause) {
      throw failureOf(module.file, cause);
    }
  }

  async #runLive(module: LoadedModule, stripped: string): Promise<void> {
    const { path, file, exports } = module;
    const source = this.#sourceOf(module);
    const code = rewriteLive(file, stripped);
    this.#positions.register(module, this.#sourceOf(module), "live");
    try {
      await compileLive(path, code)(
        (specifier, metadata) => this.#importStatically(module, source, specifier, metadata?.importedNames),
        exports,
        (specifier) => this.#import(module, source, String(specifier), undefined),
        (namespace) => copyExports(namespace, exports, "default"),
        importMeta(path),
      );
    } catch (cause) {
      throw failureOf(file, cause);
    }
  }

  /** What a module imports, if all of it has been loaded. */
  #loadedImports(importer: LoadedModule, { imports }: ModuleText): readonly object[] | undefined {
    const loaded: object[] = [];
    for (const { specifier, names } of imports) {
      const namespace = this.#loadedImport(importer, specifier, names);
      if (namespace === undefined || names?.every((name) => Object.hasOwn(namespace, name)) === false) return undefined;
      loaded.push(namespace);
    }
    return loaded;
  }

  #loadedImport(importer: LoadedModule, specifier: string, names: readonly string[] | undefined): object | undefined {
    // Of sqlembic no more is loaded than somebody has asked for by name.
    if (specifier === "sqlembic") return names && this.#loadedSelf;
    if (!isFileSpecifier(specifier)) return this.#builtins.get(specifier);
    const path = resolveFile(specifier, importer.path);
    const module = path === undefined ? undefined : this.#module(path);
    return module?.isEvaluated === true ? module.exports : undefined;
  }

  async #importStatically(
    importer: LoadedModule,
    source: string,
    specifier: string,
    importedNames: readonly string[] | undefined,
  ): Promise<object> {
    const namespace = await this.#import(importer, source, specifier, importedNames);
    const missing = importedNames?.find((name) => !Object.hasOwn(namespace, name));
    // A module that waits for its importer has not reached all of its exports: they are looked up when they are used.
    if (missing === undefined || this.#isUnfinished(namespace)) return namespace;
    throw missingExport(importer.file, source, specifier, missing, namespace);
  }

  #isUnfinished(namespace: object): boolean {
    return [...this.#modules.values()].some((module) => module.exports === namespace && !module.isEvaluated);
  }

  async #import(
    importer: LoadedModule,
    source: string,
    specifier: string,
    importedNames: readonly string[] | undefined,
  ): Promise<object> {
    if (specifier === "sqlembic") return (this.#loadedSelf = await this.#self(importedNames));
    if (!isFileSpecifier(specifier)) return this.#importPackage(importer, source, specifier);
    const path = resolveFile(specifier, importer.path);
    if (path === undefined) {
      throw importNotFound(importer, source, specifier);
    }
    return this.#importFile(importer, path);
  }

  async #importFile(importer: LoadedModule, path: string): Promise<object> {
    const module = this.#module(path);
    importer.imports.add(module);
    // In a cycle of imports the module that closes it sees the other one as far as it has come, as everywhere in ESM.
    if (module.isEvaluated || waits(module, importer)) return module.exports;
    (importer.waitsFor ??= new Set()).add(module);
    try {
      await this.#evaluated(module);
    } finally {
      importer.waitsFor.delete(module);
    }
    return module.exports;
  }

  async #importPackage(importer: LoadedModule, source: string, specifier: string): Promise<object> {
    let url: string;
    try {
      url = await resolvePackage(specifier, importer.path);
      if (!isTypeScript(url)) {
        const namespace = await importModule(url);
        if (isBuiltin(specifier)) this.#builtins.set(specifier, namespace);
        return namespace;
      }
    } catch (cause) {
      const mapped = isNotFound(cause) ? resolveMapped(specifier, importer.path) : undefined;
      if (mapped !== undefined) return this.#importFile(importer, mapped);
      throw importFailed(importer, source, specifier, cause);
    }
    return this.#importFile(importer, fileURLToPath(url));
  }
}
