import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Runs the files that take longest first, so that no process is at one of them alone in the end. */
export default class FaultsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => moduleId.includes("/test/engines/faults/");
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
