import type { SequenceOptions } from "../../schema/columns.js";
import { isObjectText } from "../../schema/object-text.js";
import { objectChangedFurther } from "../../schema/schema-objects.js";
import type { SqlType } from "../../schema/types/type.js";
import { catalogKey } from "../catalog-key.js";
import { serialOf, withoutSerial, withSerialOf } from "../serials.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";

/** A sequence gets other numbers, another type or another owner: `ALTER SEQUENCE`. */
export interface AlterSequence extends Change {
  readonly change: "alterSequence";
  readonly sequence: QualifiedName;
  readonly options: SequenceOptions;
  readonly type: SqlType | undefined;
  /** The table, in the schema of the sequence, and the column with which it goes. */
  readonly ownedBy: readonly [table: string, column: string] | "none" | undefined;
}

/** Options that one that is said later takes the place of. */
const opposites: Readonly<Record<string, keyof SequenceOptions>> = {
  minvalue: "nominvalue",
  nominvalue: "minvalue",
  maxvalue: "nomaxvalue",
  nomaxvalue: "maxvalue",
};

function merged(old: SequenceOptions, later: SequenceOptions): SequenceOptions {
  const gone = new Set<string>(Object.keys(later).flatMap((name) => opposites[name] ?? []));
  const entries = Object.entries({ ...old, ...later }).filter(([name]) => !gone.has(name));
  return Object.fromEntries(entries);
}

export const alterSequence: ChangeDefinition<AlterSequence> = {
  keys: ({ sequence }) => [catalogKey(sequence.schema, sequence.name)],
  apply(before, change, because) {
    const { sequence, options, type, ownedBy } = change;
    const { schema, name } = sequence;
    const serial = before.object("sequence", schema, name) === undefined ? serialOf(before, sequence) : undefined;
    // the sequence of a serial is a part of its column until it says more than that
    const saysMore = Object.keys(options).length > 0 || type !== undefined || ownedBy !== undefined;
    if (serial !== undefined && !saysMore) return before;
    const catalog = serial === undefined ? before : withoutSerial(before, serial, sequence);
    const object = catalog.object("sequence", schema, name);
    if (object === undefined) return catalog;
    if (isObjectText(object.content)) {
      const further = objectChangedFurther(object, because.sql);
      return further && catalog.withObject(further);
    }
    const owner = ownedBy === undefined ? object.content.ownedBy : ownedBy === "none" ? undefined : ownedBy;
    const content = { type: type ?? object.content.type, options: merged(object.content.options, options) };
    return withSerialOf(catalog.withObject({ ...object, content: { ...content, ownedBy: owner } }), sequence);
  },
};
