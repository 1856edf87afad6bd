import type { CopiedModule } from "./module-code.js";
import type { ModuleText } from "./module-text.js";

/** A function that is given copies of what it imports: the file as it was written but for its types, or as oxc left it. */
export interface CopiedPreparation {
  readonly kind: "written" | "copied";
  readonly text: ModuleText;
  readonly run: CopiedModule;
}

/** How a file is evaluated, as far as it is known before that. */
export type Preparation =
  | { readonly kind: "json" }
  /** By Node, as it does with every program. */
  | { readonly kind: "node" }
  | CopiedPreparation
  | { readonly kind: "live"; readonly code: string };

export function isCopied(preparation: Preparation): preparation is CopiedPreparation {
  return preparation.kind === "written" || preparation.kind === "copied";
}

/** A file of a project, as far as it has been loaded. */
export interface LoadedModule {
  readonly path: string;
  /** The path from the project's folder, for messages. */
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

/** A file that nothing is known of but where it is. */
export function notLoaded(path: string, file: string): LoadedModule {
  return {
    path,
    file,
    exports: Object.create(null, { [Symbol.toStringTag]: { value: "Module" } }) as Record<string, unknown>,
    source: undefined,
    imports: new Set(),
    preparation: undefined,
    isLive: undefined,
    evaluation: undefined,
    isEvaluated: false,
    waitsFor: undefined,
  };
}

/** Whether a module waits for another one, directly or through others. */
export function waits(module: LoadedModule, target: LoadedModule): boolean {
  return module === target || [...(module.waitsFor ?? [])].some((next) => waits(next, target));
}
