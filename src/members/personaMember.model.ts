import { BaseModel } from '../baseModel.js';

/** A user with whom a persona is shared. The owner is not a member. */
export class PersonaMember extends BaseModel {
  static override tableName = 'persona_members';

  declare personaId: string;
  declare userId: string;
  declare role: 'editor' | 'viewer';
  declare updatedAt: Date;

  static override jsonSchema = {
    type: 'object',
    required: ['personaId', 'userId', 'role'],
    properties: { role: { type: 'string', enum: ['editor', 'viewer'] } },
  };
}
