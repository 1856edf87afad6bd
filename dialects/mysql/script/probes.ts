import { fitName } from "../../../src/compiler/identifiers.js";
import type { RenderContext } from "../../../src/compiler/render-context.js";
import { nameText, type Name } from "../../../src/schema/names.js";

/** Conditions on what a database holds, by the standard views that MySQL and MariaDB share. */
export class Probes {
  constructor(readonly context: RenderContext) {}

  #schema(schema: Name | undefined): string {
    return schema === undefined ? "DATABASE()" : this.#literal(schema);
  }

  #literal(name: Name): string {
    return this.context.literal(nameText(name));
  }

  #exists(view: string, conditions: Readonly<Record<string, string>>): string {
    const where = Object.entries(conditions).map(([column, value]) => `${column} = ${value}`);
    return `EXISTS (SELECT 1 FROM information_schema.${view} WHERE ${where.join(" AND ")})`;
  }

  table(schema: Name | undefined, table: Name): string {
    return this.#exists("tables", { table_schema: this.#schema(schema), table_name: this.#literal(table) });
  }

  column(schema: Name | undefined, table: Name, column: Name): string {
    return this.#exists("columns", {
      table_schema: this.#schema(schema),
      table_name: this.#literal(table),
      column_name: this.#literal(column),
    });
  }

  index(schema: Name | undefined, table: Name, index: Name): string {
    return this.#exists("statistics", {
      table_schema: this.#schema(schema),
      table_name: this.#literal(table),
      index_name: this.#literal(fitName(this.context.dialect.identifiers, index, "index")),
    });
  }

  constraint(schema: Name | undefined, table: Name, constraint: Name): string {
    return this.#exists("table_constraints", {
      constraint_schema: this.#schema(schema),
      table_name: this.#literal(table),
      constraint_name: this.#literal(fitName(this.context.dialect.identifiers, constraint, "constraint")),
    });
  }

  routine(schema: Name | undefined, type: "FUNCTION" | "PROCEDURE", name: Name): string {
    const conditions = { routine_schema: this.#schema(schema), routine_type: `'${type}'` };
    return this.#exists("routines", { ...conditions, routine_name: this.#literal(name) });
  }

  trigger(schema: Name | undefined, name: Name): string {
    return this.#exists("triggers", { trigger_schema: this.#schema(schema), trigger_name: this.#literal(name) });
  }

  schema(name: Name): string {
    return this.#exists("schemata", { schema_name: this.#literal(name) });
  }

  partition(schema: Name | undefined, table: Name, partition: Name): string {
    return this.#exists("partitions", {
      table_schema: this.#schema(schema),
      table_name: this.#literal(table),
      partition_name: this.#literal(partition),
    });
  }
}
