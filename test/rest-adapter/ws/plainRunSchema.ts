import { buildSchema, type GraphQLSchema } from 'graphql';

const definition = `
  scalar UUID
  type Run { status: String! lastSeq: Int! }
  type StepSummary { id: UUID! stepNumber: Int! stepType: String! toolName: String status: String! durationMs: Int }
  type RunLiveMessage {
    type: String! runId: UUID! seq: Int! status: String step: StepSummary output: String error: String errorMessage: String
    stepNumber: Int offset: Int text: String
  }
  type Query { run(id: UUID!): Run! }
  type Subscription { runEvents(runId: UUID!, since: Int! = 0): RunLiveMessage! }
`;

/** A schema with what /ws needs of one, and nothing behind it. */
export function plainRunSchema(source: {
  run(id: string): unknown;
  events(runId: string, since: number): AsyncIterable<object>;
}): GraphQLSchema {
  const schema = buildSchema(definition);
  schema.getQueryType()!.getFields().run!.resolve = (_root, { id }) => source.run(id);
  const { runEvents } = schema.getSubscriptionType()!.getFields();
  runEvents!.subscribe = (_root, { runId, since }) => source.events(runId, since);
  runEvents!.resolve = (message) => message;
  return schema;
}
