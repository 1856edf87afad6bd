/** The dialects, in the order in which lists of them are printed. */
export const dialectNames = ["postgresql", "mysql", "mariadb", "sqlite", "mssql", "oracle"] as const;

/** The name of a dialect, as configuration, command line and option groups spell it. */
export type DialectName = (typeof dialectNames)[number];

/** Dialect keywords of one schema item, grouped by dialect: `{ postgresql: { using: "gin" } }`. */
export type DialectOptions = { readonly [D in DialectName]?: Readonly<Record<string, unknown>> };
