import assert from 'node:assert/strict';

export type Rest = (method: string, path: string, body?: object | FormData) => Promise<any>;

const accounts = {
  demo: { email: 'demo@persona-platform.local', password: 'demo123' },
  admin: { email: 'admin@persona-platform.local', password: 'admin123' },
};

export const emailOf = (who: keyof typeof accounts) => accounts[who].email;

/** The documented REST door as a demo account uses it, to prepare what a window is then to show. */
export async function restOf(address: string, who: keyof typeof accounts = 'demo'): Promise<Rest> {
  let token = '';
  const rest: Rest = async (method, path, body) => {
    const isForm = body instanceof FormData;
    const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(!isForm && { 'content-type': 'application/json' }) };
    const answer = await fetch(`${address}/api${path}`, { method, headers, body: isForm || body === undefined ? body : JSON.stringify(body) });
    const json: any = await answer.json();
    assert.ok(answer.ok, `${method} ${path}: ${JSON.stringify(json)}`);
    return json;
  };
  ({ token } = await rest('POST', '/auth/login', accounts[who]));
  return rest;
}

/** A persona of the demo user with a name of its own. */
export async function makePersona(rest: Rest, name: string): Promise<string> {
  const { id } = await rest('POST', '/personas', { name, systemPrompt: 'You help.', defaultProvider: 'local' });
  return id;
}
