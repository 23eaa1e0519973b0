/** Prints skips by name, then `N passed, N failed`; suite errors, module errors and unhandled rejections count as failed. */
import type { Reporter, TestModule } from 'vitest/node';

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    let passed = 0;
    let failed = errors.length;
    const skipped: string[] = [];
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'failed') failed++;
        else skipped.push(test.fullName);
      }
    }
    if (skipped.length > 0) process.stdout.write(`skipped: ${skipped.join('; ')}\n`);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
