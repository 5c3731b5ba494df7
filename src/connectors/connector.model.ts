import { BaseModel } from '../baseModel.js';
import type { ConnectorKind } from './connectorKinds.js';

/** How a persona reaches mail, a browser or a desktop. */
export class Connector extends BaseModel {
  static override tableName = 'connectors';

  declare personaId: string;
  declare kind: ConnectorKind;
  declare isEnabled: boolean;
  declare settings: Record<string, unknown>;
  /** Passwords by field, as JSON that `encryption.ts` has sealed; null when there are none. */
  declare secrets: Uint8Array | null;
  declare updatedAt: Date;

  static override jsonSchema = {
    type: 'object',
    required: ['personaId', 'kind'],
    properties: { isEnabled: { type: 'boolean' }, settings: { type: 'object' } },
  };
}
