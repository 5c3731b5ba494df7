import type { Tool } from '../tool.js';
import { inThread } from '../thread.js';

export const calculate: Tool = {
  name: 'calculate',
  description: 'Evaluate an arithmetic expression exactly: percentages, powers, roots, logarithms. Use it to add up, multiply, work out sums, interest, tax and averages.',
  category: 'data',
  parameters: {
    type: 'object',
    properties: {
      expression: {
        type: 'string',
        description: 'Such as (1250.50 + 99) * 12, 15% of 240, 200 + 8.1%, 2^10, sqrt(2), round(10/3, 2) or average(3, 4, 8). A point before decimals, no thousands separators, angles in radians.',
        minLength: 1, maxLength: 2000,
      },
    },
    required: ['expression'],
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ expression }: { expression: string }, { signal }) {
    const { result, isRounded } = await inThread('calculate', expression, signal);
    return { output: { expression, result, isRounded } };
  },
};
