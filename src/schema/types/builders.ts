import { OperationError } from "../../errors.js";
import type {
  BinaryArguments,
  NumberArguments,
  SqlType as SqlTypeOf,
  TextArguments,
  TypeArguments,
  TypeName,
} from "./type.js";
import { binaryArguments, makeType, numberArguments, textArguments } from "./arguments.js";
import { SqlType } from "./type.js";

/** A function that makes a type without arguments. */
export function simple<N extends TypeName>(name: N): () => SqlTypeOf<N> {
  const type = new SqlType(name, {} as TypeArguments[N]);
  return (...given: readonly never[]) => {
    if (given.length === 0) return type;
    throw new OperationError("type-argument", `The type ${name} has no arguments.`, { hint: "Leave them out." });
  };
}

/** A function that makes a type from one object of arguments. */
export function withOptions<N extends TypeName>(
  name: N,
  allowed: readonly string[],
): (options?: TypeArguments[N]) => SqlTypeOf<N> {
  return (options) => makeType(name, options ?? ({} as TypeArguments[N]), allowed);
}

type TextName = { [N in TypeName]: TypeArguments[N] extends TextArguments ? N : never }[TypeName];
type NumberName = { [N in TypeName]: TypeArguments[N] extends NumberArguments ? N : never }[TypeName];
type BinaryName = { [N in TypeName]: TypeArguments[N] extends BinaryArguments ? N : never }[TypeName];

/**
 * Parameters with options, over which they go. Most types come without: of an object that is spread first and gets
 * properties then, V8 makes a new shape each time, and everything that reads it later is slow.
 */
function parametersWith<P extends object>(parameters: P, options: object | undefined): P {
  return options === undefined ? parameters : { ...options, ...parameters };
}

/** A function `(length?, options?)` that makes a type for text; the length may be left out. */
export function textType<N extends TextName>(name: N) {
  return (length?: number | "max" | TextArguments, options?: TextArguments): SqlTypeOf<N> => {
    const parameters: TextArguments = typeof length === "object" ? length : parametersWith({ length }, options);
    return makeType(name, parameters as TypeArguments[N], textArguments);
  };
}

/** A function `(precision?, scale?, options?)` that makes a type for numbers. */
export function numberType<N extends NumberName>(name: N) {
  return (
    precision?: number | NumberArguments,
    scale?: number | NumberArguments,
    options?: NumberArguments,
  ): SqlTypeOf<N> => {
    if (typeof precision !== "object" && typeof scale !== "object") {
      return makeType(name, { precision, scale, ...options } as TypeArguments[N], numberArguments);
    }
    const parameters: NumberArguments = {
      ...(typeof precision === "object" ? precision : { precision }),
      ...(typeof scale === "object" ? scale : scale !== undefined && { scale }),
      ...options,
    };
    return makeType(name, parameters as TypeArguments[N], numberArguments);
  };
}

/** A function `(displayWidth?, options?)` that makes a whole-number type as MySQL has them. */
export function displayWidthType<N extends NumberName>(name: N) {
  return (displayWidth?: number | NumberArguments, options?: NumberArguments): SqlTypeOf<N> => {
    const parameters: NumberArguments =
      typeof displayWidth === "object" ? displayWidth : parametersWith({ displayWidth }, options);
    return makeType(name, parameters as TypeArguments[N], numberArguments);
  };
}

/** A function `(length?)` that makes a type for bytes. */
export function binaryType<N extends BinaryName>(name: N) {
  return (length?: number | "max" | BinaryArguments, options?: BinaryArguments): SqlTypeOf<N> => {
    const parameters: BinaryArguments = typeof length === "object" ? length : parametersWith({ length }, options);
    return makeType(name, parameters as TypeArguments[N], binaryArguments);
  };
}
