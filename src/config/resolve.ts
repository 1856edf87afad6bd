import { ConfigError } from "../errors.js";
import { defaultFileTemplate, defaultTruncateSlugLength } from "../revision/file-template.js";
import type { DialectName } from "../schema/dialect-names.js";
import { didYouMean } from "../suggestion.js";
import type { AutogenerateConfig } from "./autogenerate.js";
import { checkConfig, milliseconds } from "./checks.js";
import type { AutogenerateSettings, Config, ResolvedConfig, TargetConfig } from "./config.js";
import { dialectsOfUrl, readDatabaseUrl } from "./database-url.js";

/** What a run decides beside the configuration file. */
export interface ResolveOptions {
  /** The configuration file as errors name it. */
  readonly file: string;
  /** The named target to use: `-n`. */
  readonly target?: string | undefined;
  /** Settings of the command line, which go before all others. */
  readonly overrides?: { readonly dialect?: DialectName | undefined; readonly targetVersion?: string | undefined };
  /** A database URL of the environment and its variable's name; it speaks only where nothing else names a dialect. */
  readonly environmentUrl?: { readonly variable: string; readonly url: string } | undefined;
}

/**
 * Checks a configuration as a whole and fills in the defaults for one target.
 *
 * @throws ConfigError with all problems at once
 */
export function resolveConfig(value: unknown, options: ResolveOptions): ResolvedConfig {
  const problems: string[] = [];
  const report = (path: string, problem: string): void => void problems.push(`${path}: ${problem}`);
  const config: Config = checkConfig(value, report) ? value : {};
  if (problems.length > 0) throw invalidConfig(options.file, problems);

  const settings = settingsOf(config, options);
  for (const [name, target] of [["", config], ...Object.entries(config.targets ?? {})] as [string, TargetConfig][]) {
    reportContradiction(name === "" ? "" : `targets.${name}.`, target, report);
  }
  const server = serverOf(settings, options, report);
  if (problems.length > 0) throw invalidConfig(options.file, problems);

  return {
    ...server,
    versionLocations: settings.versionLocations ?? ["versions"],
    recursiveVersionLocations: settings.recursiveVersionLocations ?? false,
    fileTemplate: settings.fileTemplate ?? defaultFileTemplate,
    truncateSlugLength: settings.truncateSlugLength ?? defaultTruncateSlugLength,
    timezone: settings.timezone,
    revisionTemplate: settings.revisionTemplate,
    versionTable: settings.versionTable ?? "alembic_version",
    versionTableSchema: settings.versionTableSchema,
    versionTablePk: settings.versionTablePk ?? true,
    transactionalDdl: settings.transactionalDdl,
    transactionPerMigration: settings.transactionPerMigration ?? false,
    namingConvention: settings.namingConvention ?? {},
    baseline: settings.baseline,
    schemaChecks: settings.schemaChecks ?? true,
    lockTimeout: settings.lockTimeout === undefined ? undefined : milliseconds(settings.lockTimeout),
    statementTimeout: settings.statementTimeout === undefined ? undefined : milliseconds(settings.statementTimeout),
    ...autogenerateSettings(settings),
    x: settings.x ?? {},
    target: options.target,
    ...(config.targets !== undefined && { targetNames: Object.keys(config.targets) }),
  };
}

function autogenerateSettings(settings: AutogenerateConfig): AutogenerateSettings {
  const { includeName, includeObject, processRevisionDirectives, renderItem } = settings;
  return {
    targetSchema: settings.targetSchema,
    compareType: settings.compareType ?? true,
    compareServerDefault: settings.compareServerDefault ?? true,
    includeSchemas: settings.includeSchemas ?? true,
    renderAsBatch: settings.renderAsBatch,
    postWriteHooks: settings.postWriteHooks ?? [],
    ...(includeName !== undefined && { includeName }),
    ...(includeObject !== undefined && { includeObject }),
    ...(processRevisionDirectives !== undefined && { processRevisionDirectives }),
    ...(renderItem !== undefined && { renderItem }),
  };
}

/** The dialect of a configuration, for everything that cannot do without. */
export function requireDialect(config: ResolvedConfig): DialectName {
  if (config.dialect !== undefined) return config.dialect;
  const { targetNames = [] } = config;
  throw new ConfigError("missing-dialect", "Nothing says which dialect the script is for.", {
    hint:
      config.target === undefined && targetNames.length > 0
        ? `Choose a target with -n: ${targetNames.join(", ")}.`
        : "Set `dialect` in the configuration, choose a target with -n, or pass --dialect.",
  });
}

/** The settings at the top with those of the target over them. */
function settingsOf(config: Config, options: ResolveOptions): TargetConfig {
  const { targets = {}, ...base } = config;
  if (options.target === undefined) return base;
  const names = Object.keys(targets);
  const target = Object.hasOwn(targets, options.target) ? targets[options.target] : undefined;
  if (target === undefined) {
    const message = `${options.file} has no target "${options.target}".${didYouMean(options.target, names)}`;
    throw new ConfigError("unknown-target", message, {
      hint: names.length === 0 ? "It has no `targets`: leave out -n." : `Its targets are ${names.join(", ")}.`,
      data: { target: options.target, targets: names },
    });
  }
  const said = Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined));
  // A target that names its database anew does not inherit another one's dialect, version or URL.
  const { dialect, targetVersion, url, ...rest } = base;
  const isSameDatabase = target.url === undefined && (target.dialect ?? dialect) === dialect;
  return isSameDatabase ? { ...base, ...said } : { ...rest, ...said };
}

/** A dialect and a URL that say different things. */
function reportContradiction(prefix: string, settings: TargetConfig, report: (path: string, problem: string) => void) {
  const fromUrl = settings.url === undefined ? undefined : readDatabaseUrl(settings.url);
  if (settings.dialect === undefined || fromUrl === undefined || typeof fromUrl === "string") return;
  if (!dialectsOfUrl(fromUrl.dialect).includes(settings.dialect)) {
    report(`${prefix}url`, `is a URL of ${fromUrl.dialect}, but ${prefix}dialect is "${settings.dialect}"`);
  }
}

function serverOf(
  settings: TargetConfig,
  options: ResolveOptions,
  report: (path: string, problem: string) => void,
): Pick<ResolvedConfig, "dialect" | "targetVersion"> {
  const { dialect: chosen, targetVersion: chosenVersion } = options.overrides ?? {};
  const fromUrl = settings.url === undefined ? undefined : readDatabaseUrl(settings.url);
  const configured = typeof fromUrl === "object" ? fromUrl : undefined;
  let dialect = settings.dialect ?? configured?.dialect;
  let targetVersion = settings.targetVersion ?? configured?.targetVersion;
  const { environmentUrl } = options;
  if (chosen === undefined && dialect === undefined && environmentUrl !== undefined) {
    const fromEnvironment = readDatabaseUrl(environmentUrl.url);
    if (typeof fromEnvironment === "string") {
      report(`environment variable ${environmentUrl.variable}`, fromEnvironment);
    } else {
      dialect = fromEnvironment.dialect;
      targetVersion ??= fromEnvironment.targetVersion;
    }
  }
  if (chosen !== undefined && chosen !== dialect) return { dialect: chosen, targetVersion: chosenVersion };
  return { dialect, targetVersion: chosenVersion ?? targetVersion };
}

function invalidConfig(file: string, problems: readonly string[]): ConfigError {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const lines = problems.map((problem) => `\n  ${problem}`).join("");
  return new ConfigError("invalid-config", `${file} has ${count}:${lines}`, { problems });
}
