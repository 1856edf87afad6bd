/** Where the value of a name stands while a file is evaluated. */
export type Slot = number;

/** A literal stands for itself. */
export type Literal = string | number | boolean | null | undefined;

/**
 * An expression of a plain file. In a "method" a member of the object is called, in a "call" anything else; `place` says
 * at which token the engine sees the call.
 */
export type Expression =
  | Literal
  | { readonly kind: "name"; readonly slot: Slot }
  | { readonly kind: "array"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly names: readonly string[]; readonly values: readonly Expression[] }
  | { readonly kind: "member"; readonly object: Expression; readonly name: string }
  | {
      readonly kind: "method";
      readonly object: Expression;
      readonly name: string;
      readonly given: readonly Expression[];
      readonly place: number;
    }
  | {
      readonly kind: "call";
      readonly callee: Expression;
      readonly given: readonly Expression[];
      readonly place: number;
    }
  | {
      readonly kind: "template";
      readonly texts: readonly string[];
      readonly values: readonly Expression[];
    }
  | {
      readonly kind: "tagged";
      readonly tag: Expression;
      readonly texts: readonly string[];
      readonly raw: readonly string[];
      readonly values: readonly Expression[];
      readonly place: number;
    }
  | { readonly kind: "sum"; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: "comparison";
      readonly isForSame: boolean;
      readonly left: Expression;
      readonly right: Expression;
    }
  | PlainFunction;

/** A function; of an arrow without braces the body is the one expression that it gives. */
export interface PlainFunction {
  readonly kind: "function";
  readonly parameters: readonly Slot[];
  readonly body: readonly Statement[] | Expression;
}

export function isFunction(expression: Expression): expression is PlainFunction {
  return typeof expression === "object" && expression !== null && expression.kind === "function";
}

export type Statement =
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "constant"; readonly slot: Slot; readonly value: Expression }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    };

/** A file that does nothing but to declare constants and functions, which in turn do nothing but to call what they are given. */
export interface PlainModule {
  /** What the file imports from sqlembic. */
  readonly imports: readonly { readonly name: string; readonly slot: Slot }[];
  readonly statements: readonly Statement[];
  readonly exports: readonly { readonly name: string; readonly slot: Slot }[];
  /** How many slots there are. */
  readonly slots: number;
  /** Whether there are functions in it: they may be called, and throw, when the file has been evaluated long since. */
  readonly hasFunctions: boolean;
}
