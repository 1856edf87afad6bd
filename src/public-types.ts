/**
 * The types that the signatures of the main entry mention. A program that exports what it makes with those has to be able
 * to name them: `export const timestamps = () => [column(…)]` has the type `Column[]`.
 */
export type { QualifiedName } from "./catalog/changes/change.js";
export type { CatalogChange } from "./catalog/changes/index.js";
export type { AlterDomain, DomainChange } from "./catalog/changes/domains.js";
export type { AlterObject, RenameObject, RenameType } from "./catalog/changes/objects.js";
export type {
  AddConstraintOfIndex,
  ChangeColumnOption,
  ChangeDeferral,
  ChangeIdentity,
  DropGeneration,
  DropUniqueOfColumns,
  RenameIndexIfThere,
} from "./catalog/changes/parts-of-tables.js";
export type { DropRoutine, RenameRoutine } from "./catalog/changes/routines.js";
export type { RenameSchema } from "./catalog/changes/schemas.js";
export type { AlterSequence } from "./catalog/changes/sequences.js";
export type { ChangeOther, DropOther, KeepOther } from "./catalog/changes/others.js";
export type { CopiedParts, CopyTable, CreateTableLike, LikeClause } from "./catalog/changes/table-copies.js";
export type { NamelessConstraint } from "./catalog/nameless-constraints.js";
export type { ChangeTableOptions, ConvertCharset } from "./catalog/changes/table-options.js";
export type { DropReferences, MoveTable, RenameAny } from "./catalog/changes/tables.js";
export type { DropUses } from "./catalog/changes/uses.js";
export type { RenameViewColumn } from "./catalog/changes/views.js";
export type { TypeNamedLater } from "./catalog/enums.js";
export type { Difference } from "./catalog/compare.js";
export type { DescribedKind, DescribedObject } from "./catalog/description.js";
export type {
  InSchema,
  InspectedColumn,
  InspectedForeignKey,
  InspectedIndex,
  InspectedKey,
  Inspector,
} from "./catalog/inspector.js";
export type { Charset } from "./catalog/rules.js";
export type { ColumnPosition } from "./catalog/table-changes.js";
export type { RevisionFunctions } from "./compiler/revision-source.js";
export type { ClientName } from "./compiler/script/clients.js";
export type { LayoutName } from "./compiler/script/model.js";
export type { Alteration, Resumption } from "./compiler/statement.js";
export type { CompiledStep } from "./compiler/step-compiler.js";
export type {
  AutogenerateConfig,
  AutogenerateContext,
  FilteredObject,
  FilteredType,
  ParentNames,
  RenderedItem,
  RenderItemContext,
} from "./config/autogenerate.js";
export type { AutogenerateSettings, Duration, ResolvedConfig, TargetConfig } from "./config/config.js";
export type { ModuleNamespace } from "./revision/loader.js";
export type { ViewOptions } from "./schema/views.js";
export type { WithOrigin } from "./facts/body.js";
export type { Loss, ObjectName, RowChange, RowFailure, TouchedKind } from "./facts/facts.js";
export type { Step, VersionRowChange } from "./history/revision.js";
export type { FromRows, Plan } from "./history/steps.js";
export type { AddColumn, AddColumnOptions, BatchAddColumnOptions } from "./operations/add-column.js";
export type { AddConstraint } from "./operations/add-constraint.js";
export type {
  AlterColumn,
  AlterColumnOptions,
  BatchAlterColumnOptions,
  ColumnChange,
  ExistingColumn,
} from "./operations/alter-column.js";
export type { BatchOptions } from "./operations/batch-alter-table.js";
export type { BulkInsert, BulkInsertFromOptions, BulkInsertOptions, PlainRow, Row } from "./operations/bulk-insert.js";
export type { CallArguments, CallBody, CallValues, DirectiveCall, DirectiveCallOf } from "./operations/call.js";
export type { CreateIndex, CreateIndexOptions } from "./operations/create-index.js";
export type { CreateTable, CreateTableOptions } from "./operations/create-table.js";
export type { CreateDomain, CreateDomainOptions, DropDomain } from "./operations/domains.js";
export type { DropColumn, DropColumnOptions } from "./operations/drop-column.js";
export type { ConstraintType, DropConstraint, DropConstraintOptions } from "./operations/drop-constraint.js";
export type { DropIndex, DropIndexOptions } from "./operations/drop-index.js";
export type { DropTable, DropTableOptions } from "./operations/drop-table.js";
export type { CreateEnumType, DropEnumType } from "./operations/enum-types.js";
export type { AddEnumValue, AddEnumValueOptions, RenameEnumValue } from "./operations/enum-values.js";
export type { CompiledQuery } from "./operations/execute.js";
export type { CreateExtension, CreateExtensionOptions, DropExtension } from "./operations/extensions.js";
export type {
  AutocommitBlock,
  BatchAlterTable,
  Execute,
  NewOperation,
  ObjectEffect,
  OperationKind,
  OperationOf,
  RecordedQuery,
  SqlEffects,
} from "./operations/node.js";
export type { Operation, WithoutOrigin } from "./operations/operation.js";
export type {
  AttachPartition,
  BoundValue,
  CreatePartition,
  CreatePartitionOptions,
  DetachPartition,
  DropPartition,
  DropPartitionOptions,
  PartitionBounds,
} from "./operations/partitions.js";
export type { Grant, GrantOptions, PrivilegeObject, Revoke, RevokeOptions } from "./operations/privileges.js";
export type { RenameConstraint } from "./operations/rename-constraint.js";
export type { RenameIndex, RenameIndexOptions } from "./operations/rename-index.js";
export type { RenameTable } from "./operations/rename-table.js";
export type {
  CreateFunction,
  CreateFunctionOptions,
  CreateProcedure,
  CreateProcedureOptions,
  DropFunction,
  DropProcedure,
  DropRoutineOptions,
} from "./operations/routines.js";
export type { CreateSchema, DropSchema } from "./operations/schemas.js";
export type { CreateSequence, CreateSequenceOptions, DropSequence } from "./operations/sequences.js";
export type { TableComment, TableCommentOptions } from "./operations/table-comment.js";
export type { CreateTrigger, CreateTriggerOptions, DropTrigger, DropTriggerOptions } from "./operations/triggers.js";
export type { ValidateConstraint } from "./operations/validate-constraint.js";
export type {
  CreateView,
  CreateViewOptions,
  DropView,
  DropViewOptions,
  RefreshMaterializedView,
} from "./operations/views.js";
export type { CompilableProject, CompilePlanOptions } from "./project/compile-range.js";
export type { LoadedConfig } from "./project/load-config.js";
export type { Project, RevisionBody } from "./project/load-project.js";
export type { Reason } from "./prove/proof.js";
export type { ProveOptions } from "./prove/prove-range.js";
export type { SourceFile } from "./revision/row-files.js";
export type {
  Autoincrement,
  Column,
  ColumnOptions,
  Computed,
  DefaultValue,
  Identity,
  Sequence,
  SequenceNumber,
  SequenceOptions,
  ServerDefault,
  ServerDefaultValue,
  UsualDefault,
} from "./schema/columns.js";
export type {
  Check,
  Constraint,
  ConstraintKind,
  Deferral,
  Exclude,
  ExcludeOptions,
  ForeignKey,
  ForeignKeyActions,
  ForeignKeyOptions,
  KeyOptions,
  PrimaryKey,
  Reference,
  Unique,
} from "./schema/constraints.js";
export type { DialectOptions } from "./schema/dialect-names.js";
export type {
  ColumnDialectOptions,
  ConstraintDialectOptions,
  IndexDialectOptions,
  MysqlIndexOptions,
  MysqlColumnOptions,
  MysqlKeyOptions,
  MysqlTriggerOptions,
  MysqlViewOptions,
  PartitionDialectOptions,
  TableDialectOptions,
  TriggerDialectOptions,
  ViewDialectOptions,
} from "./schema/dialect-options.js";
export type { Domain, DomainContent } from "./schema/domains.js";
export type { EnumType } from "./schema/enum-types.js";
export type { SqlPart, SqlText } from "./schema/expressions.js";
export type { Extension, ExtensionContent } from "./schema/extensions.js";
export type { Index, IndexOptions } from "./schema/indexes.js";
export type { MarkedName, Name } from "./schema/names.js";
export type { NamingToken } from "./schema/naming.js";
export type { NamedObject, ObjectText } from "./schema/object-text.js";
export type { BoundItem, Partition, PlainBound, PlainBounds } from "./schema/partitions.js";
export type { FunctionContent, Functions, Overload, ProcedureContent, Procedures } from "./schema/routines.js";
export type { IgnoringRule } from "./schema/ignoring-rules.js";
export type { ObjectKind, ObjectOf, ReadKind, ReadObject, SchemaObject } from "./schema/schema-objects.js";
export type { OtherClass, OwningPart } from "./schema/other-objects.js";
export type { Schema, SchemaContent } from "./schema/schemas.js";
export type { SequenceContent, SequenceObject } from "./schema/sequences.js";
export type { Table, TableItem, TableOptions } from "./schema/tables.js";
export type { Trigger, TriggerContent, TriggerEvent, TriggerTiming } from "./schema/triggers.js";
export type {
  ArrayArguments,
  BinaryArguments,
  BitArguments,
  BooleanArguments,
  DomainArguments,
  EnumArguments,
  GenericTypeName,
  IntervalArguments,
  NoArguments,
  NumberArguments,
  RawArguments,
  SetArguments,
  SqlType,
  TextArguments,
  TimeArguments,
  TypeArguments,
  TypeName,
  VectorArguments,
} from "./schema/types/type.js";
export type { LiteralValue, PlainBytes, PlainDate, PlainNumber, PlainValue } from "./schema/values.js";
export type { MaterializedView, View, ViewContent } from "./schema/views.js";

