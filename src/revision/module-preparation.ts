import { isBuiltin } from "node:module";
import { extname } from "node:path";
import type { CopiedPreparation, LoadedModule, Preparation } from "./loaded-module.js";
import { compileCopied } from "./module-code.js";
import type { ModuleImport, ModuleText } from "./module-text.js";
import { isFileSpecifier, resolveFile } from "./resolve.js";
import { rewriteLive, stripModule, type StrippedModule } from "./transpile.js";
import { readTypedModule } from "./typed-module-text.js";

/** The files of a project. */
interface ProjectFiles {
  moduleAt(path: string): LoadedModule;
  sourceOf(module: LoadedModule): string;
}

/** Finds out how files are evaluated. */
export class ModulePreparation {
  constructor(readonly files: ProjectFiles) {}

  /**
   * How a module is evaluated, which depends on all files that it imports.
   *
   * @param importers - the modules on whose behalf this is asked, the outermost first
   */
  prepare(module: LoadedModule, importers: readonly LoadedModule[] = []): Preparation {
    if (module.preparation !== undefined) return module.preparation;
    const preparation = this.#prepare(module, importers);
    module.isLive = preparation.kind === "live";
    return (module.preparation = preparation);
  }

  #prepare(module: LoadedModule, importers: readonly LoadedModule[]): Preparation {
    const { path } = module;
    if (extname(path) === ".json") return { kind: "json" };
    if (path.endsWith(".cjs")) return { kind: "node" };
    return this.#prepareWritten(module, importers) ?? this.prepareStripped(module, importers);
  }

  /** A parser takes its time: most revision files need none. */
  #prepareWritten(module: LoadedModule, importers: readonly LoadedModule[]): Preparation | undefined {
    const text = readTypedModule(this.files.sourceOf(module));
    return text?.hasExports === true ? this.#copied("written", module, text, importers) : undefined;
  }

  /** By oxc, which knows all of TypeScript. */
  prepareStripped(module: LoadedModule, importers: readonly LoadedModule[]): Preparation {
    const { path, file } = module;
    const stripped = stripModule(file, this.files.sourceOf(module));
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
    const module = this.files.moduleAt(path);
    importer.imports.add(module);
    // A circle: all modules in it are live, and whoever imports one of them.
    if (chain.includes(module)) return false;
    if (module.isLive === undefined) this.prepare(module, chain);
    return module.isLive === false;
  }
}

/** Whether a file has neither import nor export. */
function isScript(file: string, { code, text }: StrippedModule): boolean {
  if (text !== undefined) return text.imports.length === 0 && !text.hasExports;
  return !rewriteLive(file, code).includes("__vite_ssr_");
}
