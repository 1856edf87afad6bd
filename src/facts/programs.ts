import type { CreateFunction, CreateProcedure, DropFunction, DropProcedure } from "../operations/routines.js";
import type { CreateTrigger, DropTrigger } from "../operations/triggers.js";
import {
  isMaterialized,
  viewNamed,
  type CreateView,
  type DropView,
  type RefreshMaterializedView,
} from "../operations/views.js";
import type { FactContext, FactsOf, ObjectName, OperationFacts } from "./facts.js";
import { objectOf, objectText, tableOf } from "./object-names.js";

function made(of: ObjectName, isReplaced: boolean): Pick<OperationFacts, "touches"> {
  return { touches: [{ ...of, how: isReplaced ? "changes" : "makes" }] };
}

/** What a view, routine or trigger holds is text alone: only programs that use it miss anything. */
function dropped(of: ObjectName): Pick<OperationFacts, "touches" | "breaks"> {
  const text = `programs that use ${objectText(of)} fail`;
  return { touches: [{ ...of, how: "drops" }], breaks: [{ whom: "both", of, text }] };
}

export const createView: FactsOf<CreateView> = (operation, { before }) => {
  const { schema, name, materialized, ifNotExists } = operation;
  const isThere = viewNamed(before, schema, name) !== undefined;
  if (isThere && ifNotExists) return { touches: [] };
  return made(objectOf(materialized ? "materializedView" : "view", operation), isThere);
};

export const dropView: FactsOf<DropView> = (operation, { before }) =>
  dropped(objectOf(isMaterialized(before, operation) ? "materializedView" : "view", operation));

export const refreshMaterializedView: FactsOf<RefreshMaterializedView> = (operation) => {
  const of = objectOf("materializedView", operation);
  const text = `programs cannot read ${objectText(of)} until it is filled again`;
  return {
    touches: [{ ...of, how: "changesRows" }],
    breaks: operation.withData ? [] : [{ whom: "readers", of, text }],
  };
};

function routineMade(
  kind: "function" | "procedure",
  operation: CreateFunction | CreateProcedure,
  context: FactContext,
) {
  const isThere = context.before.object(kind, operation.schema, operation.name) !== undefined;
  return made(objectOf(kind, operation), operation.replace && isThere);
}

export const createFunction: FactsOf<CreateFunction> = (operation, context) =>
  routineMade("function", operation, context);

export const createProcedure: FactsOf<CreateProcedure> = (operation, context) =>
  routineMade("procedure", operation, context);

export const dropFunction: FactsOf<DropFunction> = (operation) => dropped(objectOf("function", operation));

export const dropProcedure: FactsOf<DropProcedure> = (operation) => dropped(objectOf("procedure", operation));

function triggerOf({ schema, name, tableName }: CreateTrigger | DropTrigger): ObjectName {
  return { kind: "trigger", schema, name, tableName };
}

export const createTrigger: FactsOf<CreateTrigger> = (operation, { before }) => {
  const { schema, name, tableName, replace } = operation;
  const isThere = before.object("trigger", schema, name, tableName) !== undefined;
  const { touches } = made(triggerOf(operation), replace && isThere);
  return { touches: [...touches, { ...tableOf(operation), how: "changes" }] };
};

export const dropTrigger: FactsOf<DropTrigger> = (operation) => {
  const of = triggerOf(operation);
  const text = `what ${objectText(of)} did for rows that programs write is no longer done`;
  return {
    touches: [
      { ...of, how: "drops" },
      { ...tableOf(operation), how: "changes" },
    ],
    breaks: [{ whom: "writers", of, text }],
  };
};
