import type { Origin } from "../errors.js";
import type { BodyRecording } from "./body-recording.js";
import { captureOrigin } from "./origin.js";

type Directive = (...given: unknown[]) => unknown;

/** Begins a call of a directive. */
type Enter = (directive: string, origin: Origin) => void;

/** Makes a directive note where it is called, and keep what it refuses. */
function locate(name: string, directive: Directive, recording: BodyRecording, enter: Enter): Directive {
  const located = (...given: unknown[]): unknown => {
    const origin = captureOrigin(located);
    enter(name, origin);
    try {
      return directive(...given);
    } catch (error) {
      throw recording.refuse(error, name, origin);
    }
  };
  return located;
}

/** Makes each directive note where it is called, and keep what it refuses. */
export function locateAll<D extends object>(directives: D, recording: BodyRecording, enter: Enter): D {
  const entries = Object.entries(directives) as [string, Directive][];
  return Object.fromEntries(
    entries.map(([name, directive]) => [name, locate(name, directive, recording, enter)]),
  ) as unknown as D;
}

/** Makes the directives that one body receives. */
export type LocatedDirectives<D> = (recording: BodyRecording, enter: Enter) => D;

/**
 * The same for thousands of bodies, each of which calls few directives: one is made when it is first asked for. Whoever
 * looks sees all of them, as in `{ ...op, execute: logged }`.
 */
export function locateLazily<D extends object>(directives: D): LocatedDirectives<D> {
  const known = new Map(Object.entries(directives) as [string, Directive][]);
  class Lazily implements ProxyHandler<Record<PropertyKey, unknown>> {
    readonly #recording: BodyRecording;
    readonly #enter: Enter;

    constructor(recording: BodyRecording, enter: Enter) {
      this.#recording = recording;
      this.#enter = enter;
    }

    get(made: Record<PropertyKey, unknown>, name: string | symbol): unknown {
      const directive = typeof name === "string" && !Object.hasOwn(made, name) ? known.get(name) : undefined;
      if (directive !== undefined) made[name] = locate(name as string, directive, this.#recording, this.#enter);
      return made[name];
    }

    has(made: object, name: string | symbol): boolean {
      return name in made || (typeof name === "string" && known.has(name));
    }

    ownKeys(made: object): (string | symbol)[] {
      return [...new Set([...known.keys(), ...Reflect.ownKeys(made)])];
    }

    getOwnPropertyDescriptor(
      made: Record<PropertyKey, unknown>,
      name: string | symbol,
    ): PropertyDescriptor | undefined {
      this.get(made, name);
      return Reflect.getOwnPropertyDescriptor(made, name);
    }
  }
  return (recording, enter) => new Proxy({}, new Lazily(recording, enter)) as D;
}
