import { describe, it } from "vitest";
import type { DialectName } from "../../src/schema/dialect-names.js";
import type { EngineTestOptions } from "../engines/test-on.js";
import { testOn } from "../engines/test-on.js";
import { roundTrip } from "../engines/round-trip.js";
import { compileScripts, expectKept } from "./scripts.js";

export interface KeptTarget extends EngineTestOptions {
  readonly dialect: DialectName;
  /** The named target of the project's configuration, where it has several. */
  readonly target?: string;
  /** The kept scripts, inside the project's folder. */
  readonly files: { readonly upgrade: string; readonly downgrade: string };
}

/** The tests that every project with kept scripts has: they are what compiles now, and they run there and back. */
export function keptProject(folder: string, targets: readonly KeptTarget[], more?: () => void): void {
  describe(folder, () => {
    for (const { dialect, target, files, except } of targets) {
      it(`compiles to the scripts beside it, for ${dialect}`, async () => {
        const { upgrade, downgrade } = await compileScripts(folder, target);
        expectKept(`${folder}/${files.upgrade}`, upgrade);
        expectKept(`${folder}/${files.downgrade}`, downgrade);
      });

      testOn(
        dialect,
        `goes up, down to nothing and up again with the scripts for ${dialect}`,
        async (context) => {
          await roundTrip(context, await compileScripts(folder, target));
        },
        except && { except },
      );
    }
    more?.();
  });
}
