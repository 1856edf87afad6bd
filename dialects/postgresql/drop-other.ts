import type { RenderContext } from "../../src/compiler/render-context.js";
import type { OtherClass, OtherObject } from "../../src/schema/other-objects.js";

type Drop = (object: OtherObject, context: RenderContext) => string | undefined;

/** An object that its name alone tells from others: https://www.postgresql.org/docs/current/sql-commands.html */
function named(words: string): Drop {
  return ({ schema, name }, context) => `DROP ${words} ${context.qualified(schema, name)}`;
}

/** An object of a table. */
function ofTable(words: string): Drop {
  return ({ schema, name, tableName }, context) =>
    tableName === undefined
      ? undefined
      : `DROP ${words} ${context.name(name)} ON ${context.qualified(schema, tableName)}`;
}

/** A property of a table, put back to what it is when nothing is said. */
function ofTableItself(words: string): Drop {
  return ({ schema, tableName }, context) =>
    tableName === undefined ? undefined : `ALTER TABLE ${context.qualified(schema, tableName)} ${words}`;
}

const drops: { readonly [C in OtherClass]?: Drop } = {
  collation: named("COLLATION"),
  "composite type": named("TYPE"),
  "range type": named("TYPE"),
  "text search configuration": named("TEXT SEARCH CONFIGURATION"),
  "text search dictionary": named("TEXT SEARCH DICTIONARY"),
  "text search parser": named("TEXT SEARCH PARSER"),
  "text search template": named("TEXT SEARCH TEMPLATE"),
  conversion: named("CONVERSION"),
  statistics: named("STATISTICS"),
  "foreign table": named("FOREIGN TABLE"),
  "foreign data wrapper": named("FOREIGN DATA WRAPPER"),
  server: named("SERVER"),
  publication: named("PUBLICATION"),
  "event trigger": named("EVENT TRIGGER"),
  policy: ofTable("POLICY"),
  "rewrite rule": ofTable("RULE"),
  "row security": ofTableItself("DISABLE ROW LEVEL SECURITY"),
  "forced row security": ofTableItself("NO FORCE ROW LEVEL SECURITY"),
  "replica identity": ofTableItself("REPLICA IDENTITY DEFAULT"),
  cluster: ofTableItself("SET WITHOUT CLUSTER"),
};

/** Comments are taken away by the statement that made them: `COMMENT ON … IS NULL`. */
function withoutComment({ content }: OtherObject): string | undefined {
  const [statement = ""] = content.statements.slice(-1);
  const [, subject] = /^(\s*comment\s+on\s.*?\sis\s+)(?:e?'|\$)/is.exec(statement) ?? [];
  return subject === undefined ? undefined : `${subject.trim()} NULL`;
}

/** The statement that takes an object away which is known by its text alone; undefined where its name does not suffice. */
export function dropOther(object: OtherObject, context: RenderContext): string | undefined {
  return object.class === "comment" ? withoutComment(object) : drops[object.class]?.(object, context);
}
