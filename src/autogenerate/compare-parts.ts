import { describeConstraint, describeIndex } from "../catalog/describe.js";
import { NormalWriter } from "../catalog/normal-form.js";
import type { Index } from "../schema/indexes.js";
import { nameText, type Name } from "../schema/names.js";
import { isSqlText, textOfSql } from "../schema/expressions.js";
import type { Table } from "../schema/tables.js";
import { catalogKey } from "../catalog/catalog-key.js";
import type { Change, Gap, Phase } from "./change.js";
import type { Comparison } from "./comparison.js";
import { filteredConstraint } from "./filters.js";
import { isNeeded, lateDrop } from "./needed-keys.js";
import { additionOf, dropOf, partsOf, type Part, type Value } from "./parts.js";

/** A part before and after; either may be missing. */
interface Pair {
  readonly there: Part | undefined;
  readonly wanted: Part | undefined;
}

/** Parts that are the same by name, then those that are the same but for a name that one side does not give. */
function pairsOf(there: readonly Part[], wanted: readonly Part[]): readonly Pair[] {
  const rest = [...there];
  const take = (isIt: (part: Part) => boolean): Part | undefined => {
    const position = rest.findIndex(isIt);
    return position === -1 ? undefined : rest.splice(position, 1)[0];
  };
  const found = new Map<Part, Part>();
  const pairUp = (isPair: (one: Part, other: Part) => boolean): void => {
    for (const part of wanted) {
      if (found.has(part)) continue;
      const other = take((candidate) => candidate.family === part.family && isPair(candidate, part));
      if (other !== undefined) found.set(part, other);
    }
  };
  pairUp((one, other) => one.name !== undefined && one.name === other.name && one.content === other.content);
  // a name that is not known, or that nobody asks for, is any name
  pairUp((one, other) => one.content === other.content && (other.value.name === undefined || one.name === undefined));
  pairUp((one, other) => one.name !== undefined && one.name === other.name);
  pairUp((one) => one.family === "primaryKey");
  return [
    ...wanted.map((part): Pair => ({ there: found.get(part), wanted: part })),
    ...rest.map((part): Pair => ({ there: part, wanted: undefined })),
  ];
}

function isSame({ there, wanted }: Pair): boolean {
  if (there === undefined || wanted === undefined) return false;
  if (there.content !== wanted.content) return false;
  return wanted.value.name === undefined || there.name === undefined || there.name === wanted.name;
}

function listed(names: readonly Name[]): string {
  return `(${names.map(nameText).join(", ")})`;
}

function keysOf({ columns }: Index): string {
  return `(${columns.map((key) => (isSqlText(key) ? textOfSql(key) : nameText(key))).join(", ")})`;
}

function titleOf(part: Part): string {
  return part.name === undefined ? "" : ` '${part.name}'`;
}

/** What Alembic's log says of a part that comes or goes. */
function detected(word: "added" | "removed", part: Part, table: Table): string {
  const { value } = part;
  const name = nameText(table.name);
  switch (value.kind) {
    case "index":
      return word === "added"
        ? `Detected added index${titleOf(part)} on '${keysOf(value)}'`
        : `Detected removed index${titleOf(part)} on '${name}'`;
    case "unique":
      return word === "added"
        ? `Detected added unique constraint${titleOf(part)} on '${listed(value.columns)}'`
        : `Detected removed unique constraint${titleOf(part)} on '${name}'`;
    case "foreignKey":
      return `Detected ${word} foreign key ${listed(value.columns)}${listed(value.referredColumns)} on table ${name}`;
    case "check":
      return `Detected ${word} check constraint${titleOf(part)} on '${name}'`;
    case "primaryKey":
      return `Detected ${word} primary key ${listed(value.columns)} on table ${name}`;
    case "exclude":
      return `Detected ${word} exclude constraint${titleOf(part)} on '${name}'`;
  }
}

/** What a log calls a part. */
const words: Readonly<Record<Value["kind"], string>> = {
  index: "index",
  unique: "unique constraint",
  check: "check constraint",
  primaryKey: "primary key",
  foreignKey: "foreign key",
  exclude: "exclude constraint",
};

/** What a part is in the words of its author. */
function writtenAttributes({ value }: Part, table: Table, writer: NormalWriter): Readonly<Record<string, string>> {
  return (value.kind === "index" ? describeIndex(value, table, writer) : describeConstraint(value, table, writer))
    .attributes;
}

