import { describe } from "vitest";
import { check, column, postgresql, sql, t } from "../../../../src/index.js";
import { history } from "../../../support/history.js";
import { printsWhatHistoryMakes } from "../../../prove/prints-what-history-makes.js";

/** What the histories of one kind begin with, and the histories: SQL of the author's own, as PostgreSQL runs it. */
interface Histories {
  readonly before: string;
  readonly then: Readonly<Record<string, string>>;
}

const positive = "CREATE FUNCTION positive(n int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT n > 0';";
const doubled = "CREATE FUNCTION doubled(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n * 2';";

const kinds: Readonly<Record<string, Histories>> = {
  "a function that is dropped with what uses it": {
    before: `${positive} ${doubled} CREATE TABLE t (id int PRIMARY KEY, n int);`,
    then: {
      "a default": "ALTER TABLE t ADD COLUMN d int DEFAULT doubled(3); DROP FUNCTION doubled(int) CASCADE;",
      "a check": "ALTER TABLE t ADD CONSTRAINT c CHECK (positive(n)); DROP FUNCTION positive CASCADE;",
      "a check of a column":
        "CREATE TABLE u (n int CHECK (positive(n)), m int CHECK (m > 1)); DROP FUNCTION positive CASCADE;",
      "an index over it": "CREATE INDEX i ON t (doubled(n)); CREATE INDEX j ON t (n); DROP FUNCTION doubled CASCADE;",
      "a partial index": "CREATE INDEX i ON t (n) WHERE positive(n); DROP FUNCTION positive CASCADE;",
      "a computed column with its index and view": `
        ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (doubled(n)) STORED; CREATE INDEX i ON t (g);
        CREATE VIEW v AS SELECT g FROM t; CREATE VIEW w AS SELECT id FROM t; DROP FUNCTION doubled CASCADE;`,
      "an exclusion": "ALTER TABLE t ADD EXCLUDE USING btree (doubled(n) WITH =); DROP FUNCTION doubled CASCADE;",
      "an exclusion by its condition":
        "ALTER TABLE t ADD EXCLUDE USING btree (n WITH =) WHERE (positive(n)); DROP FUNCTION positive CASCADE;",
      "a view and the view over it": `
        CREATE VIEW v AS SELECT doubled(n) AS m FROM t; CREATE VIEW w AS SELECT m FROM v; CREATE VIEW x AS SELECT n FROM t;
        DROP FUNCTION doubled CASCADE;`,
      "a materialised view":
        "CREATE MATERIALIZED VIEW v AS SELECT doubled(n) AS m FROM t; DROP FUNCTION doubled CASCADE;",
      "the condition of a trigger": `
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (positive(NEW.n)) EXECUTE FUNCTION f();
        CREATE TRIGGER h BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
        DROP FUNCTION positive CASCADE;`,
      "a trigger that runs it": `
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
        DROP FUNCTION f() CASCADE;`,
      "the check of a domain":
        "CREATE DOMAIN d AS int CHECK (positive(VALUE)); CREATE TABLE u (d d); DROP FUNCTION positive CASCADE;",
      "the default of a domain": "CREATE DOMAIN d AS int DEFAULT doubled(2); DROP FUNCTION doubled CASCADE;",
      "a body in the grammar of SQL": `
        CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql RETURN doubled(doubled(n));
        ALTER TABLE t ADD CHECK (twice(n) > 0);
        CREATE FUNCTION text_only(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN doubled(n); END';
        DROP FUNCTION doubled CASCADE;`,
      "a policy": "CREATE POLICY p ON t USING (positive(n)); DROP FUNCTION positive CASCADE;",
      "a function of the same name in another schema": `
        CREATE SCHEMA app; CREATE FUNCTION app.doubled(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n * 2';
        ALTER TABLE t ADD COLUMN a int DEFAULT app.doubled(1), ADD COLUMN b int DEFAULT doubled(1);
        DROP FUNCTION app.doubled CASCADE;`,
      "a column of the same name": `
        CREATE TABLE u (doubled int CHECK (doubled > 0)); CREATE VIEW v AS SELECT doubled FROM u; DROP FUNCTION doubled CASCADE;`,
    },
  },
  "a type that is dropped with what uses it": {
    before:
      "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN size AS int; CREATE TABLE t (id int PRIMARY KEY, n text);",
    then: {
      "a domain over an enum type": "CREATE DOMAIN m AS mood; CREATE TABLE u (id int, m m); DROP TYPE mood CASCADE;",
      "a domain over a domain":
        "CREATE DOMAIN small AS size CHECK (VALUE < 10); CREATE TABLE u (s small, i int); DROP DOMAIN size CASCADE;",
      "the check of a domain": "CREATE DOMAIN m AS text CHECK (VALUE::mood <> 'sad'); DROP TYPE mood CASCADE;",
      "an exclusion": "ALTER TABLE t ADD EXCLUDE USING btree ((id::size) WITH =); DROP DOMAIN size CASCADE;",
      "a partial index": "CREATE INDEX i ON t (id) WHERE id::size > 3; DROP DOMAIN size CASCADE;",
      "a computed column":
        "ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (CAST(id AS size) + 1) STORED; DROP DOMAIN size CASCADE;",
      "a view":
        "CREATE VIEW v AS SELECT n::mood AS m FROM t; CREATE VIEW w AS SELECT m FROM v; DROP TYPE mood CASCADE;",
      "a typed literal in a view": "CREATE VIEW v AS SELECT id, mood 'ok' AS m FROM t; DROP TYPE mood CASCADE;",
      "an array": "CREATE TABLE u (i int, m mood[]); DROP TYPE mood CASCADE;",
      "a function and what uses that": `
        CREATE FUNCTION f(m mood) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION g() RETURNS mood IMMUTABLE LANGUAGE sql AS $$SELECT 'ok'::mood$$;
        CREATE VIEW v AS SELECT g() AS m; CREATE VIEW w AS SELECT id FROM t;
        DROP TYPE mood CASCADE;`,
      "a result called so": "CREATE VIEW v AS SELECT n AS mood FROM t; DROP TYPE mood CASCADE;",
    },
  },
  "a table that goes to another schema": {
    before: "CREATE SCHEMA app; CREATE TABLE t (id int PRIMARY KEY, n int CHECK (n > 0));",
    then: {
      "its triggers": `
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
        ALTER TABLE t SET SCHEMA app;`,
      "its views": `
        CREATE VIEW v AS SELECT id, t.n FROM t; CREATE VIEW w AS SELECT x.id FROM public.t AS x; CREATE VIEW x AS SELECT public.t.n FROM public.t;
        ALTER TABLE t SET SCHEMA app;`,
      "its foreign keys": "CREATE TABLE u (t_id int REFERENCES t); ALTER TABLE t SET SCHEMA app;",
      "its serial":
        "CREATE TABLE s (id serial PRIMARY KEY, n int); CREATE INDEX i ON s (n); ALTER TABLE s SET SCHEMA app;",
      "functions of its rows": `
        CREATE FUNCTION f(r t) RETURNS int LANGUAGE sql AS 'SELECT r.id'; CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT NULL::int, NULL::int';
        ALTER TABLE t SET SCHEMA app;`,
      "and back":
        "CREATE VIEW v AS SELECT id FROM t; ALTER TABLE t SET SCHEMA app; ALTER TABLE app.t SET SCHEMA public;",
      "its materialised views":
        "CREATE MATERIALIZED VIEW v AS SELECT id FROM t; ALTER MATERIALIZED VIEW v SET SCHEMA app; ALTER TABLE t SET SCHEMA app;",
    },
  },
  "a name that changes": {
    before: `CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN size AS int; ${positive} ${doubled}
      CREATE SEQUENCE counter; CREATE TABLE t (id int PRIMARY KEY, n int, x text);`,
    then: {
      "of a view": `
        CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT v.id FROM v; CREATE VIEW a AS SELECT id FROM w;
        ALTER VIEW v RENAME TO z;`,
      "of a view whose old name is given again": `
        CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT id FROM v; ALTER VIEW v RENAME TO z; CREATE VIEW v AS SELECT n FROM t;`,
      "of a view by ALTER TABLE":
        "CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT id FROM v; ALTER TABLE v RENAME TO z;",
      "of a view with a trigger": `
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE VIEW v AS SELECT id FROM t;
        CREATE TRIGGER g INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f(); ALTER VIEW v RENAME TO z;`,
      "of the schema of a view":
        "CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT id FROM v; ALTER VIEW v SET SCHEMA app;",
      "of the column of a view":
        "CREATE VIEW v AS SELECT id, n FROM t; CREATE VIEW w AS SELECT id FROM v; ALTER VIEW v RENAME COLUMN id TO key;",
      "of a column of a view over all": `
        CREATE VIEW v AS SELECT *, n + 1 AS m FROM t; CREATE MATERIALIZED VIEW w AS SELECT v.n, v.m FROM v; ALTER VIEW v RENAME n TO k;
        ALTER MATERIALIZED VIEW w RENAME m TO o;`,
      "of a function": `
        ALTER TABLE t ADD COLUMN d int DEFAULT doubled(1), ADD CHECK (positive(n)); CREATE INDEX i ON t (doubled(n)) WHERE positive(n);
        ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (doubled(n)) STORED; CREATE VIEW v AS SELECT doubled(n) AS doubled FROM t;
        CREATE DOMAIN d AS int CHECK (positive(VALUE)); CREATE FUNCTION std(n int) RETURNS int LANGUAGE sql RETURN doubled(n);
        ALTER FUNCTION doubled(int) RENAME TO twice; ALTER FUNCTION positive RENAME TO "is Positive";`,
      "of a function in an array": `
        CREATE VIEW v AS SELECT ARRAY[doubled(n), t.n] AS l FROM t; ALTER FUNCTION doubled(int) RENAME TO twice; ALTER TABLE t RENAME n TO m;
        ALTER TABLE t RENAME TO u;`,
      "of the schema of a function": `
        ALTER TABLE t ADD COLUMN d int DEFAULT doubled(1); CREATE VIEW v AS SELECT public.doubled(n) AS m FROM t;
        ALTER FUNCTION doubled(int) SET SCHEMA app;`,
      "of the function of a trigger": `
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (positive(NEW.n)) EXECUTE FUNCTION f();
        ALTER FUNCTION f RENAME TO h; ALTER FUNCTION positive RENAME TO above; ALTER FUNCTION h SET SCHEMA app;`,
      "of a trigger": `
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TRIGGER g ON t RENAME TO h;`,
      "of a procedure": "CREATE PROCEDURE p(a int) LANGUAGE sql AS 'SELECT 1'; ALTER PROCEDURE p RENAME TO q;",
      "of one of several functions": `
        CREATE FUNCTION doubled(n text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT n || n'; ALTER FUNCTION doubled(text) RENAME TO twice;`,
      "of an enum type": `
        CREATE TABLE u (m mood DEFAULT 'ok', k mood[], l mood DEFAULT 'sad'::mood, CHECK (m <> 'sad'::mood)); CREATE VIEW v AS SELECT x::mood AS mood FROM t;
        CREATE DOMAIN e AS mood; CREATE FUNCTION f(m mood, mood text) RETURNS mood LANGUAGE sql AS 'SELECT m';
        ALTER TYPE mood RENAME TO feeling;`,
      "of the schema of an enum type": `
        CREATE TABLE u (m mood DEFAULT 'ok', l mood DEFAULT 'sad'::mood, CHECK (m <> 'sad'::mood)); CREATE VIEW v AS SELECT x::mood AS mood FROM t;
        ALTER TYPE mood SET SCHEMA app;`,
      "of a domain": `
        CREATE TABLE u (s size DEFAULT 1, CHECK (s::size > 0)); CREATE VIEW v AS SELECT CAST(n AS size) AS s FROM t; CREATE DOMAIN d AS size;
        CREATE FUNCTION f(s size) RETURNS size LANGUAGE sql AS 'SELECT 1'; ALTER DOMAIN size RENAME TO extent;`,
      "of a domain by ALTER TYPE": "CREATE TABLE u (s size); ALTER TYPE size RENAME TO extent;",
      "of the schema of a domain":
        "CREATE TABLE u (s size); CREATE DOMAIN d AS size; ALTER DOMAIN size SET SCHEMA app;",
      "of a sequence": `
        CREATE TABLE u (id int DEFAULT nextval('counter'), k bigint DEFAULT nextval('public.counter'::regclass) + 1);
        CREATE VIEW v AS SELECT nextval('counter') AS n, last_value FROM counter; ALTER SEQUENCE counter RENAME TO numbers;`,
      "of the schema of a sequence":
        "CREATE TABLE u (id int DEFAULT nextval('counter')); ALTER SEQUENCE counter SET SCHEMA app;",
      "of a sequence to one in quotes": `CREATE TABLE u (id int DEFAULT nextval('counter')); ALTER SEQUENCE counter RENAME TO "Numbers"; ALTER SEQUENCE "Numbers" INCREMENT BY 5;`,
      "of a table": `
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.n > 0) EXECUTE FUNCTION f();
        CREATE FUNCTION h(r t) RETURNS SETOF t LANGUAGE sql AS 'SELECT NULL::int, NULL::int, NULL::text';
        CREATE VIEW v AS SELECT t.id, x.n FROM t JOIN public.t AS x ON t.id = x.id; ALTER TABLE t RENAME TO u;`,
      "of the column of a table": `
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE UPDATE OF n, x ON t FOR EACH ROW WHEN (NEW.n > 0) EXECUTE FUNCTION f();
        CREATE VIEW v AS SELECT n, id FROM t; ALTER TABLE t RENAME n TO m;`,
    },
  },
  "a schema that gets another name": {
    before: "CREATE SCHEMA app; CREATE TABLE t (id int PRIMARY KEY);",
    then: {
      "with all that is in it": `
        CREATE TYPE app.mood AS ENUM ('sad', 'ok'); CREATE DOMAIN app.size AS int CHECK (VALUE > 0); CREATE SEQUENCE app.counter;
        CREATE FUNCTION app.doubled(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n * 2';
        CREATE TABLE app.a (id int PRIMARY KEY, m app.mood DEFAULT 'ok'::app.mood, s app.size, n int DEFAULT nextval('app.counter'),
          d int DEFAULT app.doubled(2), CHECK (app.doubled(n) > 1));
        CREATE INDEX i ON app.a (app.doubled(n)); CREATE TABLE app.b (a_id int REFERENCES app.a, t_id int REFERENCES t);
        CREATE VIEW app.v AS SELECT a.id, app.doubled(n) AS n FROM app.a; CREATE MATERIALIZED VIEW app.w AS SELECT id FROM app.v;
        CREATE FUNCTION app.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE INSERT ON app.a FOR EACH ROW EXECUTE FUNCTION app.f();
        ALTER SCHEMA app RENAME TO shop;`,
      "with what names it from outside": `
        CREATE TYPE app.mood AS ENUM ('sad', 'ok'); CREATE TABLE app.a (id int PRIMARY KEY);
        CREATE FUNCTION app.doubled(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n * 2';
        CREATE TABLE u (m app.mood DEFAULT 'ok'::app.mood, a_id int REFERENCES app.a, d int DEFAULT app.doubled(1));
        CREATE VIEW v AS SELECT app.a.id, app.doubled(app.id) AS n FROM app.a, t AS app;
        ALTER SCHEMA app RENAME TO shop;`,
      "with its partitions": `
        CREATE TABLE app.p (id int) PARTITION BY RANGE (id); CREATE TABLE app.p1 PARTITION OF app.p FOR VALUES FROM (1) TO (10);
        ALTER SCHEMA app RENAME TO shop;`,
      "with an extension in it":
        "CREATE EXTENSION hstore SCHEMA app; CREATE TABLE app.a (h app.hstore); ALTER SCHEMA app RENAME TO shop;",
    },
  },
  "a schema, sequence or trigger that is dropped": {
    before: "CREATE TABLE t (id int PRIMARY KEY, n int);",
    then: {
      "a schema with what names its types and functions": `
        CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('a'); CREATE FUNCTION app.f(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
        CREATE TABLE u (id int DEFAULT app.f(1), m app.mood, CHECK (app.f(id) > 0)); CREATE VIEW v AS SELECT app.f(id) AS n FROM u;
        DROP SCHEMA app CASCADE;`,
      "a sequence with the defaults that count it":
        "CREATE SEQUENCE s; ALTER TABLE t ALTER n SET DEFAULT nextval('s'); DROP SEQUENCE s CASCADE;",
      "a trigger of one of two tables": `
        CREATE TABLE u (id int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f(); CREATE TRIGGER g BEFORE INSERT ON u EXECUTE FUNCTION f();
        DROP TRIGGER g ON t;`,
      "nothing, beside a recursive view": `
        CREATE RECURSIVE VIEW r (id) AS SELECT id FROM t UNION ALL SELECT t.id FROM t, r WHERE t.n = r.id;`,
    },
  },
  "a sequence that is altered": {
    before: "CREATE TABLE t (id int PRIMARY KEY, n int);",
    then: {
      "to be owned after it is counted": `
        CREATE SEQUENCE t_id_seq AS integer; ALTER TABLE t ALTER COLUMN id SET DEFAULT nextval('t_id_seq'); ALTER SEQUENCE t_id_seq OWNED BY t.id;`,
      "to be owned after it is counted, and goes with the column": `
        CREATE SEQUENCE s; ALTER TABLE t ALTER COLUMN n SET DEFAULT nextval('s'); ALTER SEQUENCE s OWNED BY t.n; ALTER TABLE t DROP COLUMN n;`,
      "to be owned by a column that does not count it": "CREATE SEQUENCE s; ALTER SEQUENCE s OWNED BY t.n;",
      "to be owned, and goes with the table":
        "CREATE SEQUENCE s; CREATE TABLE u (n int); ALTER SEQUENCE s OWNED BY u.n; DROP TABLE u;",
      "to be owned by nobody": `
        CREATE SEQUENCE s OWNED BY t.n; ALTER TABLE t ALTER COLUMN n SET DEFAULT nextval('s'); ALTER SEQUENCE s OWNED BY NONE;`,
      "in its numbers":
        "CREATE SEQUENCE s START 5; ALTER SEQUENCE s INCREMENT BY 3 MAXVALUE 100 CYCLE; ALTER SEQUENCE s NO CYCLE;",
      "in the numbers of a serial": "CREATE TABLE u (id serial PRIMARY KEY); ALTER SEQUENCE u_id_seq INCREMENT BY 5;",
      "by another name of a serial's":
        "CREATE TABLE u (id serial PRIMARY KEY); ALTER SEQUENCE u_id_seq RENAME TO numbers;",
    },
  },
  "a value of an enum type that gets another name": {
    before:
      "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (id int PRIMARY KEY, x text, m mood DEFAULT 'sad');",
    then: {
      "in defaults": `
        ALTER TABLE t ADD COLUMN k mood DEFAULT 'sad'::mood, ADD COLUMN l mood[] DEFAULT '{sad,ok}', ADD COLUMN j text DEFAULT 'sad',
          ADD COLUMN i mood[] DEFAULT ARRAY['sad'::mood]; ALTER TYPE mood RENAME VALUE 'sad' TO 'un''happy';`,
      "in checks": `
        ALTER TABLE t ADD CHECK (m <> 'sad'), ADD CHECK (m IN ('sad', 'ok')), ADD CHECK (x <> 'sad'), ADD CHECK (m = 'sad'::mood OR x = 'sad');
        ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';`,
      "in views": `
        CREATE VIEW v AS SELECT id FROM t WHERE m = 'sad' AND x <> 'sad'; CREATE VIEW w AS SELECT CASE WHEN t.m = 'sad' THEN 'sad' ELSE 'ok' END AS s FROM t;
        CREATE VIEW z AS SELECT CAST('sad' AS mood) AS m, mood 'sad' AS o; ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';`,
      "in indexes": `
        CREATE INDEX i ON t (id) WHERE m = 'sad'; CREATE INDEX j ON t ((m = 'sad')); ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';`,
      "in triggers": `
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.m = 'sad') EXECUTE FUNCTION f(); ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';`,
      "in domains":
        "CREATE DOMAIN d AS mood DEFAULT 'sad' CHECK (VALUE <> 'sad'); ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';",
      "in partitions": `
        CREATE TABLE p (m mood) PARTITION BY LIST (m); CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('sad'); ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';`,
    },
  },
  "a view over all columns": {
    before: "CREATE TABLE t (id int PRIMARY KEY, amount int); CREATE TABLE u (id int, b int);",
    then: {
      "of a table that gets another column": "CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t ADD COLUMN later int;",
      "of a table whose column gets another name":
        "CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t RENAME amount TO total;",
      "of two tables":
        "CREATE VIEW v AS SELECT t.*, u.b FROM t JOIN u ON t.id = u.id; ALTER TABLE t ADD later int; ALTER TABLE u ADD other int;",
      "of two tables without a name": `
        CREATE VIEW v AS SELECT * FROM t, (SELECT b FROM u) AS q; ALTER TABLE t ADD later int; ALTER TABLE u ADD other int;`,
      "of joined tables": `
        CREATE VIEW v AS SELECT * FROM t JOIN u USING (id); CREATE VIEW w AS SELECT * FROM t NATURAL JOIN u; ALTER TABLE t ADD later int;`,
      "of a view":
        "CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT * FROM v; ALTER TABLE t ADD later int; ALTER TABLE t RENAME amount TO total;",
      "of a query": "CREATE VIEW v AS WITH q AS (SELECT * FROM t) SELECT q.* FROM q; ALTER TABLE t ADD later int;",
      "in a query within": "CREATE VIEW v AS SELECT q.id FROM (SELECT * FROM t) AS q; ALTER TABLE t ADD later int;",
      "of an alias with quotes": `CREATE TABLE "T x" ("A b" int); CREATE VIEW v AS SELECT "Q".* FROM "T x" AS "Q"; ALTER TABLE "T x" ADD later int;`,
      "with names of its own":
        "CREATE VIEW v (a, b) AS SELECT * FROM t; ALTER TABLE t ADD later int; ALTER TABLE t RENAME amount TO total;",
      "that counts":
        "CREATE VIEW v AS SELECT count(*) AS n, sum(amount * 2) AS s FROM t WHERE EXISTS (SELECT * FROM u); ALTER TABLE t ADD later int;",
      "of a union":
        "CREATE VIEW v AS SELECT * FROM t UNION ALL SELECT * FROM u; ALTER TABLE t ADD later int; ALTER TABLE u ADD other int;",
      "that keeps its rows": "CREATE MATERIALIZED VIEW v AS SELECT * FROM t; ALTER TABLE t ADD later int;",
      "when the column goes": "CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t DROP COLUMN amount CASCADE;",
      "when a later column goes":
        "CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t ADD later int; ALTER TABLE t DROP COLUMN later;",
      "with an expression beside":
        "CREATE VIEW v AS SELECT *, amount * 2 AS d FROM t; ALTER TABLE t RENAME amount TO total;",
    },
  },
};

