import type { RenderContext } from "../../src/compiler/render-context.js";
import { didYouMean } from "../../src/suggestion.js";

/** What a VECTOR index can be told: https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/create-vector-index.html */
export interface VectorIndexOptions {
  readonly indexType?: string;
  readonly distance?: string;
  readonly accuracy?: number;
  readonly parallel?: number;
  readonly hnswNeighbors?: number;
  readonly hnswEfconstruction?: number;
  readonly ivfNeighborPartitions?: number;
  readonly ivfSamplePerPartition?: number;
  readonly ivfMinVectorsPerPartition?: number;
}

const organizations: Readonly<Record<string, string>> = {
  HNSW: "ORGANIZATION INMEMORY NEIGHBOR GRAPH",
  IVF: "ORGANIZATION NEIGHBOR PARTITIONS",
};

/** The parameters of each kind of index, in the order in which they are written. */
const parameters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  HNSW: { hnswNeighbors: "neighbors", hnswEfconstruction: "efconstruction" },
  IVF: {
    ivfNeighborPartitions: "neighbor partitions",
    ivfSamplePerPartition: "sample_per_partition",
    ivfMinVectorsPerPartition: "min_vectors_per_partition",
  },
};

const distances = ["EUCLIDEAN", "DOT", "COSINE", "MANHATTAN"];
const optionNames = [
  "indexType",
  "distance",
  "accuracy",
  "parallel",
  ...Object.values(parameters).flatMap(Object.keys),
];

function refuse(what: string, hint: string, context: RenderContext) {
  return context.unsupported(`oracle.vector: ${what}`, hint);
}

/** What stands behind the columns of a VECTOR index. */
export function vectorIndexText(options: VectorIndexOptions, context: RenderContext): string {
  const unknown = Object.keys(options).find((name) => !optionNames.includes(name));
  if (unknown !== undefined) {
    throw refuse(
      `there is no option "${unknown}".${didYouMean(unknown, optionNames)}`,
      `It takes ${optionNames.join(", ")}.`,
      context,
    );
  }
  const kind = (options.indexType ?? "HNSW").toUpperCase();
  const distance = options.distance?.toUpperCase();
  const organization = organizations[kind];
  if (organization === undefined) throw refuse(`indexType is "${kind}".`, "It is HNSW or IVF.", context);
  if (distance !== undefined && !distances.includes(distance)) {
    throw refuse(`distance is "${distance}".`, `It is one of ${distances.join(", ")}.`, context);
  }
  const given = Object.entries(parameters[kind] ?? {})
    .map(([name, word]) => [word, options[name as keyof VectorIndexOptions]] as const)
    .filter(([, value]) => value !== undefined);
  return [
    organization,
    distance !== undefined && `DISTANCE ${distance}`,
    options.accuracy !== undefined && `WITH TARGET ACCURACY ${options.accuracy}`,
    `PARAMETERS (${[`type ${kind}`, ...given.map(([word, value]) => `${word} ${value}`)].join(", ")})`,
    options.parallel !== undefined && `PARALLEL ${options.parallel}`,
  ]
    .filter(Boolean)
    .join(" ");
}
