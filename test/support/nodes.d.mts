export const supportedNodes: readonly number[];
export const remedy: string;
export function nodeExecutable(major: number): string | undefined;
