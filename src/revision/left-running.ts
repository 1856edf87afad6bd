/** What keeps the process running, one word for each: what `process.getActiveResourcesInfo` says. */
export type ActiveResources = () => readonly string[];

/** How long something that a body left running may take, in milliseconds. */
const patience = 2000;
/** How often is looked whether it has ended, in milliseconds. */
const interval = 5;

/** What is running now and was not before. */
function begunSince(before: readonly string[], resources: ActiveResources): readonly string[] {
  const left = [...before];
  return resources().filter((resource) => {
    const position = left.indexOf(resource);
    if (position === -1) return true;
    left.splice(position, 1);
    return false;
  });
}

/** Something that was begun and may still be running. */
export class LeftRunning {
  readonly #before: readonly string[];

  /** @param resources - undefined where nobody can say what is running: then nothing is */
  constructor(readonly resources: ActiveResources | undefined) {
    this.#before = resources?.() ?? [];
  }

  /** What has been begun since and is still running. */
  list(): readonly string[] {
    return this.resources === undefined ? [] : begunSince(this.#before, this.resources);
  }

  /** Waits until all of it has ended, for a while, and says what has not. */
  async ended(): Promise<readonly string[]> {
    const rounds = patience / interval;
    for (let round = 0; round < rounds && this.list().length > 0; round++) {
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
    return this.list();
  }
}
