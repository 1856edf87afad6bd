import type { DefaultValue } from "../../schema/columns.js";
import type { Check } from "../../schema/constraints.js";
import type { Domain, DomainContent } from "../../schema/domains.js";
import { nameText } from "../../schema/names.js";
import { isObjectText } from "../../schema/object-text.js";
import { objectChangedFurther } from "../../schema/schema-objects.js";
import { catalogKey } from "../catalog-key.js";
import type { Change, ChangeDefinition, QualifiedName } from "./change.js";

/** What becomes of a domain; `null` takes the default away. */
export type DomainChange =
  | { readonly serverDefault: DefaultValue | null }
  | { readonly nullable: boolean }
  | { readonly addCheck: Check }
  | { readonly dropCheck: string }
  | { readonly validateCheck: string }
  | { readonly renameCheck: string; readonly to: string };

/** A domain is changed without its name: `ALTER DOMAIN`. */
export interface AlterDomain extends Change {
  readonly change: "alterDomain";
  readonly domain: QualifiedName;
  readonly to: DomainChange;
}

/** The names of the checks of a domain: `size_check`, `size_check1` where they have none of their own. */
function checkNames({ name }: Domain, { checks }: DomainContent): readonly string[] {
  const taken = new Set(checks.flatMap((check) => (check.name === undefined ? [] : [nameText(check.name)])));
  return checks.map((check) => {
    if (check.name !== undefined) return nameText(check.name);
    let implied = `${nameText(name)}_check`;
    for (let number = 1; taken.has(implied); number += 1) implied = `${nameText(name)}_check${number}`;
    taken.add(implied);
    return implied;
  });
}

/** A domain with the names of its checks written out, which they keep when it gets another one. */
export function withNamedChecks(domain: Domain): Domain {
  const { content } = domain;
  if (isObjectText(content) || content.checks.every(({ name }) => name !== undefined)) return domain;
  const names = checkNames(domain, content);
  return {
    ...domain,
    content: { ...content, checks: content.checks.map((check, at) => ({ ...check, name: names[at] })) },
  };
}

function changed(domain: Domain, content: DomainContent, to: DomainChange): DomainContent | undefined {
  if ("serverDefault" in to) return { ...content, serverDefault: to.serverDefault ?? undefined };
  if ("nullable" in to) return { ...content, nullable: to.nullable ? undefined : false };
  if ("addCheck" in to) return { ...content, checks: [...content.checks, to.addCheck] };
  const names = checkNames(domain, content);
  if ("dropCheck" in to) {
    return { ...content, checks: content.checks.filter((_check, at) => names[at] !== to.dropCheck) };
  }
  const name = "validateCheck" in to ? to.validateCheck : to.renameCheck;
  if (!names.includes(name)) return undefined;
  const checks = content.checks.map((check, at): Check => {
    if (names[at] !== name) return check;
    return "validateCheck" in to ? { ...check, options: {} } : { ...check, name: to.to };
  });
  return { ...content, checks };
}

export const alterDomain: ChangeDefinition<AlterDomain> = {
  keys: ({ domain }) => [catalogKey(domain.schema, domain.name)],
  apply(catalog, { domain: { schema, name }, to }, because) {
    const domain = catalog.object("domain", schema, name);
    if (domain === undefined) return catalog.isComplete ? undefined : catalog;
    if (isObjectText(domain.content)) {
      const further = objectChangedFurther(domain, because.sql);
      return further && catalog.withObject(further);
    }
    const content = changed(domain, domain.content, to);
    return content && catalog.withObject({ ...domain, content });
  },
};
