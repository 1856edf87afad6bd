/** Names of one and the same type, each as it begins a type in capitals, with the name that stands for all of them. */
export type TypeAliases = Readonly<Record<string, string>>;

/** A type under the name that stands for all of its names; what stands behind the name stays. */
export function canonicalType(aliases: TypeAliases): (text: string) => string {
  // a longer name goes before a shorter one that it begins with
  const names = Object.keys(aliases).sort((one, other) => other.length - one.length);
  return (text) => {
    const name = names.find((known) => text.startsWith(known) && !/^[\w]/.test(text.slice(known.length)));
    return name === undefined ? text : (aliases[name] ?? "") + text.slice(name.length);
  };
}
