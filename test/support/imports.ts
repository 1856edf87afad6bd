import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import ts from "typescript";
import { packageFolder } from "./scripts.js";

/** One thing that a source file takes from outside itself. */
export interface Use {
  readonly file: string;
  readonly line: number;
  /**
   * `import` names a module, `lazy` too but by `import("…")`, `onDemand` by `requirePackage` or `importModule`; what
   * these name may also be `computed`.
   */
  readonly kind: "import" | "lazy" | "onDemand" | "computed" | "global";
  /** A file of this package by its path, a package by its name, or the name of a global. */
  readonly target: string;
}

const onDemand: ReadonlySet<string> = new Set(["requirePackage", "importModule"]);
const globals: ReadonlySet<string> = new Set(["process", "console"]);

/** The TypeScript files below a folder, sorted. */
export function sourceFiles(folder: string): readonly string[] {
  return readdirSync(`${packageFolder}${folder}`, { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".ts"))
    .sort();
}

function targetOf(file: string, specifier: string): string {
  return specifier.startsWith(".") ? normalize(join(dirname(file), specifier)).replace(/\.js$/, ".ts") : specifier;
}

/** Everything that a file imports, types included, and the globals it reads. */
export function usesOf(file: string): readonly Use[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(`${packageFolder}${file}`, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const uses: Use[] = [];
  const add = (node: ts.Node, kind: Use["kind"], target: string): void => {
    uses.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, kind, target });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      add(node, "import", targetOf(file, (node.moduleSpecifier as ts.StringLiteral).text));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier !== undefined && ts.isStringLiteral(specifier)) add(node, "lazy", targetOf(file, specifier.text));
      else add(node, "computed", specifier?.getText() ?? "");
    } else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && onDemand.has(node.expression.text)) {
      const [specifier] = node.arguments;
      if (specifier !== undefined && ts.isStringLiteral(specifier)) add(node, "onDemand", specifier.text);
      else add(node, "computed", specifier?.getText() ?? "");
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      add(node, "import", targetOf(file, node.argument.literal.text));
    } else if (
      ts.isPropertyAccessExpression(node) &&
      ts.isIdentifier(node.expression) &&
      globals.has(node.expression.text)
    ) {
      add(node, "global", node.expression.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

/**
 * The circles of imports: the files of each, sorted. What is loaded late makes no circle, since it waits for nobody.
 *
 * @example circlesOf([{ kind: "import", file: "a.ts", target: "b.ts", … }, …]) // [["a.ts", "b.ts"]]
 */
export function circlesOf(uses: readonly Use[]): readonly (readonly string[])[] {
  const imports = new Map<string, Set<string>>();
  for (const { kind, file, target } of uses) {
    if (kind === "import") imports.set(file, (imports.get(file) ?? new Set()).add(target));
  }
  const reached = (start: string): ReadonlySet<string> => {
    const found = new Set<string>();
    const waiting = [start];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      for (const target of imports.get(file) ?? []) {
        if (found.has(target)) continue;
        found.add(target);
        waiting.push(target);
      }
    }
    return found;
  };
  const reach = new Map([...imports.keys()].map((file) => [file, reached(file)]));
  const circles = [...reach].flatMap(([file, found]) =>
    found.has(file) ? [[...found].filter((other) => reach.get(other)?.has(file) === true).sort()] : [],
  );
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()].sort();
}
