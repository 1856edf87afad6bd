/**
 * A setup file of Vitest: every statement that a test renders is parsed when the test ends. PostgreSQL's are parsed by
 * its own grammar. Those of MySQL, MariaDB and SQLite are parsed by node-sql-parser; what it does not understand has to be
 * in the list of unparsed-statements.ts, and the server's own parser has to accept it. Those of SQL Server and Oracle, for
 * which no server is at hand, are parsed by a full grammar; what it does not understand has to be in the list of
 * misread-texts.ts, and the rest of the statement has to be understood. What a layout writes around the statements is
 * for a client, not a parser: the engine tests run whole scripts, and full-grammar.test.ts reads those for SQL Server
 * and Oracle. For PostgreSQL, where it is plain SQL, it is parsed all the same.
 */
import { afterAll, afterEach, vi } from "vitest";
import { textOf } from "../../src/compiler/script/text.js";
import { collect, parseCollected } from "./statements.js";
import { dropDatabases } from "./servers.js";

vi.mock(import("../../src/compiler/compile.js"), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    compileNodes(operations, settings, start) {
      const compiled = original.compileNodes(operations, settings, start);
      for (const { sql } of compiled.statements) collect(settings.dialect.name, sql);
      return compiled;
    },
    compileReplayed(placed, settings, misfit) {
      const compiled = original.compileReplayed(placed, settings, misfit);
      for (const { sql } of compiled.statements) collect(settings.dialect.name, sql);
      return compiled;
    },
  };
});

vi.mock(import("../../src/compiler/version-table.js"), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    versionRowStatements(changes, target, context) {
      const statements = original.versionRowStatements(changes, target, context);
      for (const { sql } of statements) collect(context.dialect.name, sql);
      return statements;
    },
    purgeStatement(versionTable, settings) {
      const sql = original.purgeStatement(versionTable, settings);
      collect(settings.dialect.name, sql);
      return sql;
    },
  };
});

vi.mock(import("../../src/compiler/script.js"), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    scriptOf(plan, steps, settings) {
      const script = original.scriptOf(plan, steps, settings);
      if (settings.dialect.name !== "postgresql") return script;
      for (const { text } of script.fragments) if (text.purpose !== "comment") collectPlainSql(textOf(text));
      return script;
    },
  };
});

/** Takes a part of a PostgreSQL script, unless it holds commands or variables of psql. */
function collectPlainSql(text: string): void {
  if (!/^\\|\\g|:\{?['"?]/m.test(text)) collect("postgresql", text);
}

afterEach(async ({ task }) => {
  task.meta.unparsed = await parseCollected();
});

afterAll(dropDatabases);
