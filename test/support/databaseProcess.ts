import { closeDatabase, knex, migrate, openDatabase, transaction } from '../../src/db.js';

/**
 * A process for tests to start and kill: opens the database of its settings and says so, or why not. One line of JSON
 * per thing said. With the task `write` it commits numbers without end, naming each one after its commit.
 */
const [settings, task] = process.argv.slice(2);
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

async function writeWithoutEnd(): Promise<never> {
  await knex().raw('create table if not exists numbers (n int primary key, ballast text)');
  for (let n = 1; ; n++) {
    await knex().transaction(async (trx) => {
      await trx.raw(`insert into numbers values (?, repeat('x', 20000))`, [n]);
    });
    say({ committed: n });
  }
}

try {
  say({ info: await openDatabase(JSON.parse(settings!)) });
  if (task === 'write') await writeWithoutEnd();
  else if (task === 'hold') setInterval(() => {}, 60_000);
  else {
    if (task === 'wait') await transaction(() => knex().raw('select 1'));
    if (task === 'migrate') say({ migrated: await migrate() });
    await closeDatabase();
  }
} catch (error) {
  say({ name: (error as Error).name, message: (error as Error).message });
  await closeDatabase();
}
