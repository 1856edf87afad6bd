import { loadDialect } from "../../dialects/index.js";
import { autogenerate, type AutogenerateOptions, type Generated } from "../../src/autogenerate/autogenerate.js";
import type { Catalog } from "../../src/catalog/catalog.js";
import { readBaseline } from "../../src/compiler/baseline.js";
import { catalogFreeContext, compileNodes } from "../../src/compiler/compile.js";
import { ReplayPoint, stateAt } from "../../src/compiler/replay.js";
import { EffectReading } from "../../src/compiler/sql-reader.js";
import { targetVersionOf } from "../../src/compiler/target-version.js";
import { applyAll, type OperationNode } from "../../src/operations/index.js";
import type { DialectName } from "../../src/schema/dialect-names.js";

type Settings = Partial<Omit<AutogenerateOptions, "dialect" | "version" | "writer" | "form">>;

/** What autogenerate makes of two schemas, each given as SQL. */
export interface Compared extends Generated {
  /** The statements of the way up, and of the way back. */
  readonly sql: readonly string[];
  readonly back: readonly string[];
  /** What autogenerate still finds once the way up was gone, and once the way back was. */
  readonly rest: readonly string[];
}

/** Compares the schema that SQL makes with the one that other SQL makes, and goes both ways on the replayed schema. */
export async function compared(
  dialectName: DialectName,
  from: string,
  to: string,
  settings: Settings = {},
): Promise<Compared> {
  const dialect = await loadDialect(dialectName);
  const compiling = { dialect, version: targetVersionOf(dialect, undefined) };
  const writer = catalogFreeContext(compiling);
  const read = (text: string, file: string): Promise<Catalog> =>
    readBaseline({ file, text: () => Promise.resolve(text) }, dialect);
  const [current, wanted] = [await read(from, "from.sql"), await read(to, "to.sql")];
  const reading = new EffectReading(dialect, writer);
  await reading.load();
  const options: AutogenerateOptions = {
    ...{ dialect, version: compiling.version, writer, form: await dialect.loadNormalForm?.() },
    ...{ compareType: true, compareServerDefault: true, includeSchemas: true },
    ...{ includeName: undefined, includeObject: undefined },
    read: (operations) => reading.readSync(operations),
    versionTable: { name: "alembic_version", schema: undefined },
    ...settings,
  };
  const generated = autogenerate(current, wanted, options);
  const go = async (
    operations: readonly OperationNode[],
    start: Catalog,
    end: Catalog,
  ): Promise<{ readonly sql: readonly string[]; readonly rest: readonly string[] }> => {
    const read = await reading.read(operations);
    const { statements } = compileNodes(read, compiling, stateAt(ReplayPoint.start(() => start)));
    const { detected } = autogenerate(applyAll(start, read), end, { ...options, renames: [] });
    return { sql: statements.map(({ sql }) => sql), rest: detected };
  };
  const up = await go(generated.upgrade, current, wanted);
  const down = await go(generated.downgrade, wanted, current);
  return { ...generated, sql: up.sql, back: down.sql, rest: [...up.rest, ...down.rest] };
}
