import type { AlterTableCmd, AlterTableStmt, Node } from "libpg-query";
import type { CatalogChange } from "../../../src/catalog/changes/index.js";
import type { OtherClass, OwningPart } from "../../../src/schema/other-objects.js";
import type { QualifiedName } from "../../shared/reader/cursor.js";
import { namesOf, integerOf, type Source } from "./source.js";

/** Words behind which a property is as it is without them. */
function isDefault(node: Node | undefined): boolean {
  const text = node !== undefined && "String" in node ? node.String.sval?.toLowerCase() : undefined;
  return text === "default" || integerOf(node) === -1;
}

/** The texts of an ALTER TABLE with one of its subcommands alone, by the number of this. */
export function commandsAlone(stmt: AlterTableStmt, source: Source): (position: number) => string {
  const head = source.cursorAt(0);
  const relation = source.cursorAt(stmt.relation?.location);
  while (head.peek() !== undefined && head.peek() !== relation.peek()) head.next();
  head.qualifiedName();
  head.accept("*");
  const beginning = head.textFrom(0);
  const texts = head.commaSeparated().map((part) => part.rest());
  return (position) => `${beginning} ${texts[position] ?? ""}`;
}

/** A property of a table or of a part of it, as a subcommand of ALTER TABLE says it. */
interface Property {
  readonly class: OtherClass;
  readonly name: string;
  readonly part?: OwningPart;
  readonly adds?: boolean;
  /** It is as it would be without the subcommand. */
  readonly isGone?: boolean;
}

function indexPart(name: string | undefined): OwningPart | undefined {
  return name === undefined ? undefined : { kind: "index", name };
}

function ofColumn(name: OtherClass, { name: column = "", def }: AlterTableCmd, adds = false): Property {
  return { class: name, name: column, part: { kind: "column", name: column }, adds, isGone: !adds && isDefault(def) };
}

function ofTrigger({ name = "" }: AlterTableCmd, isGone: boolean): Property {
  return { class: "trigger state", name, part: { kind: "trigger", name }, isGone };
}

function ofRule({ name = "" }: AlterTableCmd, isGone: boolean): Property {
  return { class: "rule state", name, part: { kind: "rule", name }, isGone };
}

function replicaIdentity({ def }: AlterTableCmd, name: string): Property {
  const stmt = def !== undefined && "ReplicaIdentityStmt" in def ? def.ReplicaIdentityStmt : undefined;
  const part = indexPart(stmt?.name);
  return { class: "replica identity", name, ...(part && { part }), isGone: stmt?.identity_type === "d" };
}

function propertyOf(cmd: AlterTableCmd, { name: table }: QualifiedName): Property | undefined {
  const subtype: string = cmd.subtype ?? "";
  const part = indexPart(cmd.name);
  switch (subtype) {
    case "AT_SetStatistics":
      return ofColumn("column statistics", cmd);
    case "AT_SetStorage":
      return ofColumn("column storage", cmd);
    case "AT_SetCompression":
      return ofColumn("column compression", cmd);
    case "AT_SetOptions":
    case "AT_ResetOptions":
      return ofColumn("column options", cmd, true);
    case "AT_ClusterOn":
      return { class: "cluster", name: table, ...(part && { part }) };
    case "AT_DropCluster":
      return { class: "cluster", name: table, isGone: true };
    case "AT_EnableTrig":
      return ofTrigger(cmd, true);
    case "AT_DisableTrig":
    case "AT_EnableAlwaysTrig":
    case "AT_EnableReplicaTrig":
      return ofTrigger(cmd, false);
    case "AT_DisableTrigAll":
      return { class: "trigger state", name: "ALL" };
    case "AT_DisableTrigUser":
      return { class: "trigger state", name: "USER" };
    case "AT_EnableRule":
      return ofRule(cmd, true);
    case "AT_DisableRule":
    case "AT_EnableAlwaysRule":
    case "AT_EnableReplicaRule":
      return ofRule(cmd, false);
    case "AT_ReplicaIdentity":
      return replicaIdentity(cmd, table);
    case "AT_EnableRowSecurity":
    case "AT_DisableRowSecurity":
      return { class: "row security", name: table, isGone: subtype === "AT_DisableRowSecurity" };
    case "AT_ForceRowSecurity":
    case "AT_NoForceRowSecurity":
      return { class: "forced row security", name: table, isGone: subtype === "AT_NoForceRowSecurity" };
    default:
      return undefined;
  }
}

