import { describe, expect, it } from "vitest";
import { column, compileOperations, compileRange, dialectNames, proveRange, replaySchema, t } from "sqlembic";
import type { DialectName, Operations } from "sqlembic";
import { history } from "../support/history.js";

type Body = (op: Operations) => unknown;

/** Ways in which a body catches what is thrown through it. Each makes an index that is missing. */
const missing = (op: Operations): boolean =>
  !op
    .inspect()
    .getIndexes("account")
    .some(({ name }) => name === "ix_email");
const make = (op: Operations): void => op.createIndex("ix_email", "account", ["email"]);
const waysToCatch: Readonly<Record<string, Body>> = {
  "try and catch"(op) {
    let isMissing = true;
    try {
      isMissing = missing(op);
    } catch {
      isMissing = false;
    }
    if (isMissing) make(op);
  },
  "finally with a return"(op) {
    const ask = (): boolean => {
      let answer = false;
      try {
        answer = missing(op);
      } finally {
        return answer;
      }
    };
    if (ask()) make(op);
  },
  async "a promise's catch"(op) {
    const isMissing = await Promise.resolve()
      .then(() => missing(op))
      .catch(() => false);
    if (isMissing) make(op);
  },
  async "Promise.allSettled"(op) {
    const [answer] = await Promise.allSettled([Promise.resolve(op).then(missing)]);
    if (answer.status === "fulfilled" && answer.value) make(op);
  },
  async "a promise that settles never when it has failed"(op) {
    if (
      await new Promise<boolean>(
        (resolve) =>
          void Promise.resolve(op)
            .then(missing)
            .then(resolve, () => undefined),
      )
    )
      make(op);
  },
};

/** The body is called by another one: nothing shows beforehand that it asks. */
const unforeseen =
  (body: Body): Body =>
  (op) =>
    body(op);

const accounts = (dialect: DialectName, body: Body) =>
  history({ dialect }, [
    { id: "a1", upgrade: (op) => op.createTable("account", [column("id", t.integer(), { primaryKey: true })]) },
    { id: "b2", upgrade: (op) => op.addColumn("account", column("email", t.string(50))) },
    { id: "c3", upgrade: body, downgrade: body },
  ]);

describe.each(dialectNames)("op.inspect() whose exceptions a body catches, on %s", (dialect) => {
  it.each(Object.entries(waysToCatch))("answers in a range as in the whole history, by %s", async (_way, body) => {
    for (const foreseen of [body, unforeseen(body)]) {
      const whole = await compileRange(accounts(dialect, foreseen), "base:c3");
      const range = await compileRange(accounts(dialect, foreseen), "b2:c3");
      const statements = range.steps.at(-1)?.statements.map(({ sql }) => sql);
      expect(statements).toEqual([expect.stringMatching(/^CREATE INDEX/)]);
      expect(statements).toEqual(whole.steps.at(-1)?.statements.map(({ sql }) => sql));
    }
  });

  it("answers in a downgrade and when one goes on past errors", async () => {
    for (const foreseen of [waysToCatch["try and catch"], unforeseen(waysToCatch["try and catch"] as Body)]) {
      const down = await compileRange(accounts(dialect, foreseen as Body), "c3:b2", { direction: "downgrade" });
      // the replayed upgrade has made the index
      expect(down.steps.at(-1)?.statements).toEqual([]);
      const gaps = await compileRange(accounts(dialect, foreseen as Body), "b2:c3", { keepGoing: true });
      expect(gaps.steps.at(-1)).toMatchObject({
        statements: [{ sql: expect.stringMatching(/^CREATE INDEX/) as string }],
      });
      expect(gaps.steps.at(-1)?.failure).toBeUndefined();
    }
  });

  it("knows the SQL of the same body, whatever catches that it cannot be read yet", async () => {
    const body = unforeseen((op) => {
      op.execute(`CREATE INDEX ix_email ON account (email)`);
      try {
        if (!missing(op)) return;
      } catch {
        // as if it were missing
      }
      make(op);
    });
    const { steps } = await compileRange(accounts(dialect, body), "base:c3");
    expect(steps.at(-1)?.statements).toHaveLength(1);
  });
});

describe("a script with guards", () => {
  it.each(["guarded", "idempotent", "plain"] as const)(
    "holds what op.inspect() decided in a try block, in the layout %s",
    async (layout) => {
      const { script } = await compileRange(accounts("postgresql", waysToCatch["try and catch"] as Body), "b2:c3", {
        layout,
      });
      expect(script).toContain("CREATE INDEX ix_email");
    },
  );
});

