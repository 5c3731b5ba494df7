import { BaseModel } from '../baseModel.js';

/** A persona's permission to use a tool, and its settings for it. */
export class PersonaTool extends BaseModel {
  static override tableName = 'persona_tools';

  declare personaId: string;
  declare toolId: string;
  declare isEnabled: boolean;
  declare config: Record<string, unknown>;
  declare updatedAt: Date;

  static override jsonSchema = {
    type: 'object',
    required: ['personaId', 'toolId'],
    properties: { isEnabled: { type: 'boolean' }, config: { type: 'object' } },
  };
}
