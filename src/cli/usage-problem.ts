import { UsageError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import type { OptionTable } from "./global-options.js";

/** What was being read when yargs found something wrong. */
export interface UsageSituation {
  readonly parameters: readonly string[];
  /** The command, when one was recognised. */
  readonly command: { readonly name: string; readonly usage: string; readonly options: OptionTable } | undefined;
  readonly commandNames: readonly string[];
}

/** What yargs complains about, as an error with a suggestion. */
export function usageProblem(message: string, situation: UsageSituation): UsageError {
  const { command } = situation;
  const [, unknown] = /^Unknown (?:argument|command)s?: (.*)$/s.exec(message) ?? [];
  if (unknown !== undefined) return unknownParameter(unknown.split(", "), situation);
  const [, option] = /^Not enough arguments following: (.*)$/.exec(message) ?? [];
  if (option !== undefined) {
    const written = option.length === 1 ? `-${option}` : `--${option}`;
    return new UsageError("missing-value", `${written} stands without its value.`, {
      hint: `Write the value behind it; one that begins with a dash as ${written}=-value.`,
      data: { option },
    });
  }
  if (command !== undefined && /^Not enough non-option arguments/.test(message)) {
    return new UsageError("missing-parameter", `${command.name} needs more: ${command.usage}`, {
      hint: seeHelp(command.name),
      data: { command: command.name },
    });
  }
  if (command === undefined) {
    return new UsageError("missing-command", "There is no command among the parameters.", { hint: seeHelp(undefined) });
  }
  return new UsageError("usage", message.replace(/\s*\n\s*/g, " "), { hint: seeHelp(command?.name) });
}

/** What other tools call commands of ours. */
const otherNames: Readonly<Record<string, string>> = {
  migrate: "upgrade",
  up: "upgrade",
  apply: "upgrade",
  deploy: "upgrade",
  down: "downgrade",
  rollback: "downgrade",
  undo: "downgrade",
  status: "current",
  new: "revision",
  create: "revision",
  generate: "revision",
  make: "revision",
  log: "history",
  list: "history",
  verify: "check",
  validate: "check",
  diff: "check",
  dump: "schema",
};

function unknownParameter(names: readonly string[], situation: UsageSituation): UsageError {
  const { command, commandNames, parameters } = situation;
  // yargs names an option both as it was written and in camel case.
  const written = names.map((name) => [`--${name}`, `-${name}`, name].find((form) => wasWritten(form, parameters)));
  const name = written.find((form) => form !== undefined) ?? `--${names[0]}`;
  if (!name.startsWith("-")) {
    if (command === undefined) {
      const meant = Object.hasOwn(otherNames, name) ? ` Did you mean "${otherNames[name]}"?` : undefined;
      return new UsageError(
        "unknown-command",
        `There is no command "${name}".${meant ?? didYouMean(name, commandNames)}`,
        {
          hint: "sqlembic --help lists the commands.",
          data: { command: name },
        },
      );
    }
    return new UsageError("unexpected-parameter", `${command.name} does not take "${name}": ${command.usage}`, {
      hint: seeHelp(command.name),
      data: { command: command.name, parameter: name },
    });
  }
  const options = Object.keys(command?.options ?? {}).filter((option) => option.length > 1);
  const suggestion = name.startsWith("--") ? didYouMean(name.slice(2), options).replace('"', '"--') : "";
  return new UsageError("unknown-option", `${command?.name ?? "sqlembic"} has no option ${name}.${suggestion}`, {
    hint: seeHelp(command?.name),
    data: { option: name },
  });
}

function wasWritten(form: string, parameters: readonly string[]): boolean {
  return parameters.some(
    (parameter) =>
      parameter === form ||
      parameter.startsWith(`${form}=`) ||
      // One of several letters behind a single dash.
      (form.length === 2 && form.startsWith("-") && /^-[^-]/.test(parameter) && parameter.includes(form.slice(1))),
  );
}

function seeHelp(command: string | undefined): string {
  return command === undefined
    ? "sqlembic --help lists the commands and their options."
    : `sqlembic ${command} --help shows all options, with examples.`;
}
