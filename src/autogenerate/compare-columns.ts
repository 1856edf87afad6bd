import { catalogKey } from "../catalog/catalog-key.js";
import { describeColumn } from "../catalog/describe.js";
import type { ColumnChange, ExistingColumn } from "../operations/alter-column.js";
import type { OperationNode } from "../operations/index.js";
import { computedOf, type Column, type ServerDefault } from "../schema/columns.js";
import { nameText } from "../schema/names.js";
import { countsUp, isNullableIn, type Table } from "../schema/tables.js";
import type { DialectOptions } from "../schema/dialect-names.js";
import type { Change, Gap } from "./change.js";
import { origin, type Comparison } from "./comparison.js";

type Attributes = Readonly<Record<string, string>>;

/** A column on both sides. */
interface ColumnPair {
  readonly there: Column;
  readonly wanted: Column;
  readonly before: Attributes;
  readonly after: Attributes;
}

/** The change of one attribute of a column, with what the log says of it. */
interface AttributeChange {
  readonly change: ColumnChange;
  readonly detected: string;
}

function differ({ before, after }: ColumnPair, attributes: readonly string[]): boolean {
  return attributes.some((attribute) => before[attribute] !== after[attribute]);
}

/** The default that a column is to have; null for none. */
function defaultOrNone(column: Column): ServerDefault | null {
  return column.serverDefault ?? null;
}

function attributeChanges(
  pair: ColumnPair,
  tables: { readonly there: Table; readonly wanted: Table },
  { compareType, compareServerDefault, writer }: Comparison,
): readonly AttributeChange[] {
  const { wanted, before, after } = pair;
  const on = `'${nameText(tables.wanted.name)}.${nameText(wanted.name)}'`;
  const changes: AttributeChange[] = [];
  if (compareType && !writer.isSameType(before["type"] ?? "", after["type"] ?? "")) {
    const detected = `Detected type change from ${before["type"] ?? ""} to ${after["type"] ?? ""} on ${on}`;
    changes.push({ change: { type: wanted.type }, detected });
  }
  if (differ(pair, ["NULL"])) {
    const nullable = after["NULL"] === "allowed";
    changes.push({ change: { nullable }, detected: `Detected ${nullable ? "NULL" : "NOT NULL"} on column ${on}` });
  }
  if (differ(pair, ["identity"])) {
    changes.push({
      change: { serverDefault: defaultOrNone(wanted) },
      detected: `Detected identity on column ${on}`,
    });
  } else if (compareServerDefault && differ(pair, ["default", "computed", "storage"])) {
    changes.push({
      change: { serverDefault: defaultOrNone(wanted) },
      detected: `Detected server default on column ${on}`,
    });
  }
  if (differ(pair, ["counting"])) {
    const autoincrement = after["counting"] === undefined ? false : ("always" as const);
    changes.push({ change: { autoincrement }, detected: `Detected autoincrement on column ${on}` });
  }
  if (differ(pair, ["comment"])) {
    changes.push({ change: { comment: wanted.comment ?? null }, detected: `Detected column comment ${on}` });
  }
  return changes;
}

/** What of a column no operation changes: what one dialect says of it, and the sequence that fills it. */
function undecidedChanges(pair: ColumnPair, table: Table): readonly Change[] {
  const on = `${nameText(table.name)}.${nameText(pair.wanted.name)}`;
  return ["options", "sequence"]
    .filter((attribute) => differ(pair, [attribute]))
    .map((attribute): Change => {
      const [from = "none", to = "none"] = [pair.before[attribute], pair.after[attribute]];
      return {
        phase: "alterColumns",
        operations: [],
        detected: [`Detected ${attribute} of column '${on}' from ${from} to ${to}`],
        table: catalogKey(table.schema, table.name),
        gap: {
          what: `the ${attribute} of column "${on}" go from ${from} to ${to}`,
          decide: "write the statement that changes them: op.execute(…)",
        },
      };
    });
}

/** What the author of a file need not look up. */
function existingOf({ there }: ColumnPair, table: Table, change: ColumnChange): ExistingColumn {
  return {
    existingType: there.type,
    ...(change.nullable === undefined && { existingNullable: isNullableIn(table, there) }),
    ...(change.serverDefault === undefined &&
      there.serverDefault !== undefined && { existingServerDefault: there.serverDefault }),
    ...(change.comment === undefined && there.comment !== undefined && { existingComment: there.comment }),
    ...(change.autoincrement === undefined && countsUp(table, there) && { existingAutoincrement: true }),
  };
}

