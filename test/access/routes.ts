import { type Row, row } from './row.js';

const agent = { name: 'Agent' };
const persona = { name: 'Persona', systemPrompt: 'You help.', defaultProvider: 'local' };

/** Every REST route, once for each of its filters, and `/ws`. row.ts says what the columns mean. */
export const routes: Row[] = [
  //                                                             nob  end  dea  | str  adm  vie  edi  own  | for  mix  unk
  row('POST /api/auth/login', '                                 ok   ok   ok   | ok   ok   ok   ok   ok   | -    -    -', { body: { email: '$email', password: '$password' } }),
  row('POST /api/auth/logout', '                                401  401  401  | ok   ok   ok   ok   ok   | -    -    -', {}, { uses: 'account' }),
  row('POST /api/auth/refresh', '                               ok   ok   ok   | ok   ok   ok   ok   ok   | -    -    -', { body: { refreshToken: '$refreshToken' } }),
  row('POST /api/auth/register', '                              403  403  403  | 403  403  403  403  403  | -    -    -', { body: { email: '$newEmail', name: 'New', password: '$password' } }),
  row('POST /api/auth/password', '                              401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { body: { currentPassword: '$password', newPassword: 'another one' } }, { uses: 'account' }),
  row('POST /api/ws/ticket', '                                  401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('GET /api/users/me', '                                    401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),

  row('GET /api/personas', '                                    401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('GET /api/personas', '                                    401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { query: { search: 'canary', page: 1, limit: 100 } }),
  row('GET /api/personas/:id', '                                401  401  401  | 403  403  ok   ok   ok   | 403  -    404'),
  row('POST /api/personas', '                                   401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { body: persona }),
  row('PUT /api/personas/:id', '                                401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: persona }),
  row('DELETE /api/personas/:id', '                             401  401  401  | 403  403  403  403  ok   | 403  -    404', {}, { uses: 'place' }),

  row('GET /api/personas/:id/members', '                        401  401  401  | 403  403  ok   ok   ok   | 403  -    404'),
  row('POST /api/personas/:id/members', '                       401  401  401  | 403  403  403  403  ok   | 403  -    404', { body: { userEmail: '$newcomer', role: 'viewer' } }, { uses: 'place' }),
  row('PUT /api/personas/:id/members/:memberId', '              401  401  401  | 403  403  403  403  ok   | 403  404  404', { body: { role: 'viewer' } }, { uses: 'place' }),
  row('DELETE /api/personas/:id/members/:memberId', '           401  401  401  | 403  403  403  403  ok   | 403  404  404', {}, { uses: 'place' }),

  row('GET /api/personas/:personaId/agents', '                  401  401  401  | 403  403  ok   ok   ok   | 403  -    404'),
  row('POST /api/personas/:personaId/agents', '                 401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: agent }),
  row('PUT /api/agents/:id', '                                  401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: agent }),
  row('DELETE /api/agents/:id', '                               401  401  401  | 403  403  403  ok   ok   | 403  -    404', {}, { uses: 'place' }),

  row('GET /api/runs', '                                        401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('GET /api/runs', '                                        401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { query: { status: 'completed', page: 1, limit: 100 } }),
  row('GET /api/runs', '                                        401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { query: { personaId: '$personaId' } }),
  row('GET /api/runs', '                                        401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { query: { agentId: '$agentId' } }),
  row('GET /api/runs', '                                        401  401  401  | 403  403  ok   ok   ok   | 403  403  404', { query: { personaId: '$personaId', agentId: '$agentId' } }),
  row('GET /api/runs/:id', '                                    401  401  401  | 403  403  ok   ok   ok   | 403  -    404'),
  row('POST /api/runs', '                                       401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: { agentId: '$agentId', input: 'Do it' } }),
  row('POST /api/runs/:id/cancel', '                            401  401  401  | 403  403  403  ok   ok   | 403  -    404', {}, { uses: 'place' }),
  row('POST /api/runs/:id/retry', '                             401  401  401  | 403  403  403  ok   ok   | 403  -    404', {}, { uses: 'place', run: 'ended' }),
  row('POST /api/runs/:id/decision', '                          401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: { decision: 'deny' } }, { uses: 'place', run: 'waiting' }),
  row('GET /api/runs/:id/artifacts/:artifactId', '              401  401  401  | 403  403  ok   ok   ok   | 403  404  404', {}, { file: true }),

  row('GET /api/usage', '                                       401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { query: { from: '2025-01-01', to: '2025-12-31', interval: 'month', timeZone: 'Europe/Berlin' } }),
  row('GET /api/usage', '                                       401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { query: { personaId: '$personaId' } }),

  row('GET /api/tools', '                                       401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('GET /api/tools', '                                       401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { query: { category: 'office', search: 'e', page: 1, limit: 100 } }),
  row('POST /api/tools/search', '                               401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { body: { query: 'slides', limit: 5 } }),
  row('GET /api/tools/:id', '                                   401  401  401  | ok   ok   ok   ok   ok   | ok   -    404'),
  row('GET /api/personas/:personaId/tools', '                   401  401  401  | 403  403  ok   ok   ok   | 403  -    404'),
  row('POST /api/personas/:personaId/tools', '                  401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: { toolId: '$otherToolId' } }, { uses: 'place' }),
  row('PUT /api/personas/:personaId/tools/:toolId', '           401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: { isEnabled: false } }),
  row('DELETE /api/personas/:personaId/tools/:toolId', '        401  401  401  | 403  403  403  ok   ok   | 403  -    404', {}, { uses: 'place' }),

  row('GET /api/personas/:personaId/memory', '                  401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { query: { page: 1, limit: 100 } }),
  row('POST /api/personas/:personaId/memory/upload', '          401  401  401  | 403  403  403  ok   ok   | 403  -    404', { form: '$text' }),
  row('POST /api/personas/:personaId/memory/search', '          401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { body: { query: 'canary', limit: 100 } }),
  row('DELETE /api/personas/:personaId/memory/:documentId', '   401  401  401  | 403  403  403  ok   ok   | 403  404  404', {}, { uses: 'place' }),

  row('GET /api/personas/:personaId/connectors', '              401  401  401  | 403  403  ok   ok   ok   | 403  -    404'),
  row('PUT /api/personas/:personaId/connectors/email', '        401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: { enabled: false } }),
  row('PUT /api/personas/:personaId/connectors/browser', '      401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: { enabled: false } }),
  row('PUT /api/personas/:personaId/connectors/desktop-vm', '   401  401  401  | 403  403  403  ok   ok   | 403  -    404', { body: { enabled: false } }),

  row('GET /api/audit', '                                       401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('GET /api/audit', '                                       401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { query: { eventType: 'tool_call', page: 1, limit: 100 } }),
  row('GET /api/audit', '                                       401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { query: { eventCategory: 'action', startDate: '2001-01-01', endDate: '2101-01-01' } }),
  row('GET /api/audit', '                                       401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { query: { personaId: '$personaId' } }),
  row('GET /api/audit', '                                       401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { query: { runId: '$runId' } }),
  row('GET /api/audit', '                                       401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { query: { userId: '$userId' } }),
  row('GET /api/audit', '                                       401  401  401  | 403  ok*  ok   ok   ok   | 403  403  404', { query: { personaId: '$personaId', runId: '$runId' } }),
  row('GET /api/audit/export', '                                401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { query: { format: 'ndjson', after: 0 } }),
  row('GET /api/audit/export', '                                401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { query: { eventType: 'tool_call', eventCategory: 'action', startDate: '2001-01-01', endDate: '2101-01-01' } }),
  row('GET /api/audit/export', '                                401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { query: { personaId: '$personaId' } }),
  row('GET /api/audit/export', '                                401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { query: { runId: '$runId' } }),
  row('GET /api/audit/export', '                                401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { query: { userId: '$userId' } }),

  row('GET /api/admin/users', '                                 401  401  401  | 403  ok   403  403  403  | -    -    -'),
  row('GET /api/admin/users', '                                 401  401  401  | 403  ok   403  403  403  | -    -    -', { query: { role: 'user', search: 'canary', page: 1, limit: 100 } }),
  row('POST /api/admin/users', '                                401  401  401  | 403  ok   403  403  403  | -    -    -', { body: { email: '$newEmail', name: 'New', password: '$password' } }),
  row('PUT /api/admin/users/:id', '                             401  401  401  | 403* ok   403* 403* 403* | 403  -    404', { body: { role: 'user' } }),
];

/** The frame with which `/ws` is asked for a run. */
export const liveRows: Row[] = [
  row('subscribe:run', '                                        401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { type: 'subscribe:run', runId: '$runId' }),
];
