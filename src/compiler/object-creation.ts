import type { CreateFunction, CreateProcedure } from "../operations/routines.js";
import type { CreateTrigger } from "../operations/triggers.js";
import type { CreateView } from "../operations/views.js";
import type { CreateIndex } from "../operations/create-index.js";
import type { Execute } from "../operations/execute.js";
import type { OperationNode } from "../operations/index.js";
import { sql } from "../schema/expressions.js";
import { nameText } from "../schema/names.js";
import type { OtherObject } from "../schema/other-objects.js";
import { isObjectText, type ObjectText } from "../schema/object-text.js";
import type { ObjectKind, ObjectOf, ReadObject } from "../schema/schema-objects.js";
import type { Trigger } from "../schema/triggers.js";
import type { MaterializedView, View } from "../schema/views.js";

const origin = undefined;

/** The SQL text that makes an object of which nothing else is known. */
function createByText({ statements, definition }: ObjectText, read: ReadObject): Execute {
  const object = { ...read, definition };
  const effects = { operations: [], unknown: [], objects: [{ effect: "made", object }] } as const;
  return { kind: "execute", statement: sql.raw(statements.join(";\n")), effects, origin };
}

function createView({ kind, name, schema, content }: View | MaterializedView): CreateView | Execute {
  if (isObjectText(content)) return createByText(content, { kind, name, schema });
  const materialized = kind === "materializedView";
  return { kind: "createView", name, schema, ...content, materialized, replace: false, ifNotExists: false, origin };
}

/** The operations that make the indexes of a view. */
function viewIndexes({ name: tableName, schema, indexes = [] }: View | MaterializedView): readonly CreateIndex[] {
  return indexes.map((index) => ({ kind: "createIndex", tableName, schema, index, ifNotExists: false, origin }));
}

/** The operation that makes a trigger, as far as more is known of it than SQL text. */
function createTrigger({ name, schema, tableName, content }: Trigger): CreateTrigger | undefined {
  if (isObjectText(content)) return undefined;
  return { kind: "createTrigger", name, schema, tableName, ...content, replace: false, origin };
}

/** For each kind of object, the operations that make it in a database that does not have it. */
const creations: { readonly [K in ObjectKind]: (object: ObjectOf<K>) => readonly OperationNode[] } = {
  domain({ kind, name, schema, content }) {
    if (isObjectText(content)) return [createByText(content, { kind, name, schema })];
    return [{ kind: "createDomain", name, schema, ...content, origin }];
  },
  extension({ kind, name, schema, content }) {
    if (isObjectText(content)) return [createByText(content, { kind, name, schema })];
    const { objectsIn, version, cascade, mayExist: ifNotExists } = content;
    return [{ kind: "createExtension", name, schema: objectsIn, version, cascade, ifNotExists, origin }];
  },
  function({ kind, name, schema, overloads }) {
    return overloads.map(({ signature, content }): CreateFunction | Execute => {
      if (isObjectText(content)) return createByText(content, { kind, name, schema, signature });
      return { kind: "createFunction", name, schema, ...content, replace: false, origin };
    });
  },
  materializedView: (view) => [createView(view), ...viewIndexes(view)],
  partition({ name, schema, tableName, bounds, options, isAttached }) {
    if (isAttached) return [{ kind: "attachPartition", name, schema, tableName, bounds, origin }];
    return [{ kind: "createPartition", name, schema, tableName, bounds, options, ifNotExists: false, origin }];
  },
  procedure({ kind, name, schema, overloads }) {
    return overloads.map(({ signature, content }): CreateProcedure | Execute => {
      if (isObjectText(content)) return createByText(content, { kind, name, schema, signature });
      return { kind: "createProcedure", name, schema, ...content, replace: false, origin };
    });
  },
  schema({ kind, name, schema, content }) {
    if (isObjectText(content)) return [createByText(content, { kind, name, schema })];
    const { authorization, mayExist: ifNotExists } = content;
    return [{ kind: "createSchema", name, authorization, ifNotExists, origin }];
  },
  sequence({ kind, name, schema, content }) {
    if (isObjectText(content)) return [createByText(content, { kind, name, schema })];
    return [{ kind: "createSequence", name, schema, ...content, ifNotExists: false, origin }];
  },
  trigger(trigger) {
    const { kind, name, schema, tableName, content } = trigger;
    const created = createTrigger(trigger);
    if (created !== undefined) return [created];
    return isObjectText(content) ? [createByText(content, { kind, name, schema, tableName })] : [];
  },
  view: (view) => [createView(view), ...viewIndexes(view)],
};

/** The SQL text that makes what is known by that alone. */
export function creationOfOther({ class: kind, name, schema, tableName, part, content }: OtherObject): Execute {
  const [text = "", ...further] = content.statements;
  const change = {
    change: "keepOther",
    class: kind,
    object: { schema: schema && nameText(schema), name: nameText(name) },
    tableName: tableName && nameText(tableName),
    part,
  } as const;
  const changes = [{ ...change, text }, ...further.map((other) => ({ ...change, text: other, adds: true }))];
  const effects = { operations: [], unknown: [], changes };
  return { kind: "execute", statement: sql.raw(content.statements.join(";\n")), effects, origin };
}

/** The operations that make an object in a database that does not have it. */
export function creationOf<K extends ObjectKind>(kind: K, object: ObjectOf<K>): readonly OperationNode[] {
  return creations[kind](object);
}
