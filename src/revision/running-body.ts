/** The bodies that are running, in the order in which they began. */
const running = new Set<{ readonly name: string }>();

/** Notes that a body has begun. */
export function bodyBegins(body: { readonly name: string }): void {
  running.add(body);
}

/** Notes that a body has ended. */
export function bodyEnds(body: { readonly name: string }): void {
  running.delete(body);
}

/** What the body is called that began last and has not ended, such as one that waits for ever. */
export function runningBody(): string | undefined {
  return [...running].at(-1)?.name;
}
