-- What schema.ts says, in SQL: targetSchema: "./schema.sql"

CREATE TABLE root_cause (
    id serial PRIMARY KEY,
    name text NOT NULL CONSTRAINT uq_root_cause_name UNIQUE
);

CREATE TABLE bug (
    id serial PRIMARY KEY,
    bug_tracker_url varchar(200) NOT NULL,
    who varchar(80),
    "when" timestamptz NOT NULL DEFAULT now(),
    root_cause_id integer CONSTRAINT fk_bug_root_cause REFERENCES root_cause (id)
);

CREATE INDEX ix_bug_root_cause_id ON bug (root_cause_id);
