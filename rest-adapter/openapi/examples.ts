import type { JsonSchema } from './jsonSchema.js';

const time = '2025-01-28T10:00:00.000Z';
const presentationSchema = {
  name: 'generate_powerpoint',
  description: 'Generate PowerPoint presentation',
  parameters: { type: 'object', properties: { slides: { type: 'array', items: { type: 'object' } } }, required: ['slides'] },
};

/** Examples of the documentation, by type and field, or by the field alone where it means the same everywhere. */
const examples: Record<string, unknown> = {
  email: 'user@example.com', password: 'password123', token: 'jwt-token-string', refreshToken: 'refresh-token-string',
  userEmail: 'collaborator@example.com', page: 1, limit: 20, total: 5, totalPages: 1, search: 'assistant', seq: 1,
  defaultProvider: 'openai', preferredProvider: 'anthropic', fallbackProviders: ['anthropic'], startDate: time, endDate: time,
  expectedUpdatedAt: time,
  createdAt: time, updatedAt: time, startedAt: time, completedAt: '2025-01-28T10:05:00.000Z', lastLoginAt: time,
  agentName: 'Email Triage Agent', personaName: 'My Assistant', ownerName: 'User Name', userName: 'User Name',
  toolName: 'generate_powerpoint', toolDescription: 'Generate PowerPoint presentation (.pptx)', category: 'office',
  isActive: true, isEnabled: true, similarity: 0.95, durationMs: 1500, fileSize: 1_024_000, errorMessage: null,
  'User.name': 'User Name', 'register.name': 'User Name', newPassword: 'another password', currentPassword: 'password123',
  'Member.role': 'editor',
  'Persona.name': 'My Assistant',
  'Persona.description': 'Personal assistant for office work',
  'Persona.systemPrompt': 'You are a helpful assistant.',
  'Persona.containerId': 'docker-container-id',
  'Agent.name': 'Email Triage Agent',
  'Agent.description': 'Handles email requests',
  'Agent.systemPromptOverride': 'You are an email triage specialist.',
  'Run.status': 'completed',
  'Run.input': 'Create a PowerPoint for HR presentation about Q1 results',
  'Run.output': 'PowerPoint created and sent via email',
  'RunStep.stepNumber': 1,
  'RunStep.input': { messages: [{ role: 'user', content: 'Create a PowerPoint for HR presentation' }] },
  'RunStep.output': { message: '', toolCalls: [{ id: 'call_1', name: 'generate_powerpoint', arguments: { slides: [] } }] },
  'Artifact.name': 'presentation.pptx',
  'Artifact.filePath': '/workspace/presentation.pptx',
  'Artifact.mimeType': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'Tool.name': 'generate_powerpoint',
  'Tool.description': 'Generate PowerPoint presentation (.pptx)',
  'Tool.schema': presentationSchema,
  'Tool.codeType': 'builtin',
  'ToolMatch.name': 'generate_powerpoint',
  'ToolMatch.description': 'Generate PowerPoint presentation (.pptx)',
  'searchTools.query': 'generate presentation slides',
  'searchTools.limit': 5,
  'PersonaTool.config': { maxFileSize: 10_485_760 },
  'Document.name': 'Company Handbook.pdf',
  'Document.source': 'upload',
  'Document.status': 'completed',
  'Document.mimeType': 'application/pdf',
  'Document.chunkCount': 150,
  uploadedByName: 'User Name',
  'searchMemory.query': 'What is our company policy on remote work?',
  'searchMemory.limit': 5,
  'MemoryMatch.documentName': 'Company Handbook.pdf',
  'MemoryMatch.text': 'Remote work policy: Employees can work remotely up to 3 days per week.',
  'MemoryMatch.metadata': { page: 15, chunkIndex: 42 },
  enabled: true, imapHost: 'imap.gmail.com', imapPort: 993, imapUsername: 'user@gmail.com', imapPassword: 'app-password',
  smtpHost: 'smtp.gmail.com', smtpPort: 587, smtpUsername: 'user@gmail.com', smtpPassword: 'app-password', username: 'user@gmail.com',
  profilePath: '/cache/browser-profile', vncHost: 'desktop.example.com', vncPort: 5900, vncPassword: 'vnc-password',
  'AuditLog.eventType': 'tool_call',
  'AuditLog.description': "Tool 'generate_powerpoint' executed",
  'AuditLog.metadata': { toolName: 'generate_powerpoint', durationMs: 3000 },
};

/** `CreatePersonaInput` is about the same noun as `Persona`. */
const nounOf = (type: string) => type.replace(/^(Create|Update|Enable|Add)(?=\w+Input$)/, '').replace(/Input$/, '');

/** The keyword `examples` for a field of a type, or nothing. */
export function examplesOf(type: string, field: string): JsonSchema {
  const example = examples[`${nounOf(type)}.${field}`] ?? examples[field];
  return example === undefined ? {} : { examples: [example] };
}

const ofFormat: Record<string, string> = { uuid: '3f0c2a52-9a52-4f0e-8a0f-6f1f3f8f0a11', 'date-time': time };
const ofType: Record<string, unknown> = { string: 'text', integer: 1, number: 1, boolean: true, object: {}, null: null };

/** A whole example of a schema, put together from those of its parts; a list of several kinds has one of each. */
export function exampleOf(schema: JsonSchema): unknown {
  if ('const' in schema) return schema.const;
  if (schema.examples) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const kinds: JsonSchema[] | undefined = schema.oneOf ?? schema.anyOf;
  if (kinds) return exampleOf(kinds[0]!);
  const [type] = [schema.type].flat();
  if (type === 'array') return schema.items ? ((schema.items.oneOf ?? [schema.items]) as JsonSchema[]).map(exampleOf) : [];
  if (type === 'object' && schema.properties) {
    return Object.fromEntries(Object.entries<JsonSchema>(schema.properties).map(([name, property]) => [name, exampleOf(property)]));
  }
  return ofFormat[schema.format] ?? ofType[type];
}
