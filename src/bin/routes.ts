import { printRoutes } from '../../rest-adapter/print.js';
import { run } from './run.js';

/** `npm run routes`: every REST route with its operation, resolver, rule and test. */
await run(async () => console.log(printRoutes()));
