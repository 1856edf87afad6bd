import { readFileSync } from "node:fs";
import { build } from "rolldown";

const { dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const packages = Object.keys({ ...dependencies, ...peerDependencies });

/*
 * Puts the modules together into few files: with four hundred to find, read and compile, the compilation of one
 * revision takes a quarter longer. What is always loaded together stands together, what only some commands ask for
 * stays apart, and packages stay where they are.
 */
await build({
  input: { cli: "src/cli/main.ts", index: "src/index.ts" },
  platform: "node",
  external: (name) => packages.some((known) => name === known || name.startsWith(`${known}/`)),
  output: {
    dir: "dist/bundle",
    cleanDir: true,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name].js",
    codeSplitting: {
      groups: [
        // what --help loads: neither packages nor the rest of the command line
        {
          name: "start",
          test: /\/src\/(?:cli\/(?:commands\/index|file-problem|global-options|package-version|terminal)|errors|package-folder)\.ts$/,
          priority: 4,
        },
        { name: "command-line", test: /\/src\/cli\/[\w-]+\.ts$/, priority: 1, minShareCount: 2 },
        { name: "project", test: /\/src\/(?:config|revision)\/(?!recorder)/, priority: 3 },
        { name: "dialects", test: /\/dialects\/shared\//, priority: 2 },
        { name: "compiler", test: /\/src\/(?!cli\/|prove\/|replayed-schema|render\/(?!render-script))/, priority: 1 },
      ],
    },
  },
});
