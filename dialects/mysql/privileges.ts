import type { RenderContext } from "../../src/compiler/render-context.js";
import type { Grant } from "../../src/operations/privileges.js";
import type { Name } from "../../src/schema/names.js";
import { nameText } from "../../src/schema/names.js";
import type { ObjectOperations } from "../shared/objects.js";
import { privilegeStatements, type PrivilegeRules, refuse } from "../shared/objects.js";
import { account } from "./accounts.js";
import { has, lacks } from "./features.js";

function escapedSchema(name: Name): Name {
  const text = nameText(name).replace(/[_%\\]/g, "\\$&");
  return typeof name === "string" ? text : { ...name, text };
}

function privilegeObject({ type, schema, name }: Grant["object"], context: RenderContext): string {
  switch (type) {
    case "table":
    case "sequence":
      return context.qualified(schema, name);
    case "function":
    case "procedure":
      return `${type.toUpperCase()} ${context.qualified(schema, name)}`;
    case "schema":
    case "allTables":
      // in the name of a schema these stand for any characters: https://dev.mysql.com/doc/refman/8.4/en/grant.html
      return `${context.name(escapedSchema(name))}.*`;
    case "type":
    case "allSequences":
    case "allFunctions":
      throw context.unsupported(
        `${context.dialect.title} has no privileges on ${type === "type" ? "types" : "all objects of one kind"}.`,
        'Grant on the whole schema: { type: "schema" }.',
      );
  }
}

/** https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html */
const privilegeRules: PrivilegeRules = {
  lacking: { TRUNCATE: "Grant DROP on the table." },
  onColumns: ["SELECT", "INSERT", "UPDATE", "REFERENCES"],
};

const { grant, revoke } = privilegeStatements(privilegeObject, privilegeRules, (grantees, context) =>
  grantees.map((grantee) => account(grantee, context)).join(", "),
);

/** PUBLIC stands for everybody, on MariaDB. */
function refusePublic(grantees: readonly Name[], context: RenderContext): void {
  if (!grantees.some((grantee) => /^public$/i.test(nameText(grantee))) || has("publicRole", context)) return;
  throw lacks("publicRole", "PUBLIC", "Name an account or a role.", context);
}

/** GRANT and REVOKE. */
export const privileges: Pick<ObjectOperations, "grant" | "revoke"> = {
  grant(operation, context) {
    refusePublic(operation.grantees, context);
    return grant(operation, context);
  },
  revoke(operation, context) {
    refusePublic(operation.grantees, context);
    refuse(operation.cascade, `${context.dialect.title} has no REVOKE … CASCADE.`, "Revoke from each.", context);
    refuse(
      operation.grantOptionFor,
      `${context.dialect.title} has no GRANT OPTION FOR.`,
      'Revoke the privilege itself: op.revoke("grant option", …).',
      context,
    );
    return revoke(operation, context);
  },
};
