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

/** Directives as one body receives them. */
export type LocatedDirectives<D> = new (recording: BodyRecording, enter: Enter) => D;

/** The same for thousands of bodies, each of which calls few directives: one is made when it is first asked for. */
export function locateLazily<D extends object>(directives: D): LocatedDirectives<D> {
  class Located {
    readonly #recording: BodyRecording;
    readonly #enter: Enter;

    constructor(recording: BodyRecording, enter: Enter) {
      this.#recording = recording;
      this.#enter = enter;
    }

    static add(name: string, directive: Directive): void {
      Object.defineProperty(Located.prototype, name, {
        enumerable: true,
        get(this: Located) {
          const value = locate(name, directive, this.#recording, this.#enter);
          Object.defineProperty(this, name, { value, enumerable: true });
          return value;
        },
      });
    }
  }
  for (const [name, directive] of Object.entries(directives) as [string, Directive][]) Located.add(name, directive);
  return Located as unknown as LocatedDirectives<D>;
}