function changedText(
  { there, wanted }: { readonly there: Part; readonly wanted: Part },
  tables: { readonly there: Table; readonly wanted: Table },
  { writer }: Comparison,
): string {
  const plain = new NormalWriter(writer.written);
  const before = writtenAttributes(there, tables.there, plain);
  const after = writtenAttributes(wanted, tables.wanted, plain);
  const names = [...new Set([...Object.keys(there.attributes), ...Object.keys(wanted.attributes)])];
  const changes = names
    .filter((name) => there.attributes[name] !== wanted.attributes[name])
    .map((name) => `${name}=${before[name] ?? "none"} to ${name}=${after[name] ?? "none"}`);
  const word = words[wanted.value.kind];
  return `Detected changed ${word}${titleOf(wanted)} on '${nameText(tables.wanted.name)}': ${changes.join(", ")}`;
}

function dropPhase({ value }: Part): Phase {
  if (value.kind === "index") return "dropIndexes";
  return value.kind === "foreignKey" ? "dropForeignKeys" : "dropConstraints";
}

function addPhase({ value }: Part): Phase {
  if (value.kind === "index") return "addIndexes";
  return value.kind === "foreignKey" ? "addForeignKeys" : "addConstraints";
}

/** Whether a part goes by itself with a column that is dropped: no part of a table that is to stay. */
function isOnlyOver(part: Part, columns: ReadonlySet<string>): boolean {
  const { value } = part;
  if (value.kind === "check") return false;
  if (value.kind === "exclude" || columns.size === 0) return false;
  return value.columns.every((key) => !isSqlText(key) && columns.has(nameText(key)));
}

/** What of the parts of a table is already brought by a new column. */
function comesWithColumn({ value }: Part, added: ReadonlySet<string>, wanted: Table): boolean {
  if (value.kind !== "check") return false;
  return wanted.columns.some(({ name, checks }) => added.has(nameText(name)) && checks.some((one) => one === value));
}

/** What has no name cannot be dropped by one. */
function nameless({ value, content }: Part, table: Table): Gap {
  const title = catalogKey(table.schema, table.name);
  return {
    what: `a ${value.kind} of table "${title}" goes that has no name: ${content}`,
    decide: "drop it by the name that the server gave it: op.dropConstraint(…)",
  };
}

/** What changes of the constraints and indexes of a table that is on both sides. */
export function partChanges(
  there: Table,
  wanted: Table,
  columns: { readonly added: ReadonlySet<string>; readonly dropped: ReadonlySet<string> },
  comparison: Comparison,
): readonly Change[] {
  const table = catalogKey(wanted.schema, wanted.name);
  const pairs = pairsOf(partsOf(there, comparison), partsOf(wanted, comparison));
  const kept = pairs.filter(isSame).flatMap((pair) => pair.there ?? []);
  return pairs
    .filter((pair) => !isSame(pair))
    .flatMap((pair): readonly Change[] => {
      const one = pair.wanted ?? pair.there;
      if (one === undefined) return [];
      const type = one.value.kind === "index" ? "index" : filteredConstraint(one.value);
      const within = { schema: wanted.schema, table: wanted.name };
      const isIncluded = comparison.filters.includes(type, one.name, within, pair.there?.value, pair.wanted?.value);
      if (!isIncluded) return [];
      if (pair.wanted !== undefined && comesWithColumn(pair.wanted, columns.added, wanted)) return [];
      const drop = pair.there && dropOf(pair.there, there, comparison);
      const addition = pair.wanted && additionOf(pair.wanted, wanted);
      const isChanged = pair.there !== undefined && pair.wanted !== undefined && pair.there.name === pair.wanted.name;
      const changed = isChanged
        ? [changedText({ there: pair.there, wanted: pair.wanted }, { there, wanted }, comparison)]
        : undefined;
      // where a table is made anew, what is over columns that go alone goes with them
      const isLeft = pair.there === undefined || (drop === undefined && isOnlyOver(pair.there, columns.dropped));
      const dropping: Change | undefined =
        pair.there === undefined || isLeft
          ? undefined
          : {
              phase: dropPhase(pair.there),
              operations: drop === undefined ? [] : [drop],
              detected: changed ?? [detected("removed", pair.there, there)],
              table,
              gap: drop === undefined ? nameless(pair.there, there) : undefined,
            };
      const adding: Change | undefined =
        pair.wanted === undefined || addition === undefined
          ? undefined
          : {
              phase: addPhase(pair.wanted),
              operations: [addition],
              detected: changed === undefined ? [detected("added", pair.wanted, wanted)] : [],
              table,
            };
      // one without the other would leave both, or neither
      const isOpen = dropping?.gap !== undefined && adding !== undefined;
      const drops =
        dropping === undefined || pair.there === undefined || !isNeeded(pair.there, kept, comparison)
          ? [dropping]
          : lateDrop(pair.there, { there, drop: dropping, isNameTaken: isChanged });
      return [...drops, adding].flatMap((change) =>
        change === undefined ? [] : isOpen ? { ...change, operations: [] } : change,
      );
    });
}
