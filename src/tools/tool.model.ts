import { BaseModel } from '../baseModel.js';
import type { JsonSchema } from '../providers/provider.js';

/** A tool as the database knows it: what it is called and how it is found. What it does is in `builtin/`. */
export class ToolRow extends BaseModel {
  static override tableName = 'tools';

  declare name: string;
  declare description: string;
  declare category: string;
  /** `{ name, description, parameters }`, as a model is offered it. */
  declare schema: JsonSchema;
  declare configSchema: JsonSchema | null;
  declare codeType: string;
  declare isBuiltin: boolean;
  declare embeddedText: string | null;
  declare embedding: unknown;
  declare updatedAt: Date;

  static override jsonAttributes = ['schema', 'configSchema'];
}
