import type { SqlType } from "../schema/types/type.js";
import type { PlainValue } from "../schema/values.js";
import type { RenderContext } from "./render-context.js";

/** How a dialect writes values. Each refuses, with a LiteralError, what the dialect cannot store exactly. */
export interface LiteralRules {
  readonly string: (value: string, context: RenderContext, type: SqlType | undefined) => string;
  readonly number: (value: number, context: RenderContext, type: SqlType | undefined) => string;
  /** A float of zero with a minus; left out where the server keeps no sign of zero. */
  readonly negativeZero?: string;
  readonly bigint: (value: bigint, context: RenderContext) => string;
  readonly boolean: (value: boolean, context: RenderContext, type: SqlType | undefined) => string;
  readonly bytes: (value: Uint8Array, context: RenderContext, type: SqlType | undefined) => string;
  /** The ISO text of a moment, in UTC, split by what the column holds. */
  readonly moment: (moment: Moment, context: RenderContext, type: SqlType | undefined) => string;
  /**
   * A length of time in seconds, for a column of an interval type. Left out where such a column is a date and time, as
   * SQLAlchemy stores it: 1970-01-01 and the interval behind it.
   */
  readonly interval?: (seconds: number, context: RenderContext) => string;
  readonly json: (text: string, context: RenderContext, type: SqlType | undefined) => string;
  /**
   * Refuses a number, written in digits, that a column of the type does not hold as it is.
   *
   * @param isFloat - whether it was a number of JavaScript
   */
  readonly checkNumber: (text: string, context: RenderContext, type: SqlType, isFloat: boolean) => void;
  /** The same for a moment. */
  readonly checkMoment: (moment: Moment, context: RenderContext, type: SqlType | undefined) => void;
  readonly array: (values: readonly PlainValue[], context: RenderContext, type: SqlType | undefined) => string;
}

/** A `Date` as texts: the date, the time with as many fractional digits as it has, and which of them is meant. */
export interface Moment {
  readonly kind: "date" | "time" | "dateTime";
  readonly date: string;
  readonly time: string;
  /** The column keeps a time zone; the moment is in UTC. */
  readonly timezone: boolean;
}