/** Options by their names, as the grammar keeps them: of an index, a table or a column. */
export function storageOptions(nodes: readonly Node[] = []): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    nodes.flatMap((node): [string, string | number][] => {
      if (!("DefElem" in node)) return [];
      const { defnamespace, defname = "", arg } = node.DefElem;
      const name = defnamespace === undefined ? defname : `${defnamespace}.${defname}`;
      const text = arg !== undefined && "String" in arg ? arg.String.sval : undefined;
      // a bare word is a type to the grammar
      const word = arg !== undefined && "TypeName" in arg ? namesOf(arg.TypeName.names).at(-1) : undefined;
      const float = arg !== undefined && "Float" in arg ? arg.Float.fval : undefined;
      return [[name, integerOf(arg) ?? text ?? word ?? float ?? "true"]];
    }),
  );
}

function optionsIn(def: Node | undefined): Readonly<Record<string, string | number>> {
  return storageOptions(def !== undefined && "List" in def ? def.List.items : []);
}

/** What a subcommand changes of the options of its table. */
function optionsOf(cmd: AlterTableCmd, table: QualifiedName): CatalogChange | undefined {
  const subtype: string = cmd.subtype ?? "";
  const change = { change: "changeTableOptions", table, removed: {}, added: {} } as const;
  const { name = "" } = cmd;
  switch (subtype) {
    case "AT_SetRelOptions":
      return { ...change, parameters: { set: optionsIn(cmd.def), reset: [] } };
    case "AT_ResetRelOptions":
      return { ...change, parameters: { set: {}, reset: Object.keys(optionsIn(cmd.def)) } };
    case "AT_SetTableSpace":
      return name === "pg_default"
        ? { ...change, removed: { postgresql: ["tablespace"] } }
        : { ...change, added: { postgresql: { tablespace: name } } };
    case "AT_SetAccessMethod":
      return name === "heap"
        ? { ...change, removed: { postgresql: ["using"] } }
        : { ...change, added: { postgresql: { using: name } } };
    case "AT_SetLogged":
      return { ...change, prefixes: [] };
    case "AT_SetUnLogged":
      return { ...change, prefixes: ["UNLOGGED"] };
    default:
      return undefined;
  }
}

/** What a subcommand of ALTER TABLE changes that is a property and no part of the table; undefined for any other. */
export function propertyChanges(
  cmd: AlterTableCmd,
  table: QualifiedName,
  text: () => string,
): readonly CatalogChange[] | undefined {
  const { schema, name: tableName } = table;
  const subtype: string = cmd.subtype ?? "";
  if (subtype === "AT_EnableTrigAll" || subtype === "AT_EnableTrigUser") {
    return [{ change: "dropOther", classes: ["trigger state"], object: { schema, name: "*" }, tableName }];
  }
  const options = optionsOf(cmd, table);
  if (options !== undefined) return [options];
  const property = propertyOf(cmd, table);
  if (property === undefined) return undefined;
  const { class: kind, name, part, adds, isGone } = property;
  const object = { schema, name };
  if (isGone === true) return [{ change: "dropOther", classes: [kind], object, tableName }];
  return [
    {
      change: "keepOther",
      class: kind,
      object,
      tableName,
      text: text(),
      ...(part && { part }),
      ...(adds === true && { adds }),
    },
  ];
}
