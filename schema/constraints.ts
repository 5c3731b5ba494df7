import { Agent } from '../src/agents/agent.model.js';
import { longest, ports } from '../src/connectors/connectorKinds.js';
import { largestLimit } from '../src/paging.js';
import { Persona } from '../src/personas/persona.model.js';
import { listProviders } from '../src/personas/providerChoice.js';
import { Run } from '../src/runs/run.model.js';
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

const portRange = () => ({ minimum: ports.smallest, maximum: ports.largest });
const hostLength = () => ({ minLength: 1, maxLength: longest.host });
const nameLength = () => ({ minLength: 1, maxLength: longest.text });
const passwordSize = () => ({ minLength: 1, maxLength: longest.password });

/** Arguments and fields that mean the same wherever they stand. */
const anywhere: Record<string, () => Constraints> = {
  page: () => ({ minimum: 1 }),
  limit: () => ({ minimum: 1, maximum: largestLimit }),
  after: () => ({ minimum: 0 }),
  imapPort: portRange, smtpPort: portRange, vncPort: portRange,
  imapHost: hostLength, smtpHost: hostLength, vncHost: hostLength,
  imapUsername: nameLength, smtpUsername: nameLength,
  imapPassword: passwordSize, smtpPassword: passwordSize, vncPassword: passwordSize,
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
    ...anywhere[field]?.(),
    ...(newPasswords.has(`${parent}.${field}`) && { minLength: passwordLength.shortest, maxLength: passwordLength.longest, pattern: '\\S' }),
  };
}
