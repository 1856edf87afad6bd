import { UsageError } from "../errors.js";
import type { LoadConfigOptions, LoadedConfig } from "../project/load-config.js";
import type { Project } from "../project/load-project.js";
import type { Operations } from "../revision/recorder.js";
import { dialectNamed } from "../schema/dialect-named.js";
import type { GlobalOptions } from "./global-options.js";
import type { Terminal } from "./terminal.js";

/** The configuration and the revisions that the options of every command name. */
export async function openProject(options: GlobalOptions, terminal: Terminal): Promise<Project<Operations>> {
  const loadOptions = loadOptionsOf(options, terminal);
  const { loadProject } = await import("../project/load-project.js");
  return loadProject<Operations>(options.config, loadOptions);
}

/** The configuration alone. */
export async function openConfig(options: GlobalOptions, terminal: Terminal): Promise<LoadedConfig> {
  const loadOptions = loadOptionsOf(options, terminal);
  const { loadConfig } = await import("../project/load-config.js");
  return loadConfig(options.config, loadOptions);
}

function loadOptionsOf(options: GlobalOptions, { cwd, environment }: Terminal): LoadConfigOptions {
  const dialect = options.dialect === undefined ? undefined : dialectNamed(options.dialect);
  const { targetVersion } = options;
  if (targetVersion !== undefined && !/^\d+(?:\.\d+)*[a-z]*$/i.test(targetVersion)) {
    throw new UsageError("invalid-version", `--target-version "${targetVersion}" is not a version.`, {
      hint: "Write numbers with dots, such as 16 or 8.0.",
      data: { targetVersion },
    });
  }
  return {
    cwd,
    environment,
    target: options.name,
    overrides: { dialect, targetVersion },
    self: () => import("../index.js"),
  };
}

/**
 * The `-x key=value` arguments as `op.x` holds them; a key alone has an empty value, as in Alembic.
 *
 * @example keyValues(["shop=eu", "dry"]) // { shop: "eu", dry: "" }
 */
export function keyValues(given: readonly string[] | undefined): Readonly<Record<string, string>> {
  const pairs = (given ?? []).map((text): [string, string] => {
    const equals = text.indexOf("=");
    return equals === -1 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
  });
  const nameless = pairs.find(([key]) => key === "");
  if (nameless !== undefined) {
    throw new UsageError("nameless-argument", `-x "=${nameless[1]}" has a value and no name.`, {
      hint: "Write -x key=value.",
    });
  }
  return Object.fromEntries(pairs);
}
