import type { RevisionGraph } from "../history/graph.js";
import type { Revision } from "../history/revision.js";
import type { Operations } from "../revision/recorder.js";
import type { SourceFile } from "../revision/row-files.js";

/** Where the bodies of revisions come from. */
export interface RevisionSource {
  readonly graph: RevisionGraph;
  bodyOf(revision: Revision): Promise<RevisionFunctions>;
  /** The same synchronously, where none is needed: thousands of those take their time. */
  bodySync?(revision: Revision): RevisionFunctions | undefined;
  /**
   * The texts of a revision's file and of the project's files that it imports, as far as they have been evaluated. They
   * show what a body will ask for.
   */
  readonly textsOf?: (revision: Revision) => readonly string[];
  /** Has all files evaluated anew when they are next asked for: as if nothing in them had run. */
  readonly forget?: () => void;
  /** Reads a file by its path from the folder of a revision's file. */
  readonly readBeside?: ((revision: Revision, path: string) => SourceFile) | undefined;
}

/** What a revision file exports to be run. */
export interface RevisionFunctions {
  readonly upgrade?: (op: Operations) => unknown;
  readonly downgrade?: (op: Operations) => unknown;
}
