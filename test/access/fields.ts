import { type Row, row } from './row.js';

const agent = { name: 'Agent' };
const persona = { name: 'Persona', systemPrompt: 'You help.', defaultProvider: 'local' };
const email = { enabled: false };
const personaId = '$personaId';

/**
 * Every root field of the schema; a field with arguments that may be left out stands once without them, and they with values of
 * their own below. row.ts says what the columns mean.
 */
export const fields: Row[] = [
  //                                  nob  end  dea  | str  adm  vie  edi  own  | for  mix  unk
  row('Mutation.login', '            ok   ok   ok   | ok   ok   ok   ok   ok   | -    -    -', { email: '$email', password: '$password' }),
  row('Mutation.register', '         403  403  403  | 403  403  403  403  403  | -    -    -', { email: '$newEmail', name: 'New', password: '$password' }),
  row('Mutation.refreshToken', '     ok   ok   ok   | ok   ok   ok   ok   ok   | -    -    -', { refreshToken: '$refreshToken' }),
  row('Mutation.logout', '           401  401  401  | ok   ok   ok   ok   ok   | -    -    -', {}, { uses: 'account' }),
  row('Mutation.changePassword', '   401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { currentPassword: '$password', newPassword: 'another one' }, { uses: 'account' }),
  row('Mutation.createSocketTicket', '401 401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('Query.platform', '            ok   ok   ok   | ok   ok   ok   ok   ok   | -    -    -'),
  row('Query.me', '                  401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),

  row('Query.personas', '            401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('Query.personas', '            401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { search: 'canary', page: 1, limit: 20 }),
  row('Query.persona', '             401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { id: personaId }),
  row('Mutation.createPersona', '    401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { input: persona }),
  row('Mutation.updatePersona', '    401  401  401  | 403  403  403  ok   ok   | 403  -    404', { id: personaId, input: persona }),
  row('Mutation.deletePersona', '    401  401  401  | 403  403  403  403  ok   | 403  -    404', { id: personaId }, { uses: 'place' }),

  row('Query.members', '             401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { personaId }),
  row('Mutation.addMember', '        401  401  401  | 403  403  403  403  ok   | 403  -    404', { personaId, input: { userEmail: '$newcomer', role: 'viewer' } }, { uses: 'place' }),
  row('Mutation.updateMember', '     401  401  401  | 403  403  403  403  ok   | 403  404  404', { personaId, memberId: '$memberId', input: { role: 'viewer' } }, { uses: 'place' }),
  row('Mutation.removeMember', '     401  401  401  | 403  403  403  403  ok   | 403  404  404', { personaId, memberId: '$memberId' }, { uses: 'place' }),

  row('Query.agents', '              401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { personaId }),
  row('Query.agent', '               401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { id: '$agentId' }),
  row('Mutation.createAgent', '      401  401  401  | 403  403  403  ok   ok   | 403  -    404', { personaId, input: agent }),
  row('Mutation.updateAgent', '      401  401  401  | 403  403  403  ok   ok   | 403  -    404', { id: '$agentId', input: agent }),
  row('Mutation.deleteAgent', '      401  401  401  | 403  403  403  ok   ok   | 403  -    404', { id: '$agentId' }, { uses: 'place' }),

  row('Query.runs', '                401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('Query.runs', '                401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { status: 'completed', page: 1, limit: 5 }),
  row('Query.runs', '                401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { personaId }),
  row('Query.runs', '                401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { agentId: '$agentId' }),
  row('Query.runs', '                401  401  401  | 403  403  ok   ok   ok   | 403  403  404', { personaId, agentId: '$agentId' }),
  row('Query.run', '                 401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { id: '$runId' }),
  row('Query.runStep', '             401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { runId: '$runId', stepNumber: 1 }),
  row('Query.artifact', '            401  401  401  | 403  403  ok   ok   ok   | 403  404  404', { runId: '$runId', id: '$artifactId' }),
  row('Mutation.createRun', '        401  401  401  | 403  403  403  ok   ok   | 403  -    404', { input: { agentId: '$agentId', input: 'Do it' } }),
  row('Mutation.cancelRun', '        401  401  401  | 403  403  403  ok   ok   | 403  -    404', { id: '$runId' }, { uses: 'place' }),
  row('Mutation.retryRun', '         401  401  401  | 403  403  403  ok   ok   | 403  -    404', { id: '$runId' }, { uses: 'place', run: 'ended' }),
  row('Mutation.decideStep', '       401  401  401  | 403  403  403  ok   ok   | 403  -    404', { runId: '$runId', decision: 'deny' }, { uses: 'place', run: 'waiting' }),
  row('Subscription.runEvents', '    401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { runId: '$runId', since: 0 }),

  row('Query.usage', '               401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('Query.usage', '               401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { from: '2025-01-01T00:00:00Z', to: '2025-12-31', interval: 'month', timeZone: 'Europe/Berlin' }),
  row('Query.usage', '               401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { personaId }),

  row('Query.providers', '           401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('Query.tools', '               401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('Query.tools', '               401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { category: 'office', search: 'e', page: 1, limit: 100 }),
  row('Query.tool', '                401  401  401  | ok   ok   ok   ok   ok   | ok   -    404', { id: '$toolId' }),
  row('Query.searchTools', '         401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { query: 'slides', limit: 5 }),
  row('Query.personaTools', '        401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { personaId }),
  row('Mutation.enablePersonaTool', '401  401  401  | 403  403  403  ok   ok   | 403  -    404', { personaId, input: { toolId: '$otherToolId' } }, { uses: 'place' }),
  row('Mutation.updatePersonaTool', '401  401  401  | 403  403  403  ok   ok   | 403  -    404', { personaId, toolId: '$toolId', input: { isEnabled: false } }),
  row('Mutation.removePersonaTool', '401  401  401  | 403  403  403  ok   ok   | 403  -    404', { personaId, toolId: '$toolId' }, { uses: 'place' }),

  row('Query.documents', '           401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { personaId, page: 1, limit: 100 }),
  row('Query.document', '            401  401  401  | 403  403  ok   ok   ok   | 403  404  404', { personaId, documentId: '$documentId' }),
  row('Query.passages', '            401  401  401  | 403  403  ok   ok   ok   | 403  404  404', { personaId, documentId: '$documentId', page: 1, limit: 100 }),
  row('Query.uploadRules', '         401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('Query.searchMemory', '        401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { personaId, query: 'canary', limit: 100 }),
  // A file only comes as a form over REST: for everyone else it is no file.
  row('Mutation.uploadDocument', '   400  400  400  | 400* 400* 400* 400* 400* | -    -    -', { personaId, file: 'no file' }),
  row('Mutation.deleteDocument', '   401  401  401  | 403  403  403  ok   ok   | 403  404  404', { personaId, documentId: '$documentId' }, { uses: 'place' }),

  row('Query.connectors', '          401  401  401  | 403  403  ok   ok   ok   | 403  -    404', { personaId }),
  row('Mutation.configureEmail', '   401  401  401  | 403  403  403  ok   ok   | 403  -    404', { personaId, input: email }),
  row('Mutation.configureBrowser', ' 401  401  401  | 403  403  403  ok   ok   | 403  -    404', { personaId, input: { enabled: false } }),
  row('Mutation.configureDesktopVm', '401  401  401  | 403  403  403  ok   ok   | 403  -    404', { personaId, input: { enabled: false } }),

  row('Query.auditLogs', '           401  401  401  | ok   ok   ok   ok   ok   | -    -    -'),
  row('Query.auditLogs', '           401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { eventType: 'tool_call', page: 1, limit: 100 }),
  row('Query.auditLogs', '           401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { eventCategory: 'action', startDate: '2001-01-01T00:00:00Z', endDate: '2101-01-01' }),
  row('Query.auditLogs', '           401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { personaId }),
  row('Query.auditLogs', '           401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { runId: '$runId' }),
  row('Query.auditLogs', '           401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { userId: '$userId' }),
  row('Query.auditLogs', '           401  401  401  | 403  ok*  ok   ok   ok   | 403  403  404', { personaId, userId: '$userId' }),
  row('Query.auditExport', '         401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { after: 0, format: 'ndjson' }),
  row('Query.auditExport', '         401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { eventType: 'tool_call', eventCategory: 'action', startDate: '2001-01-01T00:00:00Z', endDate: '2101-01-01' }),
  row('Query.auditExport', '         401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { personaId }),
  row('Query.auditExport', '         401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { runId: '$runId' }),
  row('Query.auditExport', '         401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { userId: '$userId' }),

  row('Query.auditActivity', '       401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { interval: 'week', timeZone: 'Europe/Berlin' }),
  row('Query.auditActivity', '       401  401  401  | ok   ok   ok   ok   ok   | -    -    -', { eventType: 'tool_call', eventCategory: 'action', startDate: '2025-01-01T00:00:00Z', endDate: '2025-12-31' }),
  row('Query.auditActivity', '       401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { personaId }),
  row('Query.auditActivity', '       401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { runId: '$runId' }),
  row('Query.auditActivity', '       401  401  401  | 403  ok*  ok   ok   ok   | 403  -    404', { userId: '$userId' }),

  row('Query.users', '               401  401  401  | 403  ok   403  403  403  | -    -    -'),
  row('Query.users', '               401  401  401  | 403  ok   403  403  403  | -    -    -', { role: 'user', search: 'canary', page: 1, limit: 100 }),
  row('Mutation.createUser', '       401  401  401  | 403  ok   403  403  403  | -    -    -', { input: { email: '$newEmail', name: 'New', password: '$password' } }),
  row('Mutation.updateUser', '       401  401  401  | 403* ok   403* 403* 403* | 403  -    404', { id: '$userId', input: { role: 'user' } }),
];
