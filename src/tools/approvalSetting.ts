import type { Tool } from './tool.js';

/** The tool with a setting beside its own by which a persona says whether a person is asked before each call. */
export const withApprovalSetting = (tool: Tool): Tool => ({
  ...tool,
  configSchema: {
    type: 'object', additionalProperties: false, ...tool.configSchema,
    properties: {
      needsApproval: { type: 'boolean', description: 'Whether a person has to say yes before each call.', default: tool.needsApproval },
      ...(tool.configSchema?.properties as object),
    },
  },
});

/** Whether a person has to say yes before a call: as the persona's settings for the tool say, otherwise as the tool itself does. */
export const asksFirst = ({ needsApproval }: Pick<Tool, 'needsApproval'>, config: Record<string, unknown>): boolean =>
  typeof config.needsApproval === 'boolean' ? config.needsApproval : needsApproval;
