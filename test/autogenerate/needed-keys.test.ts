import { describe, expect, it } from "vitest";
import type { DialectName } from "../../src/schema/dialect-names.js";
import { testOn } from "../engines/test-on.js";
import { compared } from "./compared.js";

const owner = "CREATE TABLE p (id INTEGER NOT NULL, x INTEGER NOT NULL, CONSTRAINT pk_p PRIMARY KEY (id));";
const key = "CONSTRAINT fk FOREIGN KEY (x) REFERENCES p (id)";

/** Pairs of schemas in which a key or index goes that a foreign key needs, and another takes its place. */
const cases: readonly (readonly [title: string, dialects: readonly DialectName[], from: string, to: string])[] = [
  [
    "an index by a longer one",
    ["mysql", "mariadb"],
    `${owner} CREATE TABLE t (x INTEGER, y INTEGER, KEY a (x), ${key});`,
    `${owner} CREATE TABLE t (x INTEGER, y INTEGER, KEY b (x, y), ${key});`,
  ],
  [
    "an index by one of the same name",
    ["mysql", "mariadb"],
    `${owner} CREATE TABLE t (x INTEGER, y INTEGER, KEY a (x), ${key});`,
    `${owner} CREATE TABLE t (x INTEGER, y INTEGER, KEY a (x, y), ${key});`,
  ],
  [
    "a unique key by an index of the same name",
    ["mysql", "mariadb"],
    `${owner} CREATE TABLE t (x INTEGER, y INTEGER, UNIQUE KEY a (x), ${key});`,
    `${owner} CREATE TABLE t (x INTEGER, y INTEGER, KEY a (x), ${key});`,
  ],
  [
    "an index over a column that is new",
    ["mysql", "mariadb"],
    `${owner} CREATE TABLE t (x INTEGER, KEY a (x), ${key});`,
    `${owner} CREATE TABLE t (x INTEGER, z INTEGER, KEY b (x, z), ${key});`,
  ],
  [
    "a primary key by a unique one",
    ["postgresql", "mysql", "mariadb", "sqlite", "mssql", "oracle"],
    `${owner} CREATE TABLE t (x INTEGER, ${key});`,
    `CREATE TABLE p (id INTEGER NOT NULL, x INTEGER NOT NULL, CONSTRAINT pk_p PRIMARY KEY (x), CONSTRAINT uq_p UNIQUE (id));
     CREATE TABLE t (x INTEGER, ${key});`,
  ],
  [
    "a key of its own table by another",
    ["postgresql", "mssql", "oracle"],
    "CREATE TABLE p (id INTEGER NOT NULL, x INTEGER, CONSTRAINT a PRIMARY KEY (id), CONSTRAINT fk FOREIGN KEY (x) REFERENCES p (id));",
    "CREATE TABLE p (id INTEGER NOT NULL, x INTEGER, CONSTRAINT b PRIMARY KEY (id), CONSTRAINT fk FOREIGN KEY (x) REFERENCES p (id));",
  ],
];

describe("what a foreign key needs is replaced while the key stays right", () => {
  for (const [title, dialects, from, to] of cases) {
    it.each(dialects)(`${title}: %s`, async (dialect) => {
      const { rest, gaps } = await compared(dialect, from, to);
      expect({ rest, gaps }).toEqual({ rest: [], gaps: { upgrade: [], downgrade: [] } });
    });

    for (const dialect of dialects) {
      if (dialect === "mssql" || dialect === "oracle") continue;
      const except = dialect === "mysql" ? { mariadb: "MariaDB's own dialect is tried beside" } : {};
      testOn(
        dialect,
        `${title}: ${dialect}`,
        async ({ database }) => {
          const { sql, back } = await compared(dialect, from, to);
          const script = [from, ...sql.map((one) => `${one};`), ...back.map((one) => `${one};`)].join("\n");
          const { exitCode, stderr } = await database.apply(script);
          expect({ exitCode, stderr, script }).toEqual({ exitCode: 0, stderr: "", script });
        },
        { except },
      );
    }
  }
});
