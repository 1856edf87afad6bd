import { describe, expect, it } from "vitest";
import { compileRange, type Operations } from "../../src/index.js";
import { loadProject } from "../../src/project/load-project.js";
import { projectFolder } from "../support/project-folder.js";

const self = (): Promise<object> => import("../../src/index.js");

const first = `/** first */
import { column, t, type Operations } from "sqlembic";
export const revision = "a1";
export const downRevision = null;
export function upgrade(op: Operations): void {
  op.createTable("account", [column("id", t.integer())]);
}
`;

/** A helper with a state of its own, which asks about the schema under the given name. */
const helper = (question: string): string => `import type { Operations } from "sqlembic";
let calls = 0;
export function dropIfThere(op: Operations): void {
  calls++;
  let isThere = false;
  try {
    isThere = op${question}().hasTable("account");
  } catch {
    isThere = false;
  }
  if (isThere) op.renameTable("account", \`account_\${calls}\`);
}
`;

const second = `/** second */
import type { Operations } from "sqlembic";
import { dropIfThere } from "../helpers/drop.js";
export const revision = "b2";
export const downRevision = "a1";
(globalThis as { bodies?: string[] }).bodies ??= [];
export function upgrade(op: Operations): void {
  (globalThis as { bodies?: string[] }).bodies?.push("b2");
  dropIfThere(op);
}
`;

const ran: { bodies?: string[] } = globalThis as { bodies?: string[] };

async function statementsOf(question: string, range: string): Promise<readonly string[]> {
  ran.bodies = [];
  const cwd = projectFolder({
    "sqlembic.config.ts": 'export default { dialect: "postgresql" };',
    "versions/a1.ts": first,
    "versions/b2.ts": second,
    "helpers/drop.ts": helper(question),
  });
  const project = await loadProject<Operations>(undefined, { cwd, self });
  const { steps } = await compileRange(project, range);
  return steps.at(-1)?.statements.map(({ sql }) => sql) ?? [];
}

describe("a body whose helper asks about the schema", () => {
  it("runs once, since the text of the helper shows that it asks", async () => {
    expect(await statementsOf(".inspect", "a1:b2")).toEqual(["ALTER TABLE account RENAME TO account_1"]);
    expect(ran.bodies).toEqual(["b2"]);
  });

  it("runs as if for the first time when nothing showed it", async () => {
    const hidden = `["ins" + "pect"]`;
    expect(await statementsOf(hidden, "a1:b2")).toEqual(["ALTER TABLE account RENAME TO account_1"]);
    expect(ran.bodies).toEqual(["b2", "b2"]);
    expect(await statementsOf(hidden, "base:b2")).toEqual(["ALTER TABLE account RENAME TO account_1"]);
    expect(ran.bodies).toEqual(["b2"]);
  });
});
