import type { Plugin } from "prettier";
import { requirePackage } from "../on-demand.js";

/** As wide as the files of this project, and those of its samples. */
const printWidth = 120;

/**
 * Lays TypeScript out as prettier does, which is loaded only here: no list of statements is too small for its rules, and
 * what people have formatted by hand or by their editor afterwards stays as it is.
 */
export async function layOut(source: string): Promise<string> {
  const { format } = requirePackage("prettier/standalone") as typeof import("prettier/standalone");
  const plugins = [requirePackage("prettier/plugins/babel"), requirePackage("prettier/plugins/estree")];
  return format(source, { parser: "babel-ts", plugins: plugins as Plugin[], printWidth });
}
