import type { JsonSchema } from '../providers/provider.js';
import type { Shape } from '../reading.js';

export interface ToolSummary {
  id: string;
  name: string;
  description: string;
  category: string;
  isBuiltin: boolean;
  codeType: string;
  schema: JsonSchema;
  configSchema: JsonSchema | null;
  createdAt: Date;
}

/** A tool as it is read, from `tools t`. */
export const toolShape: Shape = {
  always: ['id', 'name'],
  fields: {
    id: 't.id', name: 't.name', description: 't.description', category: 't.category', isBuiltin: 't.is_builtin',
    codeType: 't.code_type', schema: 't.schema', configSchema: 't.config_schema', createdAt: 't.created_at',
  },
};
