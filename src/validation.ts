import type { ErrorObject } from 'ajv';

/** `systemPrompt` → "System prompt", `agentId` → "Agent ID": a field as a person reads it. */
export function fieldLabel(field: string): string {
  const words = field.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().replace(/\bid\b/g, 'ID');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Name is required": the contract's sentence for a field that is missing or blank. */
export const isRequired = (field: string) => `${fieldLabel(field)} is required`;

/** One sentence for what a JSON Schema check found wrong with a field. */
export function fieldSentence(field: string, { keyword, params, message }: Pick<ErrorObject, 'keyword' | 'params' | 'message'>): string {
  const label = fieldLabel(field);
  switch (keyword) {
    case 'required':
    case 'minLength':
    case 'pattern':
      return isRequired(field);
    case 'maxLength':
      return `${label} must have at most ${params.limit} characters`;
    case 'enum':
      return `${label} must be one of ${params.allowedValues.join(', ')}`;
    case 'type':
      return `${label} must be ${[params.type].flat().filter((type: string) => type !== 'null').join(' or ')}`;
    case 'format':
      return `${label} must be a valid ${params.format}`;
    default:
      return `${label} ${message}`;
  }
}

/** One sentence for each of `fields` that is null. A change may leave a field out, but not empty it when it must have a value. */
export function nullFaults(input: object, fields: readonly string[]): Record<string, string> {
  const empty = fields.filter((field) => (input as Record<string, unknown>)[field] === null);
  return Object.fromEntries(empty.map((field) => [field, isRequired(field)]));
}