// a notice of what CASCADE takes is no complaint
const quietly = "SET client_min_messages TO warning;";

for (const [kind, { before, then }] of Object.entries(kinds)) {
  describe(kind, () => {
    for (const [what, ddl] of Object.entries(then)) {
      printsWhatHistoryMakes(what, "postgresql", () =>
        Promise.resolve(
          history({ dialect: "postgresql", targetVersion: "15" }, [
            { id: "a1", upgrade: (op) => void op.execute(before) },
            { id: "b2", upgrade: (op) => void op.execute(quietly + ddl) },
          ]),
        ),
      );
    }
  });
}

describe("what directives make follows, too", () => {
  printsWhatHistoryMakes("values, tables and columns under other names", "postgresql", () =>
    Promise.resolve(
      history({ dialect: "postgresql", targetVersion: "15" }, [
        {
          id: "a1",
          upgrade: (op) => {
            op.createEnumType("mood", ["sad", "ok"]);
            op.createSequence("counter", { start: 5 });
            op.createTable("t", [
              column("id", t.integer(), { primaryKey: true }),
              column("m", postgresql.ENUM(["sad", "ok"], { name: "mood", createType: false }), {
                serverDefault: "sad",
                check: check(sql`m <> ${"sad"}`),
              }),
              column("n", t.integer(), { serverDefault: sql`nextval('counter')` }),
            ]);
            op.createDomain("feeling", postgresql.ENUM(["sad", "ok"], { name: "mood", createType: false }), {
              serverDefault: "sad",
            });
            op.createView("v", sql`SELECT id FROM t WHERE m = ${"sad"}`);
          },
        },
        {
          id: "b2",
          upgrade: (op) => {
            op.renameEnumValue("mood", "sad", "unhappy");
            op.renameTable("t", "u");
            op.execute("ALTER SEQUENCE counter INCREMENT BY 3; ALTER SEQUENCE counter OWNED BY u.n");
            op.execute("ALTER SEQUENCE counter RENAME TO numbers; ALTER TYPE mood RENAME TO state");
          },
        },
      ]),
    ),
  );
});
