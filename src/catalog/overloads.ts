import type { Functions, Overload, ProcedureContent, Procedures } from "../schema/routines.js";
import { withOverload } from "../schema/routines.js";
import type { Catalog } from "./catalog.js";

type Routines = Functions | Procedures;

/** The parts of a text between the commas outside parentheses and strings. */
function commaSeparated(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const [piece] of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\s\S]/g)) {
    if (piece === "(" || piece === "[") depth += 1;
    if (piece === ")" || piece === "]") depth -= 1;
    if (piece === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** How types of more than one word begin. */
const longTypes = /^(?:double precision|character varying|bit varying|time(?:stamp)?\b.*\bwith(?:out)? time zone)/i;

/** The types of the parameters that go into a routine, each as it is called in a catalog; in capitals. */
function typesOf(signature: string, canonical: (type: string) => string): readonly string[] {
  return commaSeparated(signature).flatMap((parameter) => {
    const said = parameter.replace(/\s*(?:\bdefault\b|=)[\s\S]*$/i, "");
    if (/^out\s/i.test(said)) return [];
    const declared = said.replace(/^(?:in|inout|variadic)\s+/i, "");
    const isType = longTypes.test(declared) || !/\s/.test(declared.trim());
    const type = isType ? declared : declared.replace(/^(?:"(?:[^"]|"")*"|\S+)\s+/, "");
    const plain = type
      .replaceAll('"', "")
      .replace(/\s*\(.*?\)/, "")
      .replace(/^(?:pg_catalog|public)\./i, "");
    return [canonical(plain.trim().toUpperCase().replace(/\s+/g, " "))];
  });
}

/** One of the routines of a name, and those of the name that are left. */
export interface OneRoutine {
  readonly object: Routines;
  readonly rest: Routines | undefined;
}

/**
 * The routine that is meant by its name and the types of its parameters; undefined when that cannot be told.
 *
 * @param types undefined where the name alone is said
 */
export function oneOf(
  catalog: Catalog,
  object: Routines,
  types: readonly string[] | undefined,
): OneRoutine | undefined {
  const { overloads } = object;
  if (overloads.length < 2) return { object, rest: undefined };
  if (types === undefined) return undefined;
  const canonical = (type: string): string => catalog.rules.canonicalType?.(type) ?? type;
  const wanted = types.map((type) => typesOf(type, canonical)[0]).join();
  const isMeant = ({ signature }: Overload<ProcedureContent>): boolean =>
    typesOf(signature, canonical).join() === wanted;
  if (overloads.filter(isMeant).length !== 1) return undefined;
  const part = (isWanted: boolean): Routines =>
    object.kind === "function"
      ? { ...object, overloads: object.overloads.filter((one) => isMeant(one) === isWanted) }
      : { ...object, overloads: object.overloads.filter((one) => isMeant(one) === isWanted) };
  return { object: part(true), rest: part(false) };
}

/** A routine beside those of its name that the catalog has. */
export function withRoutine(catalog: Catalog, routine: Routines): Catalog {
  const known = catalog.object(routine.kind, routine.schema, routine.name);
  if (routine.kind === "function" && known?.kind === "function") {
    return catalog.withObject({ ...routine, overloads: routine.overloads.reduce(withOverload, known.overloads) });
  }
  if (routine.kind === "procedure" && known?.kind === "procedure") {
    return catalog.withObject({ ...routine, overloads: routine.overloads.reduce(withOverload, known.overloads) });
  }
  return catalog.withObject(routine);
}
