// Made by client/generateOperations.mjs; change the .graphql file and run that instead.
import type { TypedDocumentNode as Document } from '@apollo/client/core';
import type { Registration, UserRole } from '../../graphql/schema';

export type PlatformData = { platform: { registration: Registration; demoAccounts: { email: string; password: string; role: UserRole }[] } };
export type PlatformVariables = Record<string, never>;
export const PlatformDocument = { kind: 'Document', definitions: [{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Platform"},"variableDefinitions":[],"directives":[],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"},"arguments":[],"directives":[],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registration"},"arguments":[],"directives":[]},{"kind":"Field","name":{"kind":"Name","value":"demoAccounts"},"arguments":[],"directives":[],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"},"arguments":[],"directives":[]},{"kind":"Field","name":{"kind":"Name","value":"password"},"arguments":[],"directives":[]},{"kind":"Field","name":{"kind":"Name","value":"role"},"arguments":[],"directives":[]}]}}]}}]}}] } as unknown as Document<PlatformData, PlatformVariables>;
