import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const folder = "dist/bundle";
const own = (name) => fileURLToPath(new URL(name, import.meta.url)).replaceAll("\\", "/");
const { dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const packages = Object.keys({ ...dependencies, ...peerDependencies });

/** What is asked of the program from outside. The API is evaluated when somebody wants it. */
const program = `
export { main } from "${own("../cli/main.ts")}";
export const api = () => require("${own("../index.ts")}");
`;

/**
 * In the place of what yargs would load to guess the version of a program that tells its own: it would read folder after
 * folder above the user's, and fail.
 */
const standIns = {
  "escalade/sync": "export default () => undefined;",
  assert: `
    const fail = (message) => { throw new Error(message); };
    export const strictEqual = (one, other, message) => one === other || fail(message);
    export const notStrictEqual = (one, other, message) => one !== other || fail(message);
  `,
};
const sources = { program, ...standIns };

/*
 * Puts the modules and the parser of the command line together into one script: with six hundred files to find, read
 * and compile, the compilation of one revision takes half as long again. Modules that are imported on demand are
 * evaluated on demand. Packages with code that most commands do without stay where they are.
 */
const bundle = await build({
  input: { program: "program" },
  platform: "node",
  external: (name) => packages.some((known) => name === known || name.startsWith(`${known}/`)),
  plugins: [
    {
      name: "program",
      resolveId(name) {
        if (name in sources) return `\0${name}`;
        return name.endsWith("/on-demand.js") ? { id: "./on-demand.cjs", external: true } : undefined;
      },
      load: (name) => (name.startsWith("\0") ? sources[name.slice(1)] : undefined),
    },
  ],
  output: { format: "cjs", codeSplitting: false },
  write: false,
});

/**
 * The same program in ASCII, of which V8 holds and reads one byte for each character: strings, templates and patterns all
 * know this escape.
 */
function asciiOnly(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The licences of the packages that became part of the program, as they ask for. */
function licences(modules) {
  const paths = modules.map((id) => id.replaceAll("\\", "/"));
  const folders = paths.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.|$)/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file.`);
    return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
  });
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

const [{ code, modules }] = bundle.output;
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/program.cjs`, asciiOnly(code));
writeFileSync(`${folder}/LICENCES.txt`, licences(Object.keys(modules)));
for (const name of ["cli.cjs", "v8-flags.cjs", "on-demand.cjs"]) copyFileSync(own(name), `${folder}/${name}`);

// The command line and the programs that import this share one script, which `require` evaluates once: what a file of a
// project imports from here are the classes that the command line knows.
const { api } = createRequire(import.meta.url)("../../dist/bundle/program.cjs");
const names = Object.keys(api()).sort();
writeFileSync(
  `${folder}/index.js`,
  `import { createRequire } from "node:module";

export const {
  ${names.join(",\n  ")},
} = createRequire(import.meta.url)("./program.cjs").api();
`,
);
