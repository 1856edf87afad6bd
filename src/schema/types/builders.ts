import type {
  BinaryArguments,
  NumberArguments,
  SqlType as SqlTypeOf,
  TextArguments,
  TypeArguments,
  TypeName,
} from "./type.js";
import { SqlType } from "./type.js";

/** A function that makes a type without arguments. */
export function plain<N extends TypeName>(name: N): () => SqlTypeOf<N> {
  const type = new SqlType(name, {} as TypeArguments[N]);
  return () => type;
}

/** A function that makes a type from one object of arguments. */
export function withOptions<N extends TypeName>(name: N): (options?: TypeArguments[N]) => SqlTypeOf<N> {
  return (options) => new SqlType(name, options ?? ({} as TypeArguments[N]));
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
    return new SqlType(name, parameters as TypeArguments[N]);
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
      return new SqlType(name, { precision, scale, ...options } as TypeArguments[N]);
    }
    const parameters: NumberArguments = {
      ...(typeof precision === "object" ? precision : { precision }),
      ...(typeof scale === "object" ? scale : scale !== undefined && { scale }),
      ...options,
    };
    return new SqlType(name, parameters as TypeArguments[N]);
  };
}

/** A function `(displayWidth?, options?)` that makes a whole-number type as MySQL has them. */
export function displayWidthType<N extends NumberName>(name: N) {
  return (displayWidth?: number | NumberArguments, options?: NumberArguments): SqlTypeOf<N> => {
    const parameters: NumberArguments =
      typeof displayWidth === "object" ? displayWidth : parametersWith({ displayWidth }, options);
    return new SqlType(name, parameters as TypeArguments[N]);
  };
}

/** A function `(length?)` that makes a type for bytes. */
export function binaryType<N extends BinaryName>(name: N) {
  return (length?: number | "max" | BinaryArguments, options?: BinaryArguments): SqlTypeOf<N> => {
    const parameters: BinaryArguments = typeof length === "object" ? length : parametersWith({ length }, options);
    return new SqlType(name, parameters as TypeArguments[N]);
  };
}
