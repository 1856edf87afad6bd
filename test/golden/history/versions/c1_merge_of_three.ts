/**
 * a merge of three lines
 */
export const revision = "c1";
export const downRevision = ["a2", "a3", "b1"];
export const branchLabels = null;
export const dependsOn = null;
