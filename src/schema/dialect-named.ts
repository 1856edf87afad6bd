import { UsageError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import { dialectNames, type DialectName } from "./dialect-names.js";

/**
 * The dialect that a text names.
 *
 * @throws UsageError for a name that is none of the six
 */
export function dialectNamed(name: string): DialectName {
  const dialect = dialectNames.find((known) => known === name);
  if (dialect !== undefined) return dialect;
  throw new UsageError("unknown-dialect", `There is no dialect "${name}".${didYouMean(name, dialectNames)}`, {
    hint: `The dialects are ${dialectNames.join(", ")}.`,
    data: { dialect: name },
  });
}
