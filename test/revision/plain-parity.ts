import { inspect, isDeepStrictEqual } from "node:util";
import * as sqlembic from "sqlembic";
import { ModuleLoader, type ModuleNamespace } from "../../src/revision/loader.js";
import { captureOrigin, LazyOrigin } from "../../src/revision/origin.js";
import { Recorder } from "../../src/revision/recorder.js";

/** What a file did, as plain values: what it exports, and every call with its position and all that it was given. */
export interface Observation {
  readonly exports: unknown;
  readonly calls: readonly unknown[];
}

const directives: string[] = [];
const recorder = new Recorder({ dialect: { name: "postgresql", version: "16" } });
void recorder.record((op) => void directives.push(...Object.keys(op)));

/** A template tag that tells all that it was given. */
function tagged(strings: TemplateStringsArray, ...values: readonly unknown[]): unknown {
  return { strings, raw: strings.raw, keys: Object.keys(strings), isFrozen: Object.isFrozen(strings.raw), values };
}

/** Takes anything, where the functions of sqlembic have their wishes. */
function list(...given: readonly unknown[]): readonly unknown[] {
  return given;
}

const self = Promise.resolve({ ...sqlembic, tagged, list });

/** A loader for a folder that need not be there: every file is given to it with its text. */
export function newLoader(): ModuleLoader {
  return new ModuleLoader({ folder: "/project", self: () => self });
}

/** A value without identity, whose names stand in their order, and positions as they are; functions are left out. */
export function told(value: unknown): unknown {
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof LazyOrigin) return { ...value.toJSON() };
  if (Array.isArray(value)) return { isFrozen: Object.isFrozen(value), items: value.map(told) };
  const entries = Object.entries(value);
  if (entries.length === 0) return value;
  const { constructor } = Object.getPrototypeOf(value) as object;
  return { of: constructor.name, entries: entries.map(([name, one]) => [name, told(one)]) };
}

function isCallable(value: unknown): value is (op: unknown) => unknown {
  return typeof value === "function";
}

/** Runs what a file exports with an `op` that takes everything, and calls every function that it is given. */
async function observe(exports: ModuleNamespace): Promise<Observation> {
  const calls: unknown[] = [];
  const op: Record<string, unknown> = { dialect: { name: "postgresql", version: "16" }, x: { a: "b" }, tag: undefined };
  const directive = (name: string) => {
    const method = function (this: unknown, ...given: readonly unknown[]): unknown {
      const { file, line, column } = captureOrigin(method);
      calls.push({ name, isOnOp: this === op, file, line, column, given: told(given) });
      for (const one of given) if (isCallable(one)) calls.push({ of: name, gave: told(one(op)) });
      calls.push({ end: name });
      return { of: name };
    };
    return method;
  };
  for (const name of directives) op[name] ??= directive(name);
  op["tag"] = undefined;
  for (const name of ["upgrade", "downgrade"]) {
    const body = exports[name];
    if (typeof body !== "function") continue;
    const result = (body as (op: unknown) => unknown)(op);
    calls.push({ end: name, result: told(await result) });
  }
  const names = Object.keys(exports).sort();
  return { exports: names.map((name) => [name, told(exports[name])]), calls };
}

/** What the plain way makes of a text; undefined when the text is not plain, or throws. */
export async function observePlain(loader: ModuleLoader, text: string): Promise<Observation | undefined> {
  const exports = await loader.follow("a.ts", text);
  if (exports === undefined) return undefined;
  try {
    return await observe(exports);
  } catch {
    return undefined; // the engine has the word
  }
}

/** What the engine makes of a text. */
export async function observeEvaluated(text: string): Promise<Observation> {
  return observe(await newLoader().evaluate("a.ts", text));
}

/** How the two ways differ, in words; undefined when they do not, or when a text is not plain. */
export async function difference(loader: ModuleLoader, text: string): Promise<string | undefined> {
  const plain = await observePlain(loader, text);
  if (plain === undefined) return undefined;
  try {
    const evaluated = await observeEvaluated(text);
    if (isDeepStrictEqual(plain, evaluated)) return undefined;
    const options = { depth: 12, breakLength: 120 };
    return `${text}\n--- plain\n${inspect(plain, options)}\n--- the engine\n${inspect(evaluated, options)}`;
  } catch (error) {
    return `${text}\n--- the engine refuses it: ${String(error)}`;
  }
}
