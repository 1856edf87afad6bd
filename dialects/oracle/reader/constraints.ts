import { NotUnderstood, type Cursor } from "../../shared/reader/cursor.js";

/**
 * Passes over whether a constraint is checked, and the index that serves it:
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/constraint.html
 *
 * @throws NotUnderstood where the index is made on the spot
 */
export function passConstraintState(cursor: Cursor): void {
  while (cursor.acceptOneOf("ENABLE", "DISABLE", "VALIDATE", "NOVALIDATE", "RELY", "NORELY") !== undefined) continue;
  if (!cursor.accept("USING", "INDEX")) return;
  if (cursor.isAt("(")) throw new NotUnderstood("an index that is made with its constraint");
  if (cursor.accept("TABLESPACE")) cursor.name();
  passConstraintState(cursor);
}
