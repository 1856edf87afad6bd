import ts from "typescript";
import { dialectNames } from "../../src/schema/dialect-names.js";
import { packageFolder } from "../support/scripts.js";

/** What the types of the package say of its functions, as the pages write it. */
export interface Signatures {
  /** `op.dropTable(name, { schema, ifExists })`; an ellipsis stands for the options of one dialect. */
  readonly calls: ReadonlySet<string>;
  /** The options of one dialect, by call and dialect: `op.dropIndex postgresql` has `concurrently`. */
  readonly dialectOptions: ReadonlyMap<string, string>;
}

const builders = ["column", "table", "primaryKey", "unique", "foreignKey", "references", "check", "index"];
const others = ["identity", "computed", "sequence"];

/** Asks the compiler of TypeScript for every directive and every builder that `src/index.ts` exports. */
export function readSignatures(): Signatures {
  const file = `${packageFolder}src/index.ts`;
  const { config } = ts.readConfigFile(`${packageFolder}tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, packageFolder);
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const exported = new Map(
    (module ? checker.getExportsOfModule(module) : []).map((symbol) => [
      symbol.name,
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    ]),
  );
  const calls = new Set<string>();
  const dialectOptions = new Map<string, string>();

  const propertiesOf = (type: ts.Type): readonly ts.Symbol[] => {
    const present = checker.getNonNullableType(type);
    return (present.isUnion() ? present.types : [present]).flatMap((one) => checker.getPropertiesOfType(one));
  };

  function readOptions(call: string, type: ts.Type): string {
    const names: string[] = [];
    let hasDialects = false;
    for (const option of propertiesOf(type)) {
      if (!(dialectNames as readonly string[]).includes(option.name)) {
        if (!names.includes(option.name)) names.push(option.name);
        continue;
      }
      hasDialects = true;
      const own = checker.getNonNullableType(checker.getTypeOfSymbol(option));
      const isOpen = checker.getIndexInfosOfType(own).length > 0;
      const list = isOpen
        ? "any option of the server"
        : [...new Set(propertiesOf(own).map(({ name }) => name))].join(", ");
      dialectOptions.set(`${call} ${option.name}`, list);
    }
    return `{ ${[...names, ...(hasDialects ? ["…"] : [])].join(", ")} }`;
  }

  function read(call: string, type: ts.Type): void {
    for (const { parameters } of type.getCallSignatures()) {
      const written = parameters.map((parameter) =>
        parameter.name === "options" ? readOptions(call, checker.getTypeOfSymbol(parameter)) : parameter.name,
      );
      calls.add(`${call}(${written.join(", ")})`);
    }
  }

  for (const [interfaceName, owner] of [
    ["Operations", "op"],
    ["BatchOperations", "batch"],
  ] as const) {
    const symbol = exported.get(interfaceName);
    if (symbol === undefined) throw new Error(`src/index.ts exports no ${interfaceName}`);
    for (const member of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))) {
      const type = checker.getTypeOfSymbol(member);
      if (type.getCallSignatures().length === 0) calls.add(`${owner}.${member.name}`);
      else read(`${owner}.${member.name}`, type);
    }
  }
  for (const name of [...builders, ...others]) {
    const symbol = exported.get(name);
    if (symbol === undefined) throw new Error(`src/index.ts exports no ${name}`);
    read(name, checker.getTypeOfSymbol(symbol));
  }
  return { calls, dialectOptions };
}
