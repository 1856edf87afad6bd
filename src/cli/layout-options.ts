import type { CompilePlanOptions } from "../project/compile-range.js";
import { clientNames } from "../compiler/script/clients.js";
import type { LayoutName } from "../compiler/script/model.js";
import { milliseconds } from "../config/checks.js";
import { UsageError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import type { LayoutOptions } from "./script-options.js";

/**
 * What the options of a command say about the layout of its script, as the compiler takes it.
 *
 * @throws UsageError with the option that is wrong
 */
export function layoutOf(options: Partial<LayoutOptions>): CompilePlanOptions {
  const { client, set, lockTimeout, statementTimeout } = options;
  return {
    layout: layoutNamed(options),
    client: client === undefined ? undefined : clientNamed(client),
    ascii: options.ascii,
    session: (set ?? []).map(settingOf),
    lockTimeout: durationOf("lock-timeout", lockTimeout),
    statementTimeout: durationOf("statement-timeout", statementTimeout),
  };
}

function layoutNamed({ plain, idempotent, resumable, block }: Partial<LayoutOptions>): LayoutName | undefined {
  const chosen = Object.entries({ plain, idempotent, resumable, block }).filter(([, value]) => value === true);
  const names = chosen.map(([name]) => name as LayoutName);
  if (names.length < 2) return names[0];
  throw new UsageError("two-layouts", `--${names.join(" and --")} cannot be combined.`, {
    hint: "A script is guarded unless one of them says otherwise.",
    data: { layouts: names },
  });
}

function clientNamed(name: string): (typeof clientNames)[number] {
  const client = clientNames.find((known) => known === name);
  if (client !== undefined) return client;
  throw new UsageError("unknown-client", `There is no client "${name}".${didYouMean(name, clientNames)}`, {
    hint: `The clients are ${clientNames.join(", ")}.`,
    data: { client: name },
  });
}

function settingOf(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  if (equals > 0) return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
  throw new UsageError("malformed-setting", `--set "${text}" is not of the form name=value.`, {
    hint: 'Write it like --set "work_mem=1GB".',
    data: { setting: text },
  });
}

function durationOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  // a number alone is seconds to some and milliseconds to others, but for 0
  const duration = /^\d+$/.test(text) ? (Number(text) === 0 ? milliseconds(0) : undefined) : milliseconds(text);
  if (duration !== undefined) return duration;
  throw new UsageError("malformed-duration", `--${option} "${text}" is not a time.`, {
    hint: "Write a number with a unit of ms, s, min or h, such as 5s; a number alone could be either.",
    data: { option, text },
  });
}
