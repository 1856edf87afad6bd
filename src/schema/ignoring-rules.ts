/**
 * What of SQL text is no part of the replayed schema, rule by rule: whatever a reader passes over, it passes over by one
 * of these.
 */
export const ignoringRules = {
  rows: "changes rows, and nothing of the schema",
  query: "asks, and changes nothing",
  session: "is about the session that runs it",
  transaction: "begins or ends a transaction, or takes a lock",
  maintenance: "has rows stored, counted or checked anew",
  privileges: "says who may do what",
  owners: "says who owns what",
  roles: "is about the users of the server",
  server: "is about the server or the whole database",
  connections: "holds the way to another server, and passwords",
  storage: "says where and how rows are stored",
  "other object": "makes or changes an object that is not kept",
  "constraint state": "says whether a trigger or constraint is at work",
  temporary: "ends with the session",
  "client command": "is for the client that runs the script",
  "own table of the server": "is a table that the server makes by itself",
  "part of a partition": "comes with the index of the whole table",
  "shadow of a virtual table": "is a table that a virtual table makes by itself",
  "stand-in for a view": "is made anew as a view further on",
} as const;

/** The name of a rule by which SQL text is no part of the replayed schema. */
export type IgnoringRule = keyof typeof ignoringRules;
