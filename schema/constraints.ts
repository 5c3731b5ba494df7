import { neverNull as userNeverNull } from '../src/admin/admin.service.js';
import { Agent } from '../src/agents/agent.model.js';
import { neverNull as agentNeverNull } from '../src/agents/agents.service.js';
import { longest, ports } from '../src/connectors/connectorKinds.js';
import { largestLimit } from '../src/paging.js';
import { Persona } from '../src/personas/persona.model.js';
import { neverNull as personaNeverNull } from '../src/personas/personas.service.js';
import { listProviders } from '../src/personas/providerChoice.js';
import { Run } from '../src/runs/run.model.js';
import { neverNull as toolNeverNull } from '../src/tools/personaTools.service.js';
import { passwordLength } from '../src/users/newUser.js';
import { User } from '../src/users/user.model.js';

/** The part of a JSON Schema that a GraphQL type cannot say: lengths, patterns, ranges, allowed values. */
export type Constraints = Record<string, unknown>;

/** The model that checks what an input type carries, or the arguments of a root field. */
const models: Record<string, { jsonSchema: { properties: object } }> = {
  CreatePersonaInput: Persona,
  UpdatePersonaInput: Persona,
  CreateAgentInput: Agent,
  UpdateAgentInput: Agent,
  CreateRunInput: Run,
  CreateUserInput: User,
  register: User,
};

/** Where a new password is given; one that is there already may be of any length. */
const newPasswords = new Set(['CreateUserInput.password', 'UpdateUserInput.password', 'register.password', 'changePassword.newPassword']);

/** By input type: what its GraphQL type lets be null only so that it can be left out. */
const onlyLeftOut: Record<string, readonly string[]> = {
  UpdateUserInput: userNeverNull, UpdateAgentInput: agentNeverNull, UpdatePersonaInput: personaNeverNull, UpdatePersonaToolInput: toolNeverNull,
};

/** Whether a field must not be null although its GraphQL type would have it. */
export const isNeverNull = (parent: string, field: string): boolean => onlyLeftOut[parent]?.includes(field) ?? false;

const portRange = () => ({ minimum: ports.smallest, maximum: ports.largest });
const hostLength = () => ({ minLength: 1, maxLength: longest.host });
const nameLength = () => ({ minLength: 1, maxLength: longest.text });
const passwordSize = () => ({ minLength: 1, maxLength: longest.password });

/** Text that must have something in it. */
const someText = () => ({ minLength: 1, pattern: '\\S' });

/** Arguments and fields that mean the same wherever they stand, and those of one type or root field. */
const anywhere: Record<string, () => Constraints> = {
  page: () => ({ minimum: 1 }),
  limit: () => ({ minimum: 1, maximum: largestLimit }),
  after: () => ({ minimum: 0 }),
  imapPort: portRange, smtpPort: portRange, vncPort: portRange,
  imapHost: hostLength, smtpHost: hostLength, vncHost: hostLength,
  imapUsername: nameLength, smtpUsername: nameLength,
  imapPassword: passwordSize, smtpPassword: passwordSize, vncPassword: passwordSize,
  currentPassword: () => ({ minLength: 1 }),
  refreshToken: someText,
  'login.email': someText, 'login.password': someText,
  query: someText,
  userEmail: () => ({ format: 'email' }),
  file: () => ({ minLength: 1 }),
  profilePath: () => ({ maxLength: longest.path, pattern: '^/' }),
  defaultProvider: () => ({ enum: providerNames() }),
  preferredProvider: () => ({ enum: providerNames() }),
  fallbackProviders: () => ({ items: { type: 'string', enum: providerNames() }, uniqueItems: true }),
};

const providerNames = () => listProviders().map(({ name }) => name);

const beyondTypes = ['minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum', 'minItems', 'maxItems'] as const;

/**
 * What the platform asks of an input beyond its GraphQL type, as JSON Schema. Where a model checks it, that is where it comes from.
 * @param parent the input type, or the root field of an argument
 */
export function constraintsOf(parent: string, field: string): Constraints {
  const properties = (models[parent]?.jsonSchema.properties ?? {}) as Record<string, Constraints>;
  const checked = properties[field] ?? {};
  return {
    ...Object.fromEntries(beyondTypes.filter((keyword) => keyword in checked).map((keyword) => [keyword, checked[keyword]])),
    ...(anywhere[`${parent}.${field}`] ?? anywhere[field])?.(),
    ...(newPasswords.has(`${parent}.${field}`) && { minLength: passwordLength.shortest, maxLength: passwordLength.longest, pattern: '\\S' }),
  };
}
