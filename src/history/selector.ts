import { RevisionError, UsageError } from "../errors.js";
import { didYouMean } from "../suggestion.js";
import { matchName } from "./graph-names.js";
import { isEffectiveHead, type RevisionGraph, type RevisionNode } from "./graph.js";
import { walkDown, walkUp } from "./selector-walk.js";

/** The parts of `label@symbol+2`. */
export interface Selector {
  readonly text: string;
  /** A branch label, or a revision that stands for its branch. */
  readonly label: string | undefined;
  /** `head`, `heads`, `base`, an identifier or the beginning of one; undefined in `+2` and `label@-1`. */
  readonly symbol: string | undefined;
  /** How many revisions up (positive) or down from there. */
  readonly offset: number | undefined;
}

/**
 * Takes a revision form apart without looking anything up.
 *
 * @example parseSelector("billing@head-2") // { label: "billing", symbol: "head", offset: -2, … }
 */
export function parseSelector(text: string): Selector {
  const match = /^(?:(.+?)@)?([^@+-]+)?([+-]\d+)?$/u.exec(text.trim());
  const [, label, symbol, offset] = match ?? [];
  if (symbol === undefined && offset === undefined) {
    throw new UsageError("malformed-revision", `"${text}" is not a way to name a revision.`, {
      hint: "Write an identifier or the beginning of one, head, heads, base, label@head, +2, -1, or head-2.",
      data: { text },
    });
  }
  return { text, label, symbol, offset: offset === undefined ? undefined : Number(offset) };
}

/** The two sides of `start:end`; a side that was left out is undefined. */
export interface RevisionRange {
  readonly text: string;
  /** The starting revisions, separated by commas in the text. */
  readonly start: readonly string[] | undefined;
  readonly end: string | undefined;
}

/**
 * Splits `start:end`. A text without a colon is an end.
 *
 * @example parseRange("ae10,27c6:head") // { start: ["ae10", "27c6"], end: "head", … }
 */
export function parseRange(text: string): RevisionRange {
  const sides = text.split(":").map((side) => side.trim());
  if (sides.length > 2) {
    throw new UsageError("malformed-range", `The range "${text}" has more than one colon.`, {
      hint: "Write start:end, start: or :end.",
      data: { text },
    });
  }
  const [end, start] = sides.reverse();
  return { text, start: start ? splitList(start, text) : undefined, end: end === "" ? undefined : end };
}

function splitList(start: string, text: string): readonly string[] {
  const items = start.split(",").map((item) => item.trim());
  if (items.includes("")) {
    throw new UsageError(
      "malformed-range",
      `The range "${text}" has an empty entry in its list of starting revisions.`,
      {
        hint: "Separate several starting revisions by single commas, as in a,b:head.",
        data: { text },
      },
    );
  }
  return items;
}

/**
 * All revisions that a form names: several for `heads`, none for `base`. `-1` counts down from the heads, `+1` up from
 * the base. With `clamp`, counting past an end of the history stops there instead of failing.
 *
 * @example selectRevisions(graph, "heads")
 */
export function selectRevisions(
  graph: RevisionGraph,
  text: string,
  { clamp = false }: { readonly clamp?: boolean } = {},
): readonly RevisionNode[] {
  const selector = parseSelector(text);
  const { label, symbol, offset } = selector;
  if (offset === undefined) return selectSymbol(graph, selector);
  if (symbol === undefined && offset < 0) {
    const heads = headsToCountFrom(graph, label);
    const reached = heads.map((head) => walkDown(head, -offset, { text, clamp }));
    return [...new Set(reached.filter((node) => node !== undefined))];
  }
  const start = symbol === undefined ? undefined : selectWalkStart(graph, selector);
  const within = label === undefined ? undefined : branchLineage(graph, label);
  const reached =
    offset > 0 ? walkUp(graph, start, offset, { text, within, clamp }) : walkDown(start, -offset, { text, clamp });
  return reached === undefined ? [] : [reached];
}

/**
 * The one revision that a form names; undefined for `base`. More than one is an error that lists them.
 *
 * @example selectRevision(graph, "ae10")?.id // "ae1027a6acf"
 */
export function selectRevision(graph: RevisionGraph, text: string): RevisionNode | undefined {
  const [first, ...others] = selectRevisions(graph, text);
  if (first !== undefined && others.length > 0) throw severalRevisions(text, [first, ...others]);
  return first;
}

