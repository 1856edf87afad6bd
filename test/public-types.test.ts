import ts from "typescript";
import { describe, expect, it } from "vitest";
import { packageFolder } from "./support/scripts.js";

/** The declarations of the main entry, and all that they are made of. */
function declarations(): { readonly checker: ts.TypeChecker; readonly entry: ts.Symbol } {
  const file = `${packageFolder}dist/types/src/index.d.ts`;
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    types: [],
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const entry = source && checker.getSymbolAtLocation(source);
  if (entry === undefined) throw new Error(`${file} is no module`);
  return { checker, entry };
}

/** The name of a type where it is mentioned in a declaration; undefined for other syntax. */
function mention(node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName;
  return ts.isImportTypeNode(node) ? node.qualifier : undefined;
}

/** Whether TypeScript writes the type by its name: an alias that its own file keeps to itself is spelled out. */
function hasName(declaration: ts.Declaration): boolean {
  if (ts.isTypeParameterDeclaration(declaration)) return false;
  return (
    !ts.isTypeAliasDeclaration(declaration) ||
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0
  );
}

/** What nobody outside sees of a declaration: its private members, how it is made, and what it extends. */
function isHidden(node: ts.Node): boolean {
  if (ts.isHeritageClause(node) || ts.isConstructorDeclaration(node)) return true;
  if (!ts.isClassElement(node)) return false;
  if (node.name !== undefined && ts.isPrivateIdentifier(node.name)) return true;
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;
}

describe("the main entry", () => {
  it("exports every type that the signature of an export mentions", () => {
    const { checker, entry } = declarations();
    const resolved = (symbol: ts.Symbol): ts.Symbol =>
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const exported = new Set(checker.getExportsOfModule(entry).map(resolved));
    const missing = new Map<string, string>();
    const visit = (node: ts.Node, owner: string): void => {
      if (isHidden(node)) return;
      const name = mention(node);
      const found = name && checker.getSymbolAtLocation(name);
      const symbol = found && resolved(found);
      for (const declaration of symbol?.declarations ?? []) {
        const isOwn = declaration.getSourceFile().fileName.includes("/dist/types/");
        if (isOwn && hasName(declaration) && !exported.has(symbol as ts.Symbol))
          missing.set((symbol as ts.Symbol).name, owner);
      }
      node.forEachChild((child) => visit(child, owner));
    };
    for (const symbol of exported) for (const one of symbol.declarations ?? []) visit(one, symbol.name);
    expect(Object.fromEntries(missing)).toEqual({});
    expect(exported.size).toBeGreaterThan(200);
  });
});
