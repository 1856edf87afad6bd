/** The programs that apply scripts; `any` stands for drivers, consoles and everything else. */
export const clientNames = ["psql", "mysql", "sqlite3", "sqlcmd", "sqlplus", "any"] as const;
export type ClientName = (typeof clientNames)[number];

/** A program that applies scripts, by what the lines of a script can make it do. */
export interface Client {
  readonly name: ClientName;
  /** How it applies a file so that it stops at the first error. */
  readonly command: string;
  /** It can be told to stop at the first error, and to do nothing by itself between statements. */
  readonly obeysSettings: boolean;
  /** It can be made to leave out statements: `\if` of psql, `.read` of what sqlite3 wrote itself. */
  readonly skipsStatements: boolean;
  /** It knows a line that ends a batch, `GO` or a slash, so that a script can be several of them. */
  readonly endsBatches: boolean;
  /** It takes another end of statements than the semicolon: `DELIMITER $$`. */
  readonly changesDelimiter: boolean;
}

const obeysNothing = { obeysSettings: false, skipsStatements: false, endsBatches: false, changesDelimiter: false };

export const clients: { readonly [N in ClientName]: Client } = {
  psql: {
    ...obeysNothing,
    name: "psql",
    command: "psql -X -f FILE DATABASE",
    obeysSettings: true,
    skipsStatements: true,
  },
  mysql: { ...obeysNothing, name: "mysql", command: "mysql DATABASE < FILE", changesDelimiter: true },
  sqlite3: {
    ...obeysNothing,
    name: "sqlite3",
    command: "sqlite3 DATABASE < FILE",
    obeysSettings: true,
    skipsStatements: true,
  },
  sqlcmd: {
    ...obeysNothing,
    name: "sqlcmd",
    command: "sqlcmd -b -I -f 65001 -d DATABASE -i FILE",
    obeysSettings: true,
    endsBatches: true,
  },
  sqlplus: {
    ...obeysNothing,
    name: "sqlplus",
    command: "sqlplus -L USER@DATABASE @FILE",
    obeysSettings: true,
    endsBatches: true,
  },
  any: { ...obeysNothing, name: "any", command: "any client or driver that runs the whole file in one session" },
};
