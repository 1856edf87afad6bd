import type { DialectOptions } from "./dialect-names.js";
import type { SqlText } from "./expressions.js";
import type { Name } from "./names.js";
import type { NamedObject, ObjectText } from "./object-text.js";

export const triggerTimings = ["before", "after", "insteadOf"] as const;
export const triggerEvents = ["insert", "update", "delete", "truncate"] as const;

export type TriggerTiming = (typeof triggerTimings)[number];
export type TriggerEvent = (typeof triggerEvents)[number];

/** What a trigger is, besides its name and its table. */
export interface TriggerContent {
  readonly body: SqlText;
  readonly timing: TriggerTiming;
  readonly events: readonly TriggerEvent[];
  /** The columns whose update counts; all when empty. */
  readonly updateOf: readonly Name[];
  /** Undefined: for each row, where the server has that. */
  readonly forEach: "row" | "statement" | undefined;
  readonly when: SqlText | undefined;
  readonly options: DialectOptions;
}

/** A trigger; its name is one among those of its table. */
export interface Trigger extends NamedObject<"trigger"> {
  readonly tableName: Name;
  readonly content: TriggerContent | ObjectText;
}