/** The revision from which `symbol+2` and `label@symbol-1` count; undefined is the base. */
function selectWalkStart(graph: RevisionGraph, selector: Selector): RevisionNode | undefined {
  // Upwards the label only chooses among branches, so the start may stand below the branch.
  const upwards = selector.offset !== undefined && selector.offset > 0;
  const nodes = selectSymbol(
    graph,
    upwards && !isSymbolic(selector.symbol) ? { ...selector, label: undefined } : selector,
  );
  if (nodes.length > 1) throw severalRevisions(selector.text, nodes);
  return nodes[0];
}

function isSymbolic(symbol: string | undefined): boolean {
  return symbol === "head" || symbol === "heads";
}

/** The revisions of `label@symbol`, without offset. */
function selectSymbol(graph: RevisionGraph, { text, label, symbol }: Selector): readonly RevisionNode[] {
  switch (symbol) {
    case undefined:
    case "base":
      if (label !== undefined) findBranch(graph, label);
      return [];
    case "heads":
      return label === undefined ? graph.realHeads : headsOfBranch(graph, label);
    case "head": {
      const heads = label === undefined ? graph.heads : headsOfBranch(graph, label);
      if (heads.length > 1) throw severalRevisions(text, heads);
      return heads;
    }
    default:
      return [findRevision(graph, symbol, label)];
  }
}

function headsOfBranch(graph: RevisionGraph, label: string): readonly RevisionNode[] {
  const lineage = branchLineage(graph, label);
  return graph.heads.filter((head) => lineage.has(head));
}

/** The heads that `-1` and `label@-1` count down from: those with a version row, as long as the branch has one. */
export function headsToCountFrom(graph: RevisionGraph, label: string | undefined): readonly RevisionNode[] {
  if (label === undefined) return graph.realHeads;
  const heads = headsOfBranch(graph, label);
  const real = heads.filter((head) => !isEffectiveHead(head));
  return real.length > 0 ? real : heads;
}

/** What `label@` restricts a selection to: all below and above the revision that the label stands at. */
export function branchLineage(graph: RevisionGraph, label: string): ReadonlySet<RevisionNode> {
  return graph.lineage([findBranch(graph, label)]);
}

/** The revision that a label, or an identifier in the place of one, stands for. */
export function findBranch(graph: RevisionGraph, label: string): RevisionNode {
  try {
    return findRevision(graph, label);
  } catch (error) {
    if (!(error instanceof RevisionError) || error.code !== "unknown-revision") throw error;
    const names = [...graph.names()].map(([name]) => name);
    throw new RevisionError("unknown-branch", `There is no branch "${label}".${didYouMean(label, names)}`, {
      hint: "Before @ stands a branch label or a revision of the branch; the branches command lists them.",
      data: { label },
    });
  }
}

/** The revision with this identifier, branch label, or beginning of one, which has to be part of the branch if given. */
function findRevision(graph: RevisionGraph, name: string, label?: string): RevisionNode {
  const lineage = label === undefined ? undefined : branchLineage(graph, label);
  const exact = graph.get(name) ?? graph.labelled(name);
  const matches = exact === undefined ? matchName(name, graph.names()) : [[name, exact] as const];
  const members = matches.filter(([, node]) => lineage === undefined || lineage.has(node));
  const [found] = members;
  if (members.length > 1) {
    const candidates = members.map(([candidate]) => candidate);
    throw new RevisionError("ambiguous-revision", `Several revisions start with "${name}": ${candidates.join(", ")}.`, {
      hint: "Write more characters of the one that is meant.",
      data: { name, candidates },
    });
  }
  if (found !== undefined) return found[1];
  const outside = matches[0]?.[1];
  if (outside !== undefined) {
    throw new RevisionError(
      "not-in-branch",
      `Revision "${outside.id}" (${outside.revision.file}) is not a member of branch "${label}".`,
      { hint: `Leave "${label}@" out, or name a revision of that branch.`, data: { revision: outside.id, label } },
    );
  }
  throw unknownRevision(graph, name);
}

function unknownRevision(graph: RevisionGraph, name: string): RevisionError {
  const names = ["head", "heads", "base", ...[...graph.names()].map(([known]) => known)];
  return new RevisionError("unknown-revision", `There is no revision or branch "${name}".${didYouMean(name, names)}`, {
    hint: "The history command lists the revisions; the first characters of an identifier are enough.",
    data: { name },
  });
}

function severalRevisions(text: string, nodes: readonly RevisionNode[]): RevisionError {
  const ids = nodes.map((node) => node.id);
  return new RevisionError("multiple-heads", `"${text}" stands for several revisions here: ${ids.join(", ")}.`, {
    hint: `Write heads for all of them, choose one (such as ${ids[0]}, or label@head), or join them with the merge command.`,
    data: { text, revisions: ids },
  });
}
