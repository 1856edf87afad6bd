import { LoadError, type Origin } from "../errors.js";
import { requirePackage } from "../on-demand.js";

/** What a revision file exports. */
const exportNames = ["revision", "downRevision", "branchLabels", "dependsOn", "upgrade", "downgrade"];

const bare = (name: string): string => name.replaceAll("_", "").toLowerCase();

/** The nearest of the names that are missing; a helper that is exported too has a name of its own. */
function meant(name: string, exported: readonly string[]): string | undefined {
  const { distance } = requirePackage("fastest-levenshtein") as typeof import("fastest-levenshtein");
  const missing = exportNames.filter((known) => !exported.includes(known));
  const isMeant = (known: string): boolean =>
    bare(known) === bare(name) || distance(bare(known), bare(name)) <= 2 || bare(name) === `${bare(known)}id`;
  return missing.find(isMeant);
}

/**
 * Refuses an export whose name is nearly that of one that is missing: Alembic's spelling, or a slip of the pen, of
 * which nothing would ever be read.
 *
 * @param exported - the names that the file exports, as far as they are known
 * @param originOf - where an export stands
 */
export function refuseMisspelt(file: string, exported: readonly string[], originOf: (name: string) => Origin): void {
  for (const name of exported) {
    if (exportNames.includes(name)) continue;
    const known = meant(name, exported);
    if (known === undefined) continue;
    throw new LoadError("unknown-export", `${file} exports ${name}, which is none of a revision.`, {
      origin: originOf(name),
      hint:
        bare(known) === bare(name) && name.includes("_")
          ? `It is spelled ${known} here.`
          : `Did you mean ${known}? A helper that is exported here needs a name that is not so near to it.`,
      data: { file, name, meant: known },
    });
  }
}
