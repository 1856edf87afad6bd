/** The numbers of a version: "8.0.16" → [8, 0, 16]. Text behind the numbers is passed over. */
function numbersOf(version: string): readonly number[] {
  return version
    .split(".")
    .map((part) => Number.parseInt(part, 10))
    .filter((part) => !Number.isNaN(part));
}

/**
 * Compares two versions number by number: negative, zero or positive. A missing number counts as zero.
 *
 * @example compareVersions("8.0.16", "8.0") // 16
 */
export function compareVersions(one: string, other: string): number {
  const left = numbersOf(one);
  const right = numbersOf(other);
  for (let position = 0; position < Math.max(left.length, right.length); position++) {
    const difference = (left[position] ?? 0) - (right[position] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
