import type { OperationNode } from "../operations/index.js";
import { layOut } from "./layout.js";
import { commentText, printOperations, type PrintOptions } from "./operations.js";
import { importLine, type Imported } from "./vocabulary.js";

/** What a revision file has of its operations, as its template takes it. */
export interface RevisionBodies {
  /** The line that imports what the bodies use. */
  readonly imports: string;
  readonly upgradeBody: string;
  readonly downgradeBody: string;
}

/** What no operation says until somebody decides. */
interface Undecided {
  readonly what: string;
  readonly decide: string;
}

/** The operations of both bodies, and what is to be decided in each. */
interface Bodies {
  readonly upgrade: readonly OperationNode[];
  readonly downgrade: readonly OperationNode[];
  readonly gaps?: { readonly upgrade: readonly Undecided[]; readonly downgrade: readonly Undecided[] } | undefined;
}

/** A statement that lets nothing be compiled until somebody has put what was decided in its place. */
function gapTexts(gaps: readonly Undecided[]): readonly string[] {
  if (gaps.length === 0) return [];
  const comments = gaps.flatMap(({ what, decide }) => [`TO DECIDE: ${what}.`, `  ${decide}.`]).map(commentText);
  const message = `To be decided: ${gaps.map(({ what }) => what).join("; ")}.`;
  return [`${comments.join("")}throw new Error(${JSON.stringify(message)});`];
}

/** The body of a function, laid out. */
async function bodyOf(statements: readonly string[]): Promise<string> {
  if (statements.length === 0) return "{}";
  const text = await layOut(`function body() {${statements.join("\n")}}`);
  return text.slice(text.indexOf("{")).trimEnd();
}

/**
 * The bodies of a revision file that records these operations, with what they import.
 *
 * @example
 * await revisionBodies({ upgrade: [{ kind: "dropTable", tableName: "account", … }], downgrade: [] })
 * // { imports: 'import type { Operations } from "sqlembic";', upgradeBody: '{\n  op.dropTable("account");\n}', … }
 * @param options.otherImports lines that the texts of the project's own import; read once all is printed
 * @throws OperationError for a value that no text stands for
 */
export async function revisionBodies(
  { upgrade, downgrade, gaps = { upgrade: [], downgrade: [] } }: Bodies,
  { otherImports, ...options }: PrintOptions & { readonly otherImports?: ReadonlySet<string> | undefined } = {},
): Promise<RevisionBodies> {
  const used = new Set<Imported>();
  const upgradeBody = await bodyOf([...printOperations(upgrade, used, options), ...gapTexts(gaps.upgrade)]);
  const downgradeBody = await bodyOf([...printOperations(downgrade, used, options), ...gapTexts(gaps.downgrade)]);
  const imports = [importLine(used), ...[...(otherImports ?? [])].sort()].join("\n");
  return { imports: (await layOut(imports)).trimEnd(), upgradeBody, downgradeBody };
}
