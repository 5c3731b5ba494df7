import { BaseModel } from '../baseModel.js';

export class Persona extends BaseModel {
  static override tableName = 'personas';

  declare ownerId: string;
  declare name: string;
  declare description: string | null;
  declare systemPrompt: string;
  declare defaultProvider: string;
  declare fallbackProviders: string[];
  declare isActive: boolean;
  declare containerId: string | null;
  declare updatedAt: Date;

  static override jsonSchema = {
    type: 'object',
    required: ['ownerId', 'name', 'systemPrompt', 'defaultProvider'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
      description: { type: ['string', 'null'], maxLength: 2000 },
      systemPrompt: { type: 'string', minLength: 1, maxLength: 100_000, pattern: '\\S' },
      fallbackProviders: { type: 'array', items: { type: 'string' }, maxItems: 10 },
      isActive: { type: 'boolean' },
    },
  };
}
