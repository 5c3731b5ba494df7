import { Kind, parse, subscribe, validate, valueFromASTUntyped, type DocumentNode, type ExecutionResult, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { traced, type SpanOptions } from '../src/tracing/tracing.js';
import type { Context } from './context.js';
import { platformErrorOf } from './errors.js';
import { textFaults, variableFaults } from './variables.js';

/**
 * GraphQL within the process: REST and `/ws` run operations here that were validated and compiled when the program
 * started. Nothing is parsed, printed or sent to oneself on the way.
 */
export interface PreparedOperation {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** Values of variables that the operation itself gives. */
  readonly defaults: Record<string, unknown>;
  readonly compiled: CompiledQuery;
  /** What a trace tells of it. */
  readonly span: SpanOptions;
}

type Data = Record<string, any>;

/** Validates and compiles one operation of a document. Throws an Error when it does not fit the schema. */
export function prepareOperation(schema: GraphQLSchema, document: DocumentNode | string, operationName: string): PreparedOperation {
  const parsed = typeof document === 'string' ? parse(document) : document;
  const faults = validate(schema, parsed);
  if (faults.length > 0) throw new Error(`${operationName} does not fit the schema: ${faults.map(({ message }) => message).join(' ')}`);
  const definition = parsed.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION && node.name?.value === operationName,
  );
  if (!definition) throw new Error(`The document has no operation ${operationName}`);
  const compiled = compileQuery(schema, parsed, operationName, { disablingCapturingStackErrors: true });
  if (!isCompiledQuery(compiled)) throw new Error(`${operationName} cannot be compiled: ${compiled.errors?.[0]?.message}`);
  const span = { attributes: { 'graphql.operation.type': definition.operation, 'graphql.operation.name': operationName } };
  return { name: operationName, schema, document: parsed, definition, defaults: defaultsOf(definition), compiled, span };
}

/** Runs a query or mutation and gives its data. Throws a PlatformError, and nothing else. */
export async function runOperation(operation: PreparedOperation, variables: Record<string, unknown>, context: Context): Promise<Data> {
  requireText(operation, variables);
  return traced(`${operation.definition.operation} ${operation.name}`, operation.span, async () => {
    const result = await operation.compiled.query(undefined, context, { ...operation.defaults, ...variables });
    if (!result.errors?.length) return result.data as Data;
    throw failure(operation, variables, result, context);
  });
}

/** Opens a subscription; each value is the data of one event. Throws a PlatformError before the stream opens, or from it. */
export async function subscribeOperation(
  operation: PreparedOperation,
  variables: Record<string, unknown>,
  context: Context,
): Promise<AsyncIterableIterator<Data>> {
  const { schema, document, name: operationName } = operation;
  requireText(operation, variables);
  // Not the compiled one: graphql-jit gives `subscribe` the operation's variables for the field's arguments.
  const stream = await subscribe({ schema, document, operationName, variableValues: variables, contextValue: context });
  if (!(Symbol.asyncIterator in stream)) throw failure(operation, variables, stream, context);
  return dataOf(stream as AsyncGenerator<ExecutionResult<Data>>, context);
}

/** Not a generator: its `return` would wait for the event that is being waited for, and keep the stream open until then. */
function dataOf(stream: AsyncGenerator<ExecutionResult<Data>>, context: Context): AsyncIterableIterator<Data> {
  return {
    async next() {
      try {
        const { done, value } = await stream.next();
        if (done) return { done, value: undefined };
        if (value.errors?.length) throw value.errors[0];
        return { done: false, value: value.data! };
      } catch (error) {
        throw platformErrorOf(error, context.requestId);
      }
    },
    async return() {
      await stream.return(undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** What their types do not say of variables. */
function requireText({ schema, definition }: PreparedOperation, variables: Data): void {
  if (Object.keys(textFaults(variables)).length > 0) throw variableFaults(schema, definition, variables)!;
}

/** A result without `data` was refused before any resolver ran: by its variables. */
function failure(operation: PreparedOperation, variables: Data, result: { data?: unknown; errors?: readonly unknown[] }, context: Context) {
  const faults = result.data === undefined ? variableFaults(operation.schema, operation.definition, variables) : null;
  return faults ?? platformErrorOf(result.errors![0], context.requestId);
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  const given = variableDefinitions.filter(({ defaultValue }) => defaultValue);
  return Object.fromEntries(given.map(({ variable, defaultValue }) => [variable.name.value, valueFromASTUntyped(defaultValue!)]));
}
