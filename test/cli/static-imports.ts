import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * All that loading a module of this repository loads at once: its modules, relative to the root, and packages. It may
 * be a source or what was built of them.
 */
export function staticImports(entry: URL): {
  readonly modules: readonly string[];
  readonly packages: readonly string[];
} {
  const modules = new Map<string, URL>();
  const packages = new Set<string>();
  const pending = [entry];
  const isSource = entry.pathname.endsWith(".ts");
  for (let url = pending.pop(); url !== undefined; url = pending.pop()) {
    const file = fileURLToPath(url).slice(root.length);
    if (modules.has(file)) continue;
    modules.set(file, url);
    for (const specifier of specifiersOf(readFileSync(url, "utf8"))) {
      if (specifier.startsWith("."))
        pending.push(new URL(isSource ? specifier.replace(/\.js$/, ".ts") : specifier, url));
      else if (!specifier.startsWith("node:")) packages.add(specifier);
    }
  }
  return { modules: [...modules.keys()].sort(), packages: [...packages].sort() };
}

function specifiersOf(source: string): readonly string[] {
  const statements = source.matchAll(/^(?:import|export)\s+(?!type\b)([^;]*?)from\s+"([^"]+)";/gm);
  return [...statements].flatMap(([, names = "", specifier = ""]) => (hasOnlyTypes(names) ? [] : [specifier]));
}

/** `{ type A, type B }` is dropped by the compiler, like `import type`. */
function hasOnlyTypes(names: string): boolean {
  const list = /^\{([^}]*)\}\s*$/.exec(names)?.[1];
  return list !== undefined && list.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type "));
}
