import { dirname, extname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import { LoadError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import { readSource, relativeFile } from "./files.js";
import { failureOf, originOfImport, parseJson } from "./load-failures.js";
import { registerSource, type Position } from "./origin.js";
import { PlainLoader, readPlain, type LoadSelf, type ModuleNamespace } from "./plain/loader.js";
import {
  hintForMissingFile,
  hintForMissingPackage,
  isFileSpecifier,
  isTypeScript,
  resolveFile,
  resolvePackage,
} from "./resolve.js";
import { createPositionMapper, transpile, type TranspiledModule } from "./transpile.js";
import { importModule } from "../on-demand.js";

export type { ModuleNamespace } from "./plain/loader.js";

export interface LoaderOptions {
  /** The project's folder: positions are relative to it. */
  readonly folder: string;
  readonly self: LoadSelf;
}

interface LoadedModule {
  readonly path: string;
  readonly file: string;
  readonly exports: Record<string, unknown>;
  /** The text of the file, once it has been read. */
  text: string | undefined;
  readonly imports: Set<LoadedModule>;
  /** Settles when the module has been evaluated; undefined before that has begun. */
  evaluation: Promise<void> | undefined;
  isEvaluated: boolean;
  /** The modules that this one's evaluation waits for at the moment. */
  waitsFor: Set<LoadedModule> | undefined;
}

type ImportFunction = (specifier: string, metadata?: { readonly importedNames?: readonly string[] }) => Promise<object>;
type CompiledModule = (
  importStatic: ImportFunction,
  exports: object,
  importDynamic: ImportFunction,
  exportAll: (source: object) => void,
  meta: object,
) => Promise<object | undefined>;

/** The names that oxc's module runner form gives to what a module needs from its loader. */
const parameters = [
  "__vite_ssr_import__",
  "__vite_ssr_exports__",
  "__vite_ssr_dynamic_import__",
  "__vite_ssr_exportAll__",
  "__vite_ssr_import_meta__",
];

/**
 * Loads the TypeScript and JavaScript files of a project: its configuration, its revisions and their helpers. Packages
 * are left to Node, resolved from the file that imports them; `sqlembic` is always the package that is running.
 *
 * Nothing else in sqlembic runs code of users.
 */
export class ModuleLoader {
  readonly #folder: string;
  readonly #self: LoaderOptions["self"];
  readonly #modules = new Map<string, LoadedModule>();
  readonly #plain: PlainLoader;

  #latestMapper:
    { readonly file: string; readonly source: string; readonly map: (position: Position) => Position } | undefined;

  constructor(options: LoaderOptions) {
    this.#folder = resolve(options.folder);
    this.#self = options.self;
    this.#plain = new PlainLoader(options.self);
  }

  /**
   * The exports of a file: a plain one without functions is followed, any other is evaluated, once.
   *
   * @throws LoadError when it cannot be parsed, or when it or a file that it imports throws
   */
  async load(file: string, source: string): Promise<ModuleNamespace> {
    const plain = readPlain(file, source);
    // Whoever calls a function of these exports has no other one to tell what goes wrong in it: it is the engine's.
    const followed = plain?.hasFunctions === false ? await this.#plain.follow(plain, file, source) : undefined;
    return followed ?? this.evaluate(file, source);
  }

  /** The exports of a plain file; undefined for any other. */
  async follow(file: string, source: string): Promise<ModuleNamespace | undefined> {
    const plain = readPlain(file, source);
    return plain && this.#plain.follow(plain, file, source);
  }

  /**
   * The exports of a plain file, without a turn of events: thousands of those take their time. Undefined for any other
   * file, and while what it imports has not been loaded.
   */
  followAtOnce(file: string, source: string): ModuleNamespace | undefined {
    const plain = readPlain(file, source);
    return plain && this.#plain.followAtOnce(plain, file, source);
  }

  /**
   * Has the engine evaluate a file, once, and gives its exports.
   *
   * @throws LoadError when it cannot be parsed, or when it or a file that it imports throws
   */
  async evaluate(file: string, source?: string): Promise<ModuleNamespace> {
    const module = this.#module(resolve(this.#folder, file));
    await this.#evaluated(module, source);
    // The engine has the better words for what goes wrong. Where nothing does, following the text was at fault.
    if (this.#plain.failures.has(file)) throw this.#plain.failures.get(file);
    return module.exports;
  }

  /** The texts of the files that a file imports, directly or through others, as far as they have been evaluated. */
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
    return [...reached].flatMap(({ text }) => text ?? []);
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
      text: undefined,
      imports: new Set(),
      evaluation: undefined,
      isEvaluated: false,
      waitsFor: undefined,
    };
    this.#modules.set(path, module);
    return module;
  }

  #evaluated(module: LoadedModule, knownSource?: string): Promise<void> {
    return (module.evaluation ??= this.#evaluate(module, knownSource));
  }

  async #evaluate(module: LoadedModule, knownSource: string | undefined): Promise<void> {
    const { path, file, exports } = module;
    const source = (module.text = knownSource ?? readSource(path, file));
    if (extname(path) === ".json") {
      copyExports(parseJson(file, source), exports);
    } else {
      const transpiled = path.endsWith(".cjs") ? undefined : transpile(file, source);
      if (transpiled !== undefined && !isScript(path, transpiled)) await this.#run(module, source, transpiled);
      else copyExports(await importModule(pathToFileURL(path).href), exports);
    }
    module.isEvaluated = true;
  }

  async #run(module: LoadedModule, source: string, transpiled: TranspiledModule): Promise<void> {
    const { path, file, exports } = module;
    registerSource(path, {
      relativeFile: file,
      text: source,
      mapPosition: (position) => this.#mapPosition(file, source, position),
    });
    try {
      const run = compile(path, transpiled);
      const settledExports = await run(
        (specifier, metadata) => this.#importStatically(module, source, specifier, metadata?.importedNames),
        exports,
        (specifier) => this.#import(module, source, String(specifier), undefined),
        (namespace) => copyExports(namespace, exports, "default"),
        importMeta(path),
      );
      Object.assign(exports, settledExports);
    } catch (cause) {
      throw failureOf(file, cause);
    }
  }

  /** Keeps the source map of one file: positions are asked for file by file, and thousands of maps weigh much. */
  #mapPosition(file: string, source: string, position: Position): Position {
    if (this.#latestMapper?.file !== file || this.#latestMapper.source !== source) {
      this.#latestMapper = { file, source, map: createPositionMapper(file, source) };
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
    if (specifier === "sqlembic") return this.#self(importedNames);
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
      if (!isTypeScript(url)) return await importModule(url);
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

/** The code begins on a line of its own, so that its columns stay as they are; line numbers are set back by one. */
function compile(path: string, { code, missingLines }: TranspiledModule): CompiledModule {
  const body = `"use strict"; return (async () => {\n${code}\n})()`;
  return vm.compileFunction(body, parameters, { filename: path, lineOffset: missingLines - 1 }) as CompiledModule;
}

/** Whether a file has neither import nor export: Node itself then decides whether it is a CommonJS module. */
function isScript(path: string, { code, missingLines }: TranspiledModule): boolean {
  return path.endsWith(".js") && missingLines === 0 && !code.includes("__vite_ssr_");
}

/** What `import.meta` is: few modules ask for it, and a URL takes its time to make. */
function importMeta(path: string): object {
  return {
    get url() {
      return pathToFileURL(path).href;
    },
    get filename() {
      return path;
    },
    get dirname() {
      return dirname(path);
    },
  };
}

function waits(module: LoadedModule, target: LoadedModule): boolean {
  return module === target || [...(module.waitsFor ?? [])].some((next) => waits(next, target));
}

/** Makes live views of what another module exports, where there is nothing of that name yet. */
function copyExports(from: object, to: Record<string, unknown>, except?: string): void {
  const source = from as ModuleNamespace;
  for (const name of Object.keys(source)) {
    if (name in to || name === except) continue;
    Object.defineProperty(to, name, { enumerable: true, configurable: true, get: () => source[name] });
  }
}
