import type { Catalog } from "../catalog/catalog.js";
import { NotReady } from "../revision/not-ready.js";

/** The schema before a range that starts in the middle of a history: it is replayed when somebody asks for it. */
export class HistoryBefore {
  #catalog: Catalog | undefined;
  #replayed: Promise<void> | undefined;

  constructor(readonly replay: () => Promise<Catalog>) {}

  /** @throws NotReady while the history has not been replayed */
  get catalog(): Catalog {
    if (this.#catalog === undefined) throw new NotReady(() => this.makeReady());
    return this.#catalog;
  }

  /**
   * Replays the history, once: what fails would fail again.
   *
   * @throws SqlembicError of the revision that cannot be replayed
   */
  makeReady(): Promise<void> {
    return (this.#replayed ??= this.replay().then((catalog) => void (this.#catalog = catalog)));
  }
}
