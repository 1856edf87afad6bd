import type { DescribedObject } from "../catalog/description.js";
import type { FilteredObject, FilteredType, IncludeName, IncludeObject, ParentNames } from "../config/autogenerate.js";
import type { Constraint } from "../schema/constraints.js";
import { nameText, type Name } from "../schema/names.js";
import type { Table } from "../schema/tables.js";

/** What the configuration says of what takes part in a comparison. */
export interface FilterSettings {
  readonly includeSchemas: boolean | readonly string[];
  readonly includeName: IncludeName | undefined;
  readonly includeObject: IncludeObject | undefined;
  /** The version table, which is no part of the schema. */
  readonly versionTable: { readonly name: string; readonly schema: string | undefined };
}

/** Where something stands. */
export interface Within {
  readonly schema: Name | undefined;
  readonly table?: Name | undefined;
}

const constraintTypes: Readonly<Record<Constraint["kind"], FilteredType>> = {
  primaryKey: "primary_key_constraint",
  unique: "unique_constraint",
  foreignKey: "foreign_key_constraint",
  check: "check_constraint",
  exclude: "exclude_constraint",
};

/** What a filter is told that a constraint is. */
export function filteredConstraint({ kind }: Pick<Constraint, "kind">): FilteredType {
  return constraintTypes[kind];
}

/** Decides what takes part in a comparison, as Alembic's `include_schemas`, `include_name` and `include_object` do. */
export class Filters {
  constructor(
    readonly settings: FilterSettings,
    /** The schemas change places: what is there is the target, and the target what is there. */
    readonly isReversed = false,
  ) {}

  reversed(): Filters {
    return new Filters(this.settings, !this.isReversed);
  }

  includesSchema(schema: Name | undefined): boolean {
    const { includeSchemas } = this.settings;
    if (schema === undefined || includeSchemas === true) return true;
    return includeSchemas !== false && includeSchemas.includes(nameText(schema));
  }

  isVersionTable({ schema, name }: Pick<Table, "schema" | "name">): boolean {
    const { versionTable } = this.settings;
    const own = [versionTable.name, `${versionTable.name}_progress`];
    const schemaText = schema === undefined ? undefined : nameText(schema);
    return own.includes(nameText(name)) && schemaText === versionTable.schema;
  }

  /**
   * Whether something takes part.
   *
   * @param there what is there, or undefined
   * @param wanted what is wanted, or undefined
   */
  includes(
    type: FilteredType,
    name: Name | undefined,
    within: Within,
    there: FilteredObject | DescribedObject | undefined,
    wanted: FilteredObject | DescribedObject | undefined,
  ): boolean {
    if (!this.includesSchema(within.schema)) return false;
    const text = name === undefined ? null : nameText(name);
    const [made, target] = this.isReversed ? [wanted, there] : [there, wanted];
    const { includeName, includeObject } = this.settings;
    if (made !== undefined && includeName?.(text, type, parentNames(within)) === false) return false;
    if (includeObject === undefined) return true;
    if (target !== undefined && !includeObject(target, text, type, false, made ?? null)) return false;
    return made === undefined || target !== undefined || includeObject(made, text, type, true, null);
  }
}

function parentNames({ schema, table }: Within): ParentNames {
  const schemaName = schema === undefined ? null : nameText(schema);
  if (table === undefined) return { schemaName };
  const tableName = nameText(table);
  const schemaQualifiedTableName = schemaName === null ? tableName : `${schemaName}.${tableName}`;
  return { schemaName, tableName, schemaQualifiedTableName };
}
