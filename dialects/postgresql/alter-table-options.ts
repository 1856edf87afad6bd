import type { Dialect } from "../../src/compiler/dialect.js";
import { alterTable } from "../shared/operations.js";
import { storageParameters, type StorageParameters } from "./indexes.js";

/**
 * Storage parameters, the tablespace, and whether changes of rows are logged, in place. What a table inherits and how it
 * is split are none of them. https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const alterTableOptions: NonNullable<Dialect["alterTableOptions"]> = (before, after, changed, context) => {
  const begin = alterTable(context, after.schema, after.name);
  const [old, next] = [context.options(before.options), context.options(after.options)];
  const [there = {}, wanted = {}] = [old["with"], next["with"]] as (StorageParameters | undefined)[];
  const statements: string[] = [];
  for (const name of changed) {
    switch (name) {
      case "with": {
        const set = Object.entries(wanted).filter(([key, value]) => String(there[key]) !== String(value));
        const gone = Object.keys(there).filter((key) => !Object.hasOwn(wanted, key));
        if (set.length > 0) statements.push(`${begin} SET (${storageParameters(Object.fromEntries(set))})`);
        if (gone.length > 0) statements.push(`${begin} RESET (${gone.join(", ")})`);
        break;
      }
      case "tablespace": {
        const { tablespace } = next;
        const place = typeof tablespace === "string" ? context.name(tablespace) : "pg_default";
        statements.push(`${begin} SET TABLESPACE ${place}`);
        break;
      }
      case "prefixes": {
        const isLogged = (prefixes: readonly string[]): boolean => !prefixes.includes("UNLOGGED");
        const others = [...before.prefixes, ...after.prefixes].filter((prefix) => prefix !== "UNLOGGED");
        if (others.length > 0) return undefined;
        statements.push(`${begin} SET ${isLogged(after.prefixes) ? "LOGGED" : "UNLOGGED"}`);
        break;
      }
      default:
        return undefined;
    }
  }
  return statements;
};
