import type { Provider } from '../providers/provider.js';
import { workspaceLevel } from '../workspaces/localWorkspace.js';
import type { RunningServer } from './serve.js';

/** What a person wants to know of a server that has just become ready, as a block of lines. */
export function report({ address, platform }: RunningServer): string {
  const { database, providers, accounts, dataDir } = platform;
  const kind = database.kind === 'embedded' ? 'embedded PostgreSQL' : 'PostgreSQL';
  const search = database.hasVector ? 'vector search' : 'exact search, because the extension vector is not installed';
  const rows: [string, string[]][] = [
    ['Address', [address]],
    ['GraphQL', [`${address}/graphql`]],
    ['Accounts', accounts.map(({ email, password, role }) => `${email} / ${password}${role === 'admin' ? ' (admin)' : ''}`)],
    ['Providers', usableFirst(providers.all()).map(({ name, model, unavailable }) => (unavailable ? `${name} is off: ${unavailable}` : `${name} (${model})`))],
    ['Workspaces', [workspaceLevel]],
    ['Database', [`${kind} ${database.version}, ${search}`]],
    ['Data', [dataDir]],
  ];
  const blocks = rows.filter(([, lines]) => lines.length > 0).map(([name, lines]) => `  ${name.padEnd(12)}${lines.join(`\n${' '.repeat(14)}`)}`);
  // Counted from the start of the process, so that installing and loading are in it.
  const seconds = (performance.now() / 1000).toFixed(1);
  return `\nPersona Platform is ready after ${seconds} s\n\n${blocks.join('\n')}\n`;
}

const usableFirst = (providers: Provider[]): Provider[] =>
  [...providers.filter(({ unavailable }) => !unavailable), ...providers.filter(({ unavailable }) => unavailable)];
