import { buildSchema, GraphQLObjectType, type GraphQLSchema } from 'graphql';

/** A small schema of plain resolvers, enough for some of the adapter's own operations: it tests the adapter and nothing behind it. */
const definition = `
  scalar UUID
  scalar DateTime
  scalar JSONObject
  type User { id: UUID! email: String! name: String! role: String! createdAt: DateTime! lastLoginAt: DateTime }
  type AuthSession { user: User! token: String! refreshToken: String! }
  type Agent { id: UUID! name: String! description: String isActive: Boolean! }
  type Persona {
    id: UUID! name: String! description: String systemPrompt: String! ownerId: UUID! ownerName: String! defaultProvider: String!
    fallbackProviders: [String!]! isActive: Boolean! containerId: String agents: [Agent!]! createdAt: DateTime! updatedAt: DateTime!
  }
  type Pagination { page: Int! limit: Int! total: Int! totalPages: Int! }
  type PersonaPage { data: [Persona!]! pagination: Pagination! }
  type Artifact { id: UUID! runId: UUID! name: String! filePath: String! mimeType: String! sha256: String }
  input CreatePersonaInput { name: String! description: String systemPrompt: String! defaultProvider: String fallbackProviders: [String!] }
  type Query {
    me: User!
    persona(id: UUID!): Persona!
    personas(page: Int! = 1, limit: Int! = 20, search: String): PersonaPage!
    artifact(runId: UUID!, id: UUID!): Artifact!
  }
  type Mutation {
    login(email: String!, password: String!): AuthSession!
    createPersona(input: CreatePersonaInput!): Persona!
  }
`;

/** A root field's resolver: arguments and context in, data out. */
export type Resolver = (args: any, context: any) => unknown;

/** The schema with these resolvers at its root fields. */
export function plainSchema(resolvers: Record<string, Resolver>): GraphQLSchema {
  const schema = buildSchema(definition);
  for (const type of [schema.getQueryType(), schema.getMutationType()] as GraphQLObjectType[]) {
    for (const field of Object.values(type.getFields())) {
      field.resolve = (_root, args, context) => {
        const resolver = resolvers[field.name];
        if (!resolver) throw new Error(`No resolver for ${field.name}`);
        return resolver(args, context);
      };
    }
  }
  return schema;
}
