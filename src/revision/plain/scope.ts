import { notPlain } from "./cursor.js";
import type { Slot } from "./syntax.js";

/** Words that no declaration may take as its name, and names whose meaning would change if one did. */
const reserved = new Set(
  (
    "arguments async await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function get if implements import in instanceof interface let new null of package " +
    "private protected public return set static super switch this throw true try typeof undefined var void while " +
    "with yield"
  ).split(" "),
);

/** Stands for the place of a name that is known, but is no value that a plain file could use. */
const unusable: Slot = -1;

/** The names that are known at a place of a file. Each is declared once, and none hides another one. */
export class Scope {
  readonly #names = new Map<string, Slot>();
  /** How many slots there are. */
  slots = 0;

  /** How many names are known. */
  get size(): number {
    return this.#names.size;
  }

  newSlot(): Slot {
    return this.slots++;
  }

  declare(name: string): Slot {
    const slot = this.newSlot();
    this.#declareAt(name, slot);
    return slot;
  }

  /** Takes a name that has a meaning, but none that a plain file could use: nothing else may have it. */
  declareUnusable(name: string): void {
    this.#declareAt(name, unusable);
  }

  #declareAt(name: string, slot: Slot): void {
    // Two underscores begin the names of the engine's own form of a module, and `__proto__`.
    if (this.#names.has(name) || reserved.has(name) || name.startsWith("__")) throw notPlain;
    this.#names.set(name, slot);
  }

  /** Where the value of a name stands; undefined for a name that is not known. */
  slotOf(name: string): Slot | undefined {
    const slot = this.#names.get(name);
    if (slot === unusable) throw notPlain;
    return slot;
  }

  /** Forgets what has been declared since there were so many names. */
  leave(outer: number): void {
    if (this.#names.size === outer) return;
    for (const name of [...this.#names.keys()].slice(outer)) this.#names.delete(name);
  }
}
