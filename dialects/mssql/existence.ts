/** `IF EXISTS `, where it is asked for. */
export function ifExistsText(ifExists: boolean): string {
  return ifExists ? "IF EXISTS " : "";
}
