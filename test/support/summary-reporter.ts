/**
 * Prints skips by name, then `N passed, N failed`; suite errors, module errors and unhandled rejections count as failed, and so does every
 * test that never ran because its suite or file broke.
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

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
        else if (state === 'skipped' && !neverRan(test)) skipped.push(test.fullName.replaceAll(/[;\n]/g, ','));
        else failed++;
      }
    }
    if (skipped.length > 0) process.stdout.write(`skipped: ${skipped.join('; ')}\n`);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}

function neverRan(test: TestCase): boolean {
  for (let above: TestCase['parent'] = test.parent; ; above = above.parent) {
    if (above.errors().length > 0) return true;
    if (above.type === 'module') return false;
  }
}