// the functions that the namespaces of types hold under other names
export type { arrayType, enumType } from "./schema/types/generic.js";
export type { exclude } from "./schema/constraints.js";

// the directives of each operation, of which `op` and `batch` consist
export type { AddColumnDirectives, BatchAddColumnDirectives } from "./operations/add-column.js";
export type { AddConstraintDirectives, BatchAddConstraintDirectives } from "./operations/add-constraint.js";
export type { AlterColumnDirectives, BatchAlterColumnDirectives } from "./operations/alter-column.js";
export type { AutocommitBlockDirectives } from "./operations/autocommit-block.js";
export type { BatchAlterTableDirectives } from "./operations/batch-alter-table.js";
export type { BulkInsertDirectives } from "./operations/bulk-insert.js";
export type { BatchCreateIndexDirectives, CreateIndexDirectives } from "./operations/create-index.js";
export type { CreateTableDirectives } from "./operations/create-table.js";
export type { CreateDomainDirectives, DropDomainDirectives } from "./operations/domains.js";
export type { BatchDropColumnDirectives, DropColumnDirectives } from "./operations/drop-column.js";
export type { BatchDropConstraintDirectives, DropConstraintDirectives } from "./operations/drop-constraint.js";
export type { BatchDropIndexDirectives, DropIndexDirectives } from "./operations/drop-index.js";
export type { DropTableDirectives } from "./operations/drop-table.js";
export type { CreateEnumTypeDirectives, DropEnumTypeDirectives } from "./operations/enum-types.js";
export type { AddEnumValueDirectives, RenameEnumValueDirectives } from "./operations/enum-values.js";
export type { ExecuteDirectives } from "./operations/execute.js";
export type { CreateExtensionDirectives, DropExtensionDirectives } from "./operations/extensions.js";
export type {
  AttachPartitionDirectives,
  CreatePartitionDirectives,
  DetachPartitionDirectives,
  DropPartitionDirectives,
} from "./operations/partitions.js";
export type { GrantDirectives, RevokeDirectives } from "./operations/privileges.js";
export type { RenameConstraintDirectives } from "./operations/rename-constraint.js";
export type { RenameIndexDirectives } from "./operations/rename-index.js";
export type { RenameTableDirectives } from "./operations/rename-table.js";
export type {
  CreateFunctionDirectives,
  CreateProcedureDirectives,
  DropFunctionDirectives,
  DropProcedureDirectives,
} from "./operations/routines.js";
export type { CreateSchemaDirectives, DropSchemaDirectives } from "./operations/schemas.js";
export type { CreateSequenceDirectives, DropSequenceDirectives } from "./operations/sequences.js";
export type { BatchTableCommentDirectives, TableCommentDirectives } from "./operations/table-comment.js";
export type { CreateTriggerDirectives, DropTriggerDirectives } from "./operations/triggers.js";
export type { ValidateConstraintDirectives } from "./operations/validate-constraint.js";
export type {
  CreateViewDirectives,
  DropViewDirectives,
  RefreshMaterializedViewDirectives,
} from "./operations/views.js";
