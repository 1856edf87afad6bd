function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

/** Whether two values are the same data: a member that is undefined is one that is left out. */
export function sameData(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return Object.is(one, other);
  }
  if (one instanceof Date || other instanceof Date) {
    return one instanceof Date && other instanceof Date && Object.is(one.getTime(), other.getTime());
  }
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  const members = entriesOf(one);
  return (
    members.length === entriesOf(other).length &&
    members.every(([name, member]) => sameData(member, (other as Readonly<Record<string, unknown>>)[name]))
  );
}