/** The change of a column with the cast that its new type takes. */
function withCast(
  change: ColumnChange,
  { there, wanted, before, after }: ColumnPair,
  { dialect, writer, context }: Comparison,
): { readonly change: ColumnChange; readonly options: DialectOptions; readonly gap?: Gap } {
  const { retyping } = dialect;
  if (change.type === undefined || retyping === undefined) return { change, options: {} };
  const how = retyping(there, wanted);
  if (how === undefined) {
    const name = nameText(wanted.name);
    const [from, to] = [before["type"] ?? "", after["type"] ?? ""];
    return {
      change,
      options: {},
      gap: {
        what: `column "${name}" goes from ${from} to ${to}, and no cast leads there`,
        decide: `say how its values become ${to}: op.alterColumn(…, { type: …, postgresql: { using: sql\`…\` } }), or add a column beside it`,
      },
    };
  }
  const { using, setsDefault } = how;
  const value = wanted.serverDefault;
  const withDefault = setsDefault && change.serverDefault === undefined && value !== undefined;
  return {
    change: withDefault ? { ...change, serverDefault: value } : change,
    options:
      using === undefined
        ? {}
        : { [dialect.name]: { using: using(writer.written.type(wanted.type), context.name(there.name)) } },
  };
}

/** The expression of a column that is computed cannot be changed: the column is made anew, and its values with it. */
function isMadeAnew({ there, wanted, before, after }: ColumnPair): boolean {
  const computed = [computedOf(there), computedOf(wanted)];
  if (computed.every((one) => one === undefined)) return false;
  return before["computed"] !== after["computed"] || before["storage"] !== after["storage"];
}

function addition(column: Column, table: Table): OperationNode {
  const { primaryKey: _key, ...rest } = column;
  return {
    kind: "addColumn",
    addition: {
      kind: "table",
      name: table.name,
      schema: table.schema,
      columns: [{ ...rest, primaryKey: false, nullable: isNullableIn(table, column) ? column.nullable : false }],
      constraints: [],
      indexes: [],
      comment: undefined,
      prefixes: [],
      options: {},
    },
    ifNotExists: false,
    inlineReferences: false,
    inlinePrimaryKey: false,
    insertBefore: undefined,
    insertAfter: undefined,
    origin,
  };
}

function removal(column: Column, { name: tableName, schema }: Table): OperationNode {
  return { kind: "dropColumn", tableName, schema, columnName: column.name, ifExists: false, options: {}, origin };
}

/** What changes of the columns of a table that is on both sides. */
export interface ColumnChanges {
  readonly changes: readonly Change[];
  readonly added: ReadonlySet<string>;
  readonly dropped: ReadonlySet<string>;
  /** The columns whose type changes. */
  readonly retyped: ReadonlySet<string>;
}

/** Compares the columns of a table that is on both sides. Their order says nothing. */
export function columnChanges(there: Table, wanted: Table, comparison: Comparison): ColumnChanges {
  const { filters, writer, rules, known: descriptions } = comparison;
  const described = (column: Column, table: Table): Attributes =>
    descriptions.of(table, column, () => describeColumn(column, table, writer, rules).attributes);
  const key = catalogKey(wanted.schema, wanted.name);
  const within = { schema: wanted.schema, table: wanted.name };
  const known = new Map(there.columns.filter(({ system }) => !system).map((column) => [nameText(column.name), column]));
  const names = new Set(wanted.columns.map(({ name }) => nameText(name)));
  const changes: Change[] = [];
  const added = new Set<string>();
  const dropped = new Set<string>();
  const retyped = new Set<string>();
  const add = (column: Column): void => {
    added.add(nameText(column.name));
    const detected = [`Detected added column '${nameText(wanted.name)}.${nameText(column.name)}'`];
    changes.push({ phase: "addColumns", operations: [addition(column, wanted)], detected, table: key });
  };
  const drop = (column: Column, phase: "dropColumns" | "dropForeignKeys" = "dropColumns"): void => {
    dropped.add(nameText(column.name));
    const detected = [`Detected removed column '${nameText(there.name)}.${nameText(column.name)}'`];
    changes.push({ phase, operations: [removal(column, there)], detected, table: key });
  };
  for (const column of wanted.columns) {
    const before = known.get(nameText(column.name));
    if (column.system || !filters.includes("column", column.name, within, before, column)) continue;
    if (before === undefined) {
      add(column);
      continue;
    }
    const pair: ColumnPair = {
      there: before,
      wanted: column,
      before: described(before, there),
      after: described(column, wanted),
    };
    if (isMadeAnew(pair)) {
      drop(before, "dropForeignKeys");
      add(column);
      continue;
    }
    changes.push(...undecidedChanges(pair, wanted));
    const found = attributeChanges(pair, { there, wanted }, comparison);
    if (found.length === 0) continue;
    const asked: ColumnChange = Object.assign({}, ...found.map((one) => one.change)) as ColumnChange;
    if (asked.type !== undefined) retyped.add(nameText(column.name));
    const { change, options, gap } = withCast(asked, pair, comparison);
    const operation: OperationNode = {
      kind: "alterColumn",
      tableName: wanted.name,
      schema: wanted.schema,
      columnName: before.name,
      change,
      existing: existingOf(pair, there, change),
      options,
      insertBefore: undefined,
      insertAfter: undefined,
      origin,
    };
    const detected = found.map((one) => one.detected);
    changes.push({
      phase: "alterColumns",
      operations: gap === undefined ? [operation] : [],
      detected,
      table: key,
      gap,
    });
  }
  for (const column of known.values()) {
    if (names.has(nameText(column.name))) continue;
    if (filters.includes("column", column.name, within, column, undefined)) drop(column);
  }
  return { changes, added, dropped, retyped };
}
