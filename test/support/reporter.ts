import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Errors outside the tests themselves, while loading or in a hook, count as one failed test each suite. */
function brokenSuites(module: TestModule): number {
  const suites = [module, ...module.children.allSuites()];
  return suites.filter((suite) => suite.errors().length > 0).length;
}

function reason(test: TestCase): string {
  const result = test.result();
  return (result.state === 'skipped' && result.note) || `${test.fullName} (no reason given)`;
}

/**
 * Prints why tests were skipped, then the figures of the run; `npm test` (run.mjs), which adds those of the checks,
 * names a file for them in TEST_FIGURES.
 */
export default class Figures implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const suites = modules.map(brokenSuites).reduce((sum, next) => sum + next, 0);
    const passed = inState('passed').length;
    const failed = inState('failed').length + suites + strayErrors.length;
    const reasons = tests.filter((test) => test.result().state === 'skipped').map(reason);
    for (const why of new Set(reasons)) {
      console.log(`skipped ${reasons.filter((each) => each === why).length}: ${why}`);
    }
    // a test still pending was cut off: the run cannot count as complete
    const cutOff = inState('pending').length;
    const figures = { passed, failed: failed + cutOff, skipped: reasons.length };
    console.log(`${figures.passed} passed, ${figures.failed} failed, ${figures.skipped} skipped`);
    if (process.env.TEST_FIGURES) writeFileSync(process.env.TEST_FIGURES, JSON.stringify(figures));
  }
}
