const noEffect = "In Alembic it has no effect on the SQL: leave it out.";
const reflection =
  "In Alembic it is for reading the table from a connection, which there is none of here: leave it out; " +
  "copyFrom says how the table is, where the history does not.";
const existing = "In Alembic it has no effect here: leave it out.";
const cascade = "A statement with CASCADE is one for op.execute.";
const inPython =
  "In Alembic it is a value that SQLAlchemy fills in when rows are written, and is in no DDL: leave it out";

/**
 * Keywords that Alembic and SQLAlchemy take and that are no options here, in camelCase: what they do there, and what to
 * write instead.
 * https://docs.sqlalchemy.org/en/21/core/metadata.html#column-table-metadata-api
 */
const keywords: Readonly<Record<string, string>> = {
  info: noEffect,
  doc: noEffect,
  key: noEffect,
  keepExisting: noEffect,
  extendExisting: noEffect,
  implicitReturning: noEffect,
  insertSentinel: noEffect,
  mustExist: noEffect,
  listeners: noEffect,
  autoload: reflection,
  autoloadReplace: reflection,
  autoloadWith: reflection,
  includeColumns: reflection,
  resolveFks: reflection,
  reflectArgs: reflection,
  reflectKwargs: reflection,
  executionOptions: "In Alembic these are for the connection, and have no effect in a script: leave them out.",
  existingType: existing,
  existingNullable: existing,
  existingServerDefault: existing,
  existingComment: existing,
  existingAutoincrement: existing,
  default: `${inPython}, or write serverDefault for a default of the server.`,
  insertDefault: `${inPython}, or write serverDefault for a default of the server.`,
  onupdate: `${inPython}. The action of a foreign key is onUpdate.`,
  serverOnupdate:
    "In Alembic it has no effect on the SQL: leave it out, or write ON UPDATE behind the serverDefault on MySQL.",
  quote: "In Alembic it forces or forbids the quotes of the name: write quotedName(name, true | false) for the name.",
  quoteSchema:
    "In Alembic it forces or forbids the quotes of the schema: write quotedName(schema, true | false) for it.",
};

/** `server_onupdate` and `type_` in camelCase. */
function inCamelCase(option: string): string {
  return option.replace(/_+$/, "").replace(/_+([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** What a keyword that is no option here did in Alembic, or undefined when it is none of Alembic's. */
export function saidOfKeyword(option: string): string | undefined {
  const name = inCamelCase(option);
  return Object.hasOwn(keywords, name) ? keywords[name] : undefined;
}

/**
 * What Alembic does with a keyword of a dialect that is no option here.
 *
 * @param takesAll whether Alembic's directive takes whatever it is given
 */
export function saidOfGroupOption(option: string, takesAll: boolean): string {
  const inAlembic = takesAll ? "Alembic takes it and writes nothing for it: leave it out." : "Alembic refuses it, too.";
  return inCamelCase(option) === "cascade" ? `${inAlembic} ${cascade}` : inAlembic;
}
