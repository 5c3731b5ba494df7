import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/** Mocha's list of tests; then the skipped ones by name, and as the very last line `N passed, N failed, N skipped`. */
export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const skipped: string[] = [];
    runner.on(EVENT_TEST_PENDING, (test: Mocha.Test) => skipped.push(test.fullTitle()));
    runner.once(EVENT_RUN_END, () => {
      // Written at the very end, because what tests leave behind may speak until then.
      process.once('exit', () => {
        for (const title of skipped) console.log(`skipped: ${title}`);
        const { passes, failures, pending } = runner.stats!;
        console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
      });
    });
  }
}