describe("what a body asked unforeseen", () => {
  it("is thrown away and told once", async () => {
    const notices: string[] = [];
    const project = accounts("mssql", (op) => {
      op.addColumn("account", column("at", t.TIMESTAMP()));
      op.alterColumn("account", "email", { nullable: false });
    });
    const { steps } = await compileRange(project, "b2:c3", { notice: (text) => notices.push(text) });
    expect(steps.at(-1)?.statements.at(-1)?.sql).toBe("ALTER TABLE account ALTER COLUMN email VARCHAR(50) NOT NULL");
    expect(notices).toEqual([expect.stringContaining("is a row version")]);
  });

  it("is told with the revision that cannot be replayed, whatever the body catches", async () => {
    const failing = history({ dialect: "postgresql" }, [
      {
        id: "a1",
        upgrade() {
          throw new TypeError("broken");
        },
      },
      { id: "b2", upgrade: unforeseen(waysToCatch["try and catch"] as Body) },
    ]);
    await expect(compileRange(failing, "a1:b2")).rejects.toMatchObject({
      message: "upgrade of revision a1 failed: TypeError: broken",
    });
  });
});

/** What a body must not catch, and where that is told. */
const refused: Readonly<Record<string, { readonly body: Body; readonly told: object }>> = {
  "an operation": {
    body: (op) => {
      try {
        op.addColumn("account", "not a column" as never);
      } catch {
        // there already
      }
      op.dropTable("account");
    },
    told: { code: "caught-error", operation: "addColumn" },
  },
  "an operation of a batch": {
    body: (op) =>
      op.batchAlterTable("account", (batch) => {
        try {
          batch.alterColumn("email", { nulable: true } as never);
        } catch {
          // never mind
        }
        batch.dropColumn("email");
      }),
    told: { code: "caught-error", operation: "alterColumn", data: { code: "unknown-option" } },
  },
  "a batch that is left by an exception": {
    body: (op) => {
      try {
        op.batchAlterTable("account", (batch) => {
          batch.dropColumn("email");
          throw new RangeError("enough");
        });
      } catch {
        // nothing of the batch is in the script
      }
    },
    told: { code: "caught-error", operation: "batchAlterTable", message: expect.stringContaining("enough") as string },
  },
  "an async batch that nobody awaits": {
    body: async (op) => {
      void op.batchAlterTable("account", async () => {
        await Promise.resolve();
        throw new RangeError("enough");
      });
      await new Promise((resolve) => setTimeout(resolve, 1));
    },
    told: { code: "caught-error", operation: "batchAlterTable" },
  },
  "that nothing is connected": {
    body: (op) => {
      try {
        op.getBind();
      } catch {
        // offline
      }
    },
    told: { code: "caught-error", operation: "getBind", data: { code: "no-connection" } },
  },
  "that nobody knows the answer": {
    body: (op) => {
      op.execute("DO $$ BEGIN EXECUTE 'ALTER TABLE account ADD COLUMN fax TEXT'; END $$");
      try {
        if (op.inspect().hasColumn("account", "fax")) return;
      } catch {
        // a guess
      }
      op.addColumn("account", column("fax", t.text()));
    },
    told: { code: "caught-error", data: { code: "unknown-object" } },
  },
};

describe("a body that catches an error of op", () => {
  it.each(Object.entries(refused))("does not hide %s that was refused", async (_what, { body, told }) => {
    await expect(compileRange(accounts("postgresql", body), "head")).rejects.toMatchObject(told);
  });

  it("may throw it once more in other words, and catch what is an answer", async () => {
    const wrapping: Body = (op) => {
      try {
        op.addColumn("account", "nothing" as never);
      } catch (cause) {
        throw new Error("in other words", { cause });
      }
    };
    await expect(compileRange(accounts("sqlite", wrapping), "head")).rejects.toThrow(/in other words/);
    const asking: Body = (op) => {
      try {
        op.inspect().getColumns("nowhere");
      } catch {
        op.dropTable("account");
      }
    };
    const { steps } = await compileRange(accounts("sqlite", asking), "head");
    expect(steps.at(-1)?.statements).toHaveLength(1);
  });

  it("leaves a gap when others are to be compiled, and no proof", async () => {
    const { body } = refused["an operation"] as { readonly body: Body };
    const { steps } = await compileRange(accounts("postgresql", body), "head", { keepGoing: true });
    expect(steps.map(({ failure }) => failure?.code)).toEqual([undefined, undefined, "caught-error"]);
    const { revisions } = await proveRange(accounts("postgresql", body));
    expect(revisions.at(-1)).toMatchObject({ verdict: "failed", error: { code: "caught-error" } });
  });
});

