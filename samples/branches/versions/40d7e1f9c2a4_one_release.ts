/**
 * one release of both branches
 */
export const revision = "40d7e1f9c2a4";
export const downRevision = ["22b9a1c4d7e5", "32f6d0e8b1c3"];
export const branchLabels = null;
export const dependsOn = null;
