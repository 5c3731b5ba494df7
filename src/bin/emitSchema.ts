import { emitSchema, schemaFile } from '../../schema/emitSchema.js';
import { run } from './run.js';

/** `npm run schema`: writes the GraphQL schema as text, for readers and for the test that compares it. */
await run(async () => {
  emitSchema();
  console.log(schemaFile);
});
