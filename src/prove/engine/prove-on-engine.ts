import type { Catalog } from "../../catalog/catalog.js";
import { compareSchemas, differenceText, type Difference } from "../../catalog/compare.js";
import type { SchemaDescription } from "../../catalog/description.js";
import type { CompilableProject } from "../../project/compile-range.js";
import type { CompileSettings } from "../../compiler/compile.js";
import { schemaStatements } from "../../compiler/schema-script.js";
import { terminated } from "../../compiler/script/terminated.js";
import type { ServerSchemaReader } from "../../compiler/server-schema.js";
import type { Statement } from "../../compiler/statement.js";
import { EngineError } from "../../errors.js";
import { excuseMovedColumns } from "../column-order.js";
import type { Proof, RevisionProof } from "../proof.js";
import { provenRevisions, type ProveOptions } from "../prove-range.js";
import type { CompiledWay, ProvenRevision } from "../prove-revision.js";
import type { ScratchDatabase, ScratchServer } from "./database.js";

/** The statements of a way as pieces of a script: transactions as the dialect has them, around what may stand in one. */
function piecesOf(statements: readonly Statement[], { dialect }: CompileSettings): readonly string[] {
  const { script } = dialect;
  const begin = script.begin + script.terminator;
  const commit = terminated(script.commit, script);
  const pieces: string[] = [...(script.opening ?? []).map((sql) => sql + script.terminator)];
  let isOpen = false;
  for (const { sql, autocommit } of statements) {
    const wantsOpen = script.transactionalDdl && !autocommit;
    if (wantsOpen !== isOpen) pieces.push(wantsOpen ? begin : commit);
    isOpen = wantsOpen;
    pieces.push(terminated(sql, script));
  }
  if (isOpen) pieces.push(commit);
  return pieces;
}

/** The databases of a proof: one goes through the history, another is made of replayed schemas to compare with. */
class EngineProof {
  /** The schema that the second database was made of, with what the server then said of it. */
  #replayed: { readonly catalog: Catalog; readonly description: SchemaDescription } | undefined;
  /** What the server said of the first database last, when nothing was done to it since. */
  #last: SchemaDescription | undefined;

  constructor(
    readonly history: ScratchDatabase,
    readonly model: ScratchDatabase,
    readonly read: ServerSchemaReader,
    readonly settings: CompileSettings,
  ) {}

  #describe(database: ScratchDatabase): Promise<SchemaDescription> {
    return this.read((sql) => database.query(sql));
  }

  /** What the server says of a schema that it was made of at once: the replayed one, in the server's own words. */
  async #describeReplayed(catalog: Catalog): Promise<SchemaDescription> {
    if (this.#replayed?.catalog !== catalog) {
      await this.model.clear();
      await this.model.apply(piecesOf(schemaStatements(catalog, this.settings), this.settings));
      this.#replayed = { catalog, description: await this.#describe(this.model) };
    }
    return this.#replayed.description;
  }

  /** Brings the first database to a schema. */
  async start(catalog: Catalog): Promise<void> {
    this.#last = undefined;
    await this.history.apply(piecesOf(schemaStatements(catalog, this.settings), this.settings));
  }

  /**
   * Runs one way and compares what the server has then with what was replayed. A statement that the server refuses is a
   * finding about the revision, not the end of the proof.
   *
   * @returns what the server has then; undefined when it refused
   */
  async #go({ compiled, after }: CompiledWay, way: string, problems: string[]): Promise<SchemaDescription | undefined> {
    this.#last = undefined;
    try {
      await this.history.apply(piecesOf(compiled.statements, this.settings));
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== "engine-refused") throw error;
      problems.push(`${way} is refused: ${error.message.replace(/\s+/g, " ")}`);
      return undefined;
    }
    const found = (this.#last = await this.#describe(this.history));
    const differences = certain(compareSchemas(await this.#describeReplayed(after), found), after);
    problems.push(...differences.map((difference) => `after ${way}, ${differenceText(difference)}`));
    return found;
  }

  /** Up, down and up again; gives what is wrong, in sentences. */
  async prove({ proof, before, up, down }: ProvenRevision): Promise<readonly string[]> {
    const problems: string[] = [];
    if (up === undefined) return problems;
    const start = this.#last ?? (await this.#describe(this.history));
    const first = await this.#go(up, "the upgrade", problems);
    if (first === undefined || down === undefined || proof.verdict === "irreversible") return problems;
    const back = await this.#go(down, "the downgrade", problems);
    if (back === undefined) return problems;
    if (proof.verdict === "notInverse") {
      // the way up does not start from where it should: the database is made anew
      await this.history.clear();
      await this.start(before);
    } else {
      const { differences } = excuseMovedColumns(compareSchemas(start, back), down.compiled.operations);
      problems.push(...tell("the downgrade leaves another schema", differences));
    }
    const again = await this.#go(up, "the second upgrade", problems);
    if (again === undefined) return problems;
    const changed = compareSchemas(first, again).filter(({ difference }) => difference !== "order");
    problems.push(...tell("the second upgrade leads elsewhere", changed));
    return problems;
  }
}

function tell(what: string, differences: readonly Difference[]): readonly string[] {
  return differences.map((difference) => `${what}: ${differenceText(difference)}`);
}

/** The differences in what the replay claims to know. */
function certain(differences: readonly Difference[], { unknown }: Catalog): readonly Difference[] {
  if (unknown.size === 0) return differences;
  if (unknown.has("*")) return [];
  return differences.filter((difference) => {
    const key =
      difference.difference === "order" ? difference.table : (difference.object.table ?? difference.object.name);
    return !unknown.has(key);
  });
}

/**
 * Proves a range on a real engine: each revision is applied, taken back and applied again in a database made for that
 * purpose, and the schema that the server has after each is compared with the replayed one, as the same server has it.
 */
export async function proveOnEngine(
  project: CompilableProject,
  range: string,
  server: ScratchServer,
  options: ProveOptions = {},
): Promise<Proof> {
  const revisions: RevisionProof[] = [];
  const databases: ScratchDatabase[] = [];
  try {
    let engine: EngineProof | undefined;
    for await (const proven of provenRevisions(project, range, options)) {
      if (engine === undefined) {
        const { settings } = proven.prover.compiler;
        const read = await settings.dialect.loadServerSchema?.();
        if (read === undefined)
          throw new EngineError("no-engine", `No schema can be read back on ${settings.dialect.name}.`);
        for (let number = 0; number < 2; number++) databases.push(await server.createDatabase());
        const [history, model] = databases as [ScratchDatabase, ScratchDatabase];
        engine = new EngineProof(history, model, read, settings);
        await engine.start(proven.before);
      }
      const found = await engine.prove(proven);
      revisions.push({ ...proven.proof, engine: found });
      // what a refused statement leaves is no place to go on from
      if (found.length > 0 && proven.up !== undefined) {
        await engine.history.clear();
        await engine.start(proven.up.after);
      }
    }
  } finally {
    for (const database of databases) await database.drop();
  }
  return { revisions };
}
