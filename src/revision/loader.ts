import { isBuiltin } from "node:module";
import { extname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { LoadError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import { readSource, relativeFile } from "./files.js";
import { failureOf, originOfImport, parseJson } from "./load-failures.js";
import { registerSource, type Position } from "./origin.js";
import {
  hintForMissingFile,
  hintForMissingPackage,
  isFileSpecifier,
  isTypeScript,
  resolveFile,
  resolvePackage,
} from "./resolve.js";
import { createPositionMapper, rewriteLive, stripModule, type ModuleKind, type StrippedModule } from "./transpile.js";
import { compileCopied, compileLive, copyExports, giveExports, importMeta, type CopiedModule } from "./module-code.js";
import type { ModuleImport, ModuleText } from "./module-text.js";
import { readTypedModule } from "./typed-module-text.js";
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

/** A function that is given copies of what it imports: the file as it was written but for its types, or as oxc left it. */
interface CopiedPreparation {
  readonly kind: "written" | "copied";
  readonly text: ModuleText;
  readonly run: CopiedModule;
}

/** How a file is evaluated, as far as it is known before that. */
type Preparation =
  | { readonly kind: "json" }
  /** By Node, as it does with every program. */
  | { readonly kind: "node" }
  | CopiedPreparation
  | { readonly kind: "live"; readonly code: string };

function isCopied(preparation: Preparation): preparation is CopiedPreparation {
  return preparation.kind === "written" || preparation.kind === "copied";
}

interface LoadedModule {
  readonly path: string;
  readonly file: string;
  readonly exports: Record<string, unknown>;
  /** The text of the file, once it has been read. */
  source: string | undefined;
  /** The files of the project that it imports, as far as they are known. */
  readonly imports: Set<LoadedModule>;
  /** Undefined before the file has been read, while the files that it imports are, and when it has been evaluated. */
  preparation: Preparation | undefined;
  /** Whether its exports may change; undefined before that is known. */
  isLive: boolean | undefined;
  /** Settles when the module has been evaluated; undefined before that has begun. */
  evaluation: Promise<void> | undefined;
  isEvaluated: boolean;
  /** The modules that this one's evaluation waits for at the moment. */
  waitsFor: Set<LoadedModule> | undefined;
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
  /** What of sqlembic, and which modules of Node, have been loaded so far. */
  #loadedSelf: object = {};
  readonly #builtins = new Map<string, object>();

  #latestMapper:
    { readonly file: string; readonly source: string; readonly map: (position: Position) => Position } | undefined;

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
    const preparation = this.#prepared(module);
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
    const module: LoadedModule = {
      path,
      file: relativeFile(this.#folder, path),
      exports: Object.create(null, { [Symbol.toStringTag]: { value: "Module" } }) as Record<string, unknown>,
      source: undefined,
      imports: new Set(),
      preparation: undefined,
      isLive: undefined,
      evaluation: undefined,
      isEvaluated: false,
      waitsFor: undefined,
    };
    this.#modules.set(path, module);
    return module;
  }

  #sourceOf(module: LoadedModule): string {
    return (module.source ??= readSource(module.path, module.file));
  }

  /**
   * How a module is evaluated, which depends on all files that it imports.
   *
   * @param importers - the modules on whose behalf this is asked, the outermost first
   */
  #prepared(module: LoadedModule, importers: readonly LoadedModule[] = []): Preparation {
    if (module.preparation !== undefined) return module.preparation;
    const preparation = this.#prepare(module, importers);
    module.isLive = preparation.kind === "live";
    return (module.preparation = preparation);
  }

  #prepare(module: LoadedModule, importers: readonly LoadedModule[]): Preparation {
    const { path } = module;
    if (extname(path) === ".json") return { kind: "json" };
    if (path.endsWith(".cjs")) return { kind: "node" };
    return this.#prepareWritten(module, importers) ?? this.#prepareStripped(module, importers);
  }

  /** A parser takes its time: most revision files need none. */
  #prepareWritten(module: LoadedModule, importers: readonly LoadedModule[]): Preparation | undefined {
    const text = readTypedModule(this.#sourceOf(module));
    return text?.hasExports === true ? this.#copied("written", module, text, importers) : undefined;
  }

  #prepareStripped(module: LoadedModule, importers: readonly LoadedModule[]): Preparation {
    const { path, file } = module;
    const stripped = stripModule(file, this.#sourceOf(module));
    const { code, text } = stripped;
    // Without import and export, Node decides whether it is a CommonJS module.
    if (path.endsWith(".js") && isScript(file, stripped)) return { kind: "node" };
    return (text && this.#copied("copied", module, text, importers)) ?? { kind: "live", code };
  }

  /** A module that is given copies of its imports, if it may be. */
  #copied(
    kind: CopiedPreparation["kind"],
    module: LoadedModule,
    text: ModuleText,
    importers: readonly LoadedModule[],
  ): Preparation | undefined {
    const chain = [...importers, module];
    if (!text.imports.every((one) => this.#staysAsItIs(module, one, chain))) return undefined;
    const run = compileCopied(module.path, text);
    return run && { kind, text, run };
  }

  /** Whether nothing that is imported there ever changes its value. */
  #staysAsItIs(importer: LoadedModule, { specifier }: ModuleImport, chain: readonly LoadedModule[]): boolean {
    if (specifier === "sqlembic" || isBuiltin(specifier)) return true;
    const path = isFileSpecifier(specifier) ? resolveFile(specifier, importer.path) : undefined;
    if (path === undefined) return false;
    const module = this.#module(path);
    importer.imports.add(module);
    // A circle: all modules in it are live, and whoever imports one of them.
    if (chain.includes(module)) return false;
    if (module.isLive === undefined) this.#prepared(module, chain);
    return module.isLive === false;
  }

  #evaluated(module: LoadedModule): Promise<void> {
    return (module.evaluation ??= this.#evaluate(module));
  }

  async #evaluate(module: LoadedModule): Promise<void> {
    await this.#run(module, this.#prepared(module));
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
      module.preparation = this.#prepareStripped(module, []);
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
    this.#register(module, kind);
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
    this.#register(module, "live");
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

  #register(module: LoadedModule, kind: "written" | ModuleKind): void {
    const { path, file } = module;
    const text = this.#sourceOf(module);
    const mapPosition = (position: Position): Position =>
      kind === "written" ? position : this.#mapPosition(file, text, kind, position);
    registerSource(path, { relativeFile: file, text, mapPosition });
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

  /** Keeps the source map of one file: positions are asked for file by file, and thousands of maps weigh much. */
  #mapPosition(file: string, source: string, kind: ModuleKind, position: Position): Position {
    if (this.#latestMapper?.file !== file || this.#latestMapper.source !== source) {
      this.#latestMapper = { file, source, map: createPositionMapper(file, source, kind) };
    }
    return this.#latestMapper.map(position);
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
    const message = `${importer.file} imports ${missing} from "${specifier}", which does not export it.`;
    throw new LoadError("missing-export", message + didYouMean(missing, Object.keys(namespace).sort()), {
      origin: originOfImport(importer.file, source, specifier),
      hint: `If ${missing} is a type, write \`import type\` or \`export type\`.`,
      data: { file: importer.file, specifier, name: missing },
    });
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
      throw new LoadError("import-not-found", `${importer.file} imports "${specifier}", and there is no such file.`, {
        origin: originOfImport(importer.file, source, specifier),
        hint: hintForMissingFile(specifier, importer.path),
        data: { file: importer.file, specifier },
      });
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
      const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const details = {
        origin: originOfImport(importer.file, source, specifier),
        hint: code === "ERR_MODULE_NOT_FOUND" ? hintForMissingPackage(specifier) : undefined,
        data: { file: importer.file, specifier },
      };
      const error = new LoadError("import-failed", `${importer.file} cannot import "${specifier}": ${reason}`, details);
      error.cause = cause;
      throw error;
    }
    return this.#importFile(importer, fileURLToPath(url));
  }
}

/** Whether a file has neither import nor export. */
function isScript(file: string, { code, text }: StrippedModule): boolean {
  if (text !== undefined) return text.imports.length === 0 && !text.hasExports;
  return !rewriteLive(file, code).includes("__vite_ssr_");
}

function waits(module: LoadedModule, target: LoadedModule): boolean {
  return module === target || [...(module.waitsFor ?? [])].some((next) => waits(next, target));
}
