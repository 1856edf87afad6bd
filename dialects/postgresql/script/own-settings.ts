/** What a script sets by itself, with where to say it instead. */
const ownSettings: Readonly<Record<string, string>> = {
  lock_timeout: "Use --lock-timeout, or lockTimeout in the configuration.",
  statement_timeout: "Use --statement-timeout, or statementTimeout in the configuration.",
  client_encoding: "Scripts are written in UTF-8.",
  standard_conforming_strings: "Scripts are written for standard strings.",
  default_transaction_read_only: "It keeps a script from running where it must not.",
  transaction_read_only: "Each transaction of a script begins with what it needs.",
  transaction_isolation: "The guard of a script relies on READ COMMITTED.",
};

/** Why a setting is the script's own; undefined for every other. */
export function ownSettingHint(name: string): string | undefined {
  return Object.hasOwn(ownSettings, name) ? ownSettings[name] : undefined;
}
