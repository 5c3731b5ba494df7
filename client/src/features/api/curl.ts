/** A call of the REST API. */
export interface Call {
  method?: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: object;
}

/** Where the shell takes the token from; no command ever holds a real one. */
const authorization = '-H "Authorization: Bearer $TOKEN"';

/** In single quotes, in which a shell takes everything as it stands. */
export const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

export function addressOf({ path, query = {} }: Call, origin: string): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${origin}${path}${text && `?${text}`}`;
}

/** The command that makes a call. */
export function curlOf(call: Call, origin: string): string {
  const { method = 'GET', body } = call;
  const parts = [`curl -s ${quote(addressOf(call, origin))}`, authorization];
  if (method !== 'GET' && !body) parts.push(`-X ${method}`);
  if (body) parts.push("-H 'Content-Type: application/json'", `-d ${quote(JSON.stringify(body))}`);
  return parts.join(' \\\n  ');
}

/** Takes one value out of an answer, with what every machine has. */
const valueOf = (name: string) => `grep -o '"${name}":"[^"]*"' | head -n 1 | cut -d '"' -f 4`;

/** Signs in and keeps the token in the shell; the password is asked for, so that no history holds it. One command, however it is pasted. */
export const tokenCommand = (origin: string, email: string): string => [
  `printf 'Password: ' && read -rs PASSWORD && TOKEN=$(curl -s ${quote(`${origin}/api/auth/login`)}`,
  `-H 'Content-Type: application/json' -d '{"email":"${email}","password":"'"$PASSWORD"'"}'`,
  `| ${valueOf('token')})`,
].join(' \\\n  ');

/** From a request to its files: what a program does, as commands to be run one after the other. */
export const story = (origin: string, email: string, agentId: string, input: string) => ({
  token: tokenCommand(origin, email),
  personas: curlOf({ path: '/api/personas' }, origin),
  start: `RUN=$(${curlOf({ path: '/api/runs', method: 'POST', body: { agentId, input } }, origin)} \\\n  | ${valueOf('id')})`,
  watch: [
    `until curl -s "${origin}/api/runs/$RUN" ${authorization} \\`,
    `  | grep -E '"status":"(completed|failed|cancelled)"'; do sleep 1; done`,
  ].join('\n'),
  download: [
    `ARTIFACT=$(curl -s "${origin}/api/runs/$RUN" ${authorization} \\`,
    `  | grep -o '"artifacts":.*' | ${valueOf('id')})`,
    `curl -sOJ "${origin}/api/runs/$RUN/artifacts/$ARTIFACT" ${authorization}`,
  ].join('\n'),
});
