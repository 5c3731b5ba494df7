import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  Kind,
  OperationTypeNode,
  parse,
  separateOperations,
  Source,
  type TypeNode,
} from 'graphql';
import { type PreparedOperation, prepareOperation } from '../schema/execute.js';
import { projectRoot } from '../src/root.js';

/** Every file with operations that the adapter names. */
const files = [
  'auth/auth.graphql',
  'users/users.graphql',
  'personas/personas.graphql',
  'members/members.graphql',
  'agents/agents.graphql',
  'runs/runs.graphql',
  'usage/usage.graphql',
  'tools/tools.graphql',
  'memory/memory.graphql',
  'connectors/connectors.graphql',
  'audit/audit.graphql',
  'admin/admin.graphql',
  'ws/ws.graphql',
];

/** An operation as it was read, before any schema is known. */
export interface OperationSource {
  name: string;
  document: DocumentNode;
  kind: OperationTypeNode;
  /** The one field of Query, Mutation or Subscription that it asks for. */
  rootField: string;
  /** By name: the type without list and non-null, such as `Int`, and whether a request must give it. */
  variables: Map<string, { type: string; isRequired: boolean }>;
}

/** Reads the adapter's .graphql files. Throws when two operations have the same name or one has several root fields. */
export function readOperations(): Map<string, OperationSource> {
  const operations = new Map<string, OperationSource>();
  for (const file of files) {
    const text = readFileSync(join(projectRoot, 'rest-adapter', file), 'utf8');
    const parts = separateOperations(parse(new Source(text, file)));
    for (const [name, document] of Object.entries(parts)) {
      if (operations.has(name)) throw new Error(`The operation ${name} is defined twice, the second time in ${file}`);
      operations.set(name, describe(name, document));
    }
  }
  return operations;
}

/** Validates an operation against the schema and compiles it. Throws when there is none of this name or it does not fit. */
export function prepare(schema: GraphQLSchema, operations: Map<string, OperationSource>, name: string): PreparedOperation {
  const operation = operations.get(name);
  if (!operation) throw new Error(`The operation ${name} is in no .graphql file`);
  return prepareOperation(schema, operation.document, name);
}

function describe(name: string, document: DocumentNode): OperationSource {
  const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
  const { selections } = definition.selectionSet;
  if (selections.length !== 1 || selections[0]!.kind !== Kind.FIELD) {
    throw new Error(`The operation ${name} must ask for exactly one root field`);
  }
  const variables = (definition.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => {
    const isRequired = type.kind === Kind.NON_NULL_TYPE && !defaultValue;
    return [variable.name.value, { type: namedType(type), isRequired }] as const;
  });
  return {
    name,
    document,
    kind: definition.operation,
    rootField: (selections[0] as FieldNode).name.value,
    variables: new Map(variables),
  };
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
