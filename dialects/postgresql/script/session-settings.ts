import type { SessionSetting } from "../../../src/compiler/authored-sql.js";
import { textOf } from "../../../src/compiler/script/text.js";
import { singleQuotes } from "../../shared/sql-text/quotes.js";
import type { Token } from "../../shared/sql-text/tokens.js";
import { doBlock } from "./text.js";

/** Names mean other objects behind these, or are looked at with other rights. */
const changeNames: ReadonlySet<string> = new Set(["search_path", "role", "session_authorization"]);
/** Parameters that have another name in SET. https://www.postgresql.org/docs/current/sql-set.html */
const otherNames: readonly (readonly [head: RegExp, name: string])[] = [
  [/^SCHEMA\b/, "search_path"],
  [/^ROLE\b/, "role"],
  [/^SESSION AUTHORIZATION\b/, "session_authorization"],
  [/^TIME ZONE\b/, "timezone"],
  [/^NAMES\b/, "client_encoding"],
  [/^XML OPTION\b/, "xmloption"],
];
/** What begins with SET and is no parameter that keeps its value. */
const noParameters = /^(?:CONSTRAINTS|SEED|TRANSACTION|SESSION CHARACTERISTICS)\b/;

/** `SET search_path = a`: the parameter, and whether the transaction ends it. */
export interface SetParameter {
  readonly name: string;
  readonly isLocal: boolean;
  /** The text behind the name, for what may be set to one value alone. */
  readonly value: string;
}

/** What SET or RESET says; undefined for what sets no parameter. */
export function setParameter(head: string, tokens: readonly Token[]): SetParameter | undefined {
  const [, scope = "", rest = ""] =
    /^(?:SET|RESET)(?: (SESSION|LOCAL)(?! AUTHORIZATION\b| CHARACTERISTICS\b))? (.*)$/s.exec(head) ?? [];
  if (rest === "" || noParameters.test(rest)) return undefined;
  const isLocal = scope === "LOCAL";
  const value = tokens
    .filter(({ kind }) => kind === "string" || kind === "word" || kind === "name")
    .slice(-1)
    .map((token) => token.value)
    .join("");
  const other = otherNames.find(([pattern]) => pattern.test(rest))?.[1];
  if (other !== undefined) return { name: other, isLocal, value };
  const [, name] = /^([\p{L}_][\p{L}\p{N}_$]*(?: \. [\p{L}_][\p{L}\p{N}_$]*)*)(?: |$)/u.exec(rest) ?? [];
  return name === undefined ? undefined : { name: name.replaceAll(" ", "").toLowerCase(), isLocal, value };
}

/** The parameters that code sets by itself, as far as its text shows it and the names of objects hang on them. */
export function parametersInCode(sql: string): readonly string[] {
  const names = new Set<string>();
  for (const [, name = ""] of sql.matchAll(/\bset_config\s*\(\s*'+([\w.]+)'/gi)) names.add(name.toLowerCase());
  if (/^\W*do\b/i.test(sql)) {
    for (const [, name = ""] of sql.matchAll(
      /\bset\s+(?:session\s+|local\s+)?(search_path|role|session\s+authorization)\b/gi,
    )) {
      names.add(name.toLowerCase().replace(/\s+/, "_"));
    }
  }
  return [...names];
}

/**
 * A parameter of the session with what keeps its value, and brings it back: functions do so whatever the value is. What is
 * kept already stays, so that a revision may say this again where it goes on; a value has `=` before it, since no parameter
 * of a session can be taken away again.
 */
export function sessionSetting(name: string, isLocal = false): SessionSetting {
  const kept = singleQuotes(`sqlembic.${name.replaceAll(".", "_")}${isLocal ? "_local" : ""}`);
  const block = (condition: string, line: string): string =>
    textOf(doBlock("setting", [`IF ${condition} THEN`, `  ${line}`, "END IF;"])).slice(0, -1);
  const value = `coalesce(current_setting(${singleQuotes(name)}, true), '')`;
  return {
    name: isLocal ? `${name} of the transaction` : name,
    remember: [
      block(
        `coalesce(current_setting(${kept}, true), '') = ''`,
        `PERFORM set_config(${kept}, '=' || ${value}, false);`,
      ),
    ],
    restore: [
      block(
        `current_setting(${kept}, true) <> ''`,
        `PERFORM set_config(${singleQuotes(name)}, substr(current_setting(${kept}), 2), ${isLocal}), set_config(${kept}, '', false);`,
      ),
    ],
    isLocal,
    changesNames: changeNames.has(name) && !isLocal,
  };
}
