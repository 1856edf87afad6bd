import { expect } from "vitest";
import type { Engine } from "../engine.js";
import { scriptOf, Trial, type ServerName, type State } from "./mariadb-trial.js";

export type Boundaries = Readonly<Record<string, State>>;

/** What a database is like at each revision, as scripts leave it that meet no fault. */
export async function boundariesOf(engine: Engine, server: ServerName): Promise<Boundaries> {
  return Trial.run(engine, server, "guarded", "default", async (trial) => {
    const states: Record<string, State> = {};
    await trial.reset("f001");
    states["f001"] = await trial.state();
    for (const [from, to] of [
      ["f001", "f002"],
      ["f002", "f003"],
      ["f003", "f004"],
    ] as const) {
      const script = await scriptOf(server, "guarded", `${from}:${to}`);
      expect(await trial.apply(script)).toMatchObject({ exitCode: 0, stderr: "" });
      states[to] = await trial.state();
    }
    return states;
  });
}

/**
 * Fails unless the version row tells the truth: the database is at the revision that it names, or what follows that
 * one is marked as half applied.
 */
export async function expectTruth(trial: Trial, boundaries: Boundaries): Promise<State> {
  const state = await trial.state();
  if (state.halfApplied === undefined) expect(state).toEqual(boundaries[state.versions.join()]);
  else {
    const following = { f001: "f002", f002: "f003", f003: "f004" }[state.versions.join()];
    expect(state.halfApplied).toMatch(new RegExp(`^${following} `));
  }
  return state;
}

/** Finishes with the right file: the resumable one of what is half applied, else the one of the layout that is tried. */
export async function finish(trial: Trial, boundaries: Boundaries): Promise<string> {
  const state = await expectTruth(trial, boundaries);
  const from = state.versions.join();
  if (from !== "f004") {
    const layout = state.halfApplied === undefined ? trial.layout : "resumable";
    const { stdout, stderr } = await trial.apply(await scriptOf(trial.server, layout, `${from}:f004`));
    expect({ stderr, isAtEnd: stdout.includes("OK: the database is at f004") }).toEqual({ stderr: "", isAtEnd: true });
  }
  expect(await trial.state()).toEqual(boundaries["f004"]);
  return state.halfApplied === undefined ? `at ${from}` : `half applied ${state.halfApplied}`;
}
