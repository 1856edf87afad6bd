import { changesSchema, type SqlEffects } from "../operations/execute.js";
import type { IgnoringRule } from "../schema/ignoring-rules.js";
import type { Origin } from "../errors.js";
import { describedName } from "../catalog/description.js";
import type { CatalogChange } from "../catalog/changes/index.js";
import type { ReadObject } from "../schema/schema-objects.js";

/**
 * What became of a statement of SQL text: it was read as operations, kept as an object with its text, left objects
 * unknown, or was ignored by a rule that has a name.
 */
export type Outcome = "read" | "kept" | "unknown" | "ignored";

/** One statement of SQL text, and what became of it. */
export interface StatementAccount {
  readonly outcome: Outcome;
  /** What is kept, as a message calls it; or the keys of what is unknown. */
  readonly objects: readonly string[];
  /** By what it is ignored, or a part of it. */
  readonly rules: readonly IgnoringRule[];
  readonly sql: string;
  readonly origin: Origin | undefined;
}

/** Takes what became of each statement, in their order. */
export type Accounting = (account: StatementAccount) => void;

function keptName({ kind, schema, name }: ReadObject): string {
  return `${kind} ${describedName(schema, name)}`;
}

/** What a change keeps by its text, also when it had been kept before. */
function keptByChange(change: CatalogChange): readonly string[] {
  switch (change.change) {
    case "keepOther":
    case "changeOther": {
      const { object, tableName } = change;
      const owner = tableName === undefined ? "" : ` of ${describedName(object.schema, tableName)}`;
      return [
        `${change.class} ${tableName === undefined ? describedName(object.schema, object.name) : object.name}${owner}`,
      ];
    }
    case "alterObject":
      return [`${change.kind} ${describedName(change.object.schema, change.object.name)}`];
    default:
      return [];
  }
}

/** What became of a statement with these effects. */
export function accountOf(effects: SqlEffects, sql: string, origin: Origin | undefined): StatementAccount {
  const { unknown, objects = [], changes = [], ignored: rules = [] } = effects;
  const kept = [
    ...objects.flatMap((effect) => (effect.effect === "made" ? [keptName(effect.object)] : [])),
    ...changes.flatMap(keptByChange),
  ];
  const outcome =
    unknown.length > 0 ? "unknown" : kept.length > 0 ? "kept" : changesSchema(effects) ? "read" : "ignored";
  return { outcome, objects: outcome === "unknown" ? unknown : kept, rules, sql, origin };
}