/** Calls that come too late, and how the error begins. */
const late: Readonly<Record<string, { readonly body: Body; readonly message: RegExp }>> = {
  "a promise that nobody awaits": {
    body: (op) =>
      void Promise.resolve()
        .then(() => op.dropTable("account"))
        .catch(() => undefined),
    message: /^op\.dropTable is called after the upgrade of revision c3 has ended\.$/,
  },
  "forEach with an async function": {
    body: (op) =>
      ["a", "b"].forEach((name) => void (async () => (await Promise.resolve(), op.dropTable(name)))().catch(() => 0)),
    message: /^op\.dropTable is called after/,
  },
  "a question": {
    body: (op) =>
      void Promise.resolve(op.inspect())
        .then((inspector) => inspector.getTableNames())
        .catch(() => 0),
    message: /^The schema is asked for after the upgrade of revision c3 has ended\.$/,
  },
  "an async batch": {
    body: (op) => void op.batchAlterTable("account", async () => void (await Promise.resolve())),
    message: /^op\.batchAlterTable has not ended when the upgrade of revision c3 ends\.$/,
  },
  "a batch that is kept": {
    body: (op) => {
      let kept: { dropColumn(name: string): void } | undefined;
      op.batchAlterTable("account", (batch) => void (kept = batch));
      kept?.dropColumn("email");
    },
    message: /^batch\.dropColumn is called after its batch has ended\./,
  },
};

describe("a call after the end", () => {
  it.each(Object.entries(late))("is an error that names it: %s", async (_what, { body, message }) => {
    await expect(compileRange(accounts("postgresql", body), "head")).rejects.toMatchObject({
      message: expect.stringMatching(message) as string,
    });
    const { steps } = await compileRange(accounts("postgresql", body), "head", { keepGoing: true });
    expect(steps.at(-1)?.failure?.message).toMatch(message);
    await expect(replaySchema(accounts("postgresql", body))).rejects.toThrow(message);
  });

  it("is an error on the op of another revision", async () => {
    let kept: Operations | undefined;
    const project = history({ dialect: "postgresql" }, [
      { id: "a1", upgrade: (op) => void (kept = op) },
      { id: "b2", upgrade: () => kept?.dropTable("account") },
    ]);
    await expect(compileRange(project, "head")).rejects.toThrow(/called after the upgrade of revision a1 has ended/);
  });

  it("is waited for where a body leaves something running", async () => {
    const running: string[] = [];
    const activeResources = (): readonly string[] => ["PipeWrap", ...running];
    const afterAWhile = (action: () => void): void => {
      running.push("Timeout");
      setTimeout(() => {
        running.pop();
        action();
      }, 20);
    };
    const late: Body = (op) =>
      afterAWhile(() => {
        expect(() => op.dropTable("account")).toThrow(/called after/);
      });
    await expect(compileRange(accounts("sqlite", late), "head", { activeResources })).rejects.toThrow(
      /^op.dropTable is called after/,
    );
    const harmless: Body = (op) => {
      afterAWhile(() => 0);
      op.dropTable("account");
    };
    await expect(compileRange(accounts("sqlite", harmless), "head", { activeResources })).resolves.toBeDefined();
    const endless: Body = () => void running.push("Timeout");
    await expect(compileRange(accounts("sqlite", endless), "head", { activeResources })).rejects.toMatchObject({
      code: "left-running",
      message: "the upgrade of revision c3 has ended, and what it began has not: Timeout.",
    });
  });

  it("is an error outside any history", async () => {
    const body: Body = (op) =>
      void Promise.resolve()
        .then(() => op.dropTable("a"))
        .catch(() => 0);
    await expect(compileOperations(body, { dialect: "sqlite" })).rejects.toThrow(/called after the body has ended/);
  });
});

describe("a body that is no function to be run", () => {
  it.each(["upgrade", "batch"])("is refused when it is a generator: %s", async (what) => {
    const body: Body =
      what === "upgrade"
        ? function* (op: Operations) {
            yield op.dropTable("account");
          }
        : (op) => op.batchAlterTable("account", function* () {} as never);
    await expect(compileRange(accounts("mysql", body), "head")).rejects.toMatchObject({ code: "generator-body" });
  });

  it("is awaited when it returns a promise of another library", async () => {
    const body: Body = (op) => ({
      then(resolve: () => void) {
        op.dropTable("account");
        resolve();
      },
    });
    const { steps } = await compileRange(accounts("mysql", body), "head");
    expect(steps.at(-1)?.statements.map(({ sql }) => sql)).toEqual(["DROP TABLE account"]);
  });
});
