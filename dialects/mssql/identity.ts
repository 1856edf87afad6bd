import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Column, Identity, SequenceNumber } from "../../src/schema/columns.js";
import { identityOf } from "../../src/schema/columns.js";
import { nameText } from "../../src/schema/names.js";
import type { Table } from "../../src/schema/tables.js";
import { countsUp } from "../../src/schema/tables.js";
import type { NumberArguments } from "../../src/schema/types/type.js";

/** What IDENTITY starts from and steps by; undefined both for the server's own 1 and 1. */
interface Seed {
  readonly start: SequenceNumber | undefined;
  readonly increment: SequenceNumber | undefined;
}

const wholeNumberTypes: ReadonlySet<string> = new Set([
  ...["integer", "bigInteger", "smallInteger", "INTEGER", "BIGINT", "SMALLINT", "TINYINT"],
  ...["numeric", "NUMERIC", "DECIMAL"],
]);

/** Whether the server can count a column up: whole numbers only. */
export function canBeIdentity(column: Column, context: RenderContext): boolean {
  const type = context.variant(column.type);
  const { scale } = type.parameters as NumberArguments;
  return wholeNumberTypes.has(type.name) && (scale === undefined || scale === 0);
}

const otherOptions = ["minvalue", "maxvalue", "nominvalue", "nomaxvalue", "cycle", "cache", "order", "onNull"] as const;

function remarkOnLostOptions(identity: Identity, context: RenderContext): void {
  const lost = otherOptions.filter((option) => identity[option] !== undefined);
  if (lost.length > 0) {
    context.refuseUnlessOnTrust(
      `IDENTITY on SQL Server has only start and increment: ${lost.join(", ")} of identity() would have no effect.`,
      "Leave them out for this dialect.",
    );
  }
}

/** The seed of a column that is filled by counting: an identity, the primary key by SQLAlchemy's rule, or one that says so. */
export function seedOf(
  column: Column,
  table: Pick<Table, "columns" | "constraints">,
  context: RenderContext,
): Seed | undefined {
  const { identityStart, identityIncrement } = context.options(column.options) as {
    readonly identityStart?: number;
    readonly identityIncrement?: number;
  };
  const identity = identityOf(column);
  if (identity !== undefined) {
    if (identityStart !== undefined || identityIncrement !== undefined) {
      throw context.unsupported(
        `Column "${nameText(column.name)}" has identity() and the mssql options identityStart or identityIncrement.`,
        "Say the numbers once: identity({ start, increment }).",
      );
    }
    remarkOnLostOptions(identity, context);
    return { start: identity.start, increment: identity.increment };
  }
  const counts = countsUp(table, column) || column.autoincrement === true;
  return counts && column.sequence === undefined ? { start: identityStart, increment: identityIncrement } : undefined;
}

/** `IDENTITY(start,increment)`. */
export function identityText({ start, increment }: Seed): string {
  return start === undefined && increment === undefined ? "IDENTITY" : `IDENTITY(${start ?? 1},${increment ?? 1})`;
}
