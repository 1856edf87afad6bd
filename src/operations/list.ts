/**
 * The list of operations that hold no others: one line each. The union of their nodes, the directives of `op` and of
 * batches, and the registry are derived from it; those that hold operations are made of these, in `index.ts`.
 */
export { addColumn } from "./add-column.js";
export { addConstraint } from "./add-constraint.js";
export { alterColumn } from "./alter-column.js";
export { bulkInsert } from "./bulk-insert.js";
export { createIndex } from "./create-index.js";
export { createTable } from "./create-table.js";
export { createDomain, dropDomain } from "./domains.js";
export { dropColumn } from "./drop-column.js";
export { dropConstraint } from "./drop-constraint.js";
export { dropIndex } from "./drop-index.js";
export { dropTable } from "./drop-table.js";
export { createEnumType, dropEnumType } from "./enum-types.js";
export { addEnumValue, renameEnumValue } from "./enum-values.js";
export { createExtension, dropExtension } from "./extensions.js";
export { attachPartition, createPartition, detachPartition, dropPartition } from "./partitions.js";
export { grant, revoke } from "./privileges.js";
export { renameConstraint } from "./rename-constraint.js";
export { renameIndex } from "./rename-index.js";
export { renameTable } from "./rename-table.js";
export { createFunction, createProcedure, dropFunction, dropProcedure } from "./routines.js";
export { createSchema, dropSchema } from "./schemas.js";
export { createSequence, dropSequence } from "./sequences.js";
export { tableComment } from "./table-comment.js";
export { createTrigger, dropTrigger } from "./triggers.js";
export { validateConstraint } from "./validate-constraint.js";
export { createView, dropView, refreshMaterializedView } from "./views.js";
