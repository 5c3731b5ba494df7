import { BaseModel } from '../baseModel.js';

export class Agent extends BaseModel {
  static override tableName = 'agents';

  declare personaId: string;
  declare name: string;
  declare description: string | null;
  declare systemPromptOverride: string | null;
  declare preferredProvider: string | null;
  declare isActive: boolean;
  declare updatedAt: Date;

  static override jsonSchema = {
    type: 'object',
    required: ['personaId', 'name'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
      description: { type: ['string', 'null'], maxLength: 2000 },
      systemPromptOverride: { type: ['string', 'null'], maxLength: 100_000 },
      preferredProvider: { type: ['string', 'null'] },
      isActive: { type: 'boolean' },
    },
  };
}
