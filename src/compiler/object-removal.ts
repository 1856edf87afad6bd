import type { OperationNode } from "../operations/index.js";
import { sql } from "../schema/expressions.js";
import { isObjectText, type ObjectText } from "../schema/object-text.js";
import type { Overload, ProcedureContent } from "../schema/routines.js";
import type { ObjectKind, ObjectOf, SchemaObject } from "../schema/schema-objects.js";

const origin = undefined;
const ifExists = false;

function routineDrop(
  kind: "dropFunction" | "dropProcedure",
  { name, schema }: Pick<SchemaObject, "name" | "schema">,
  { signature, content }: Overload<ProcedureContent>,
  isOnly: boolean,
): OperationNode {
  const written = isObjectText(content) ? sql.raw(signature) : content.parameters;
  // the parameters are needed only where several have the name
  return { kind, name, schema, parameters: isOnly ? undefined : written, ifExists, origin };
}

/** For each kind of object, the operations that take it away. */
const removals: { readonly [K in ObjectKind]: (object: ObjectOf<K>) => readonly OperationNode[] } = {
  domain: ({ name, schema }) => [{ kind: "dropDomain", name, schema, ifExists, origin }],
  extension: ({ name }) => [{ kind: "dropExtension", name, ifExists, origin }],
  function: (routine) =>
    routine.overloads.map((one) => routineDrop("dropFunction", routine, one, routine.overloads.length === 1)),
  procedure: (routine) =>
    routine.overloads.map((one) => routineDrop("dropProcedure", routine, one, routine.overloads.length === 1)),
  materializedView: ({ name, schema }) => [{ kind: "dropView", name, schema, materialized: true, ifExists, origin }],
  partition: ({ name, schema, tableName, isAttached }) =>
    isAttached
      ? [{ kind: "detachPartition", name, schema, tableName, concurrently: false, origin }]
      : [{ kind: "dropPartition", name, schema, tableName, ifExists, origin }],
  schema: ({ name }) => [{ kind: "dropSchema", name, ifExists, cascade: false, origin }],
  sequence: ({ name, schema }) => [{ kind: "dropSequence", name, schema, ifExists, origin }],
  trigger: ({ name, schema, tableName }) => [{ kind: "dropTrigger", name, schema, tableName, ifExists, origin }],
  view: ({ name, schema }) => [{ kind: "dropView", name, schema, materialized: undefined, ifExists, origin }],
};

/** The operations that take an object out of a database that has it. */
export function removalOf<K extends ObjectKind>(kind: K, object: ObjectOf<K>): readonly OperationNode[] {
  return removals[kind](object);
}

/**
 * Text that makes an object in the place of one that is there; undefined where it is not understood.
 *
 * @param words what says so behind CREATE: `OR REPLACE`
 */
export function replacingText({ statements }: ObjectText, words: string): string | undefined {
  const [first = "", ...others] = statements;
  if (!/^\s*create\b/i.test(first)) return undefined;
  const replacing = first.replace(/^(\s*create)\s+(?!or\s+(?:replace|alter)\b)/i, `$1 ${words} `);
  return [replacing, ...others].join(";\n");
}
