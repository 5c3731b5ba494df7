import { loadEnv } from '../../../src/env.js';
import { serve } from '../../../src/bin/serve.js';
import { tellWork } from './process.js';

// The platform itself, as `npm start` with DATABASE_URL has it, on the port that it was given.
const env = loadEnv(process.env);
const server = await serve(env);
process.once('disconnect', () => void server.stop().then(() => process.exit()));
tellWork();
process.send!(env.PORT);
