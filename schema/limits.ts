import {
  GraphQLError, getNamedType, isCompositeType, isObjectType, specifiedRules,
  type ASTVisitor, type FieldNode, type GraphQLNamedType, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode,
  type ValidationContext, type ValidationRule,
} from 'graphql';
import { cost, entriesOf, isList, limitOf, weightOf } from './cost.js';

/** How large a query may be; over HTTP and over sockets. The longest one that this project sends stays below half of each. */
export const limits = {
  /** Words and signs in the text. */
  tokens: 2000,
  /** Fields within fields. */
  depth: 10,
  /** Fields at the top, aliases counted: how often a request can try a password. */
  rootFields: 10,
  /** Fields in all, each fragment counted wherever it is used. */
  fields: 500,
};

/**
 * Refuses queries that are too deep, too wide, or go in circles (`persona { agents { persona { agents …`), where each
 * round would multiply the answer, or whose answer could become too long: see cost.ts. The walk ends at the first limit,
 * so it is as short as what it allows. The walk through introspection is limited in depth by GraphQL's own
 * MaxIntrospectionDepthRule.
 */
function sizeRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      const fault = new Walk(context).fault(operation);
      if (fault) context.reportError(new GraphQLError(fault, { nodes: operation }));
      return false;
    },
    FragmentDefinition: () => false,
  };
}

/** Where the walk stands. */
interface Place {
  type: GraphQLNamedType;
  depth: number;
  spreads: number;
  /** How many objects of the type the answer is taken to have here. */
  times: number;
  /** The limit of the field that gave this page, which is that of the lists in it. */
  limit?: number;
}

class Walk {
  private cost = 0;
  private fields = 0;
  private rootFields = 0;
  /** The fields that the walk is in, as `Type.field`. */
  private readonly open: string[] = [];

  constructor(private readonly context: ValidationContext) {}

  fault({ operation, selectionSet }: OperationDefinitionNode): string | null {
    const type = this.context.getSchema().getRootType(operation);
    if (!type) return null;
    const fault = this.walk(selectionSet, { type, depth: 1, spreads: 0, times: 1 });
    if (fault || this.cost <= cost.most) return fault;
    return `The query costs ${this.cost} and may cost ${cost.most}: ask for fewer entries (limit), or for less of each`;
  }

  /** Spreads count as a level, so fragments that spread each other end here too. */
  private walk(set: SelectionSetNode, at: Place): string | null {
    if (at.depth > limits.depth) return `The query is more than ${limits.depth} levels deep`;
    if (at.spreads > limits.depth) return 'The query has too many fragments within fragments';
    for (const node of set.selections) {
      const fault = node.kind === 'Field' ? this.field(node, at) : this.spread(node, at);
      if (fault) return fault;
    }
    return null;
  }

  private spread(node: Exclude<SelectionNode, FieldNode>, at: Place): string | null {
    const target = node.kind === 'InlineFragment' ? node : this.context.getFragment(node.name.value);
    if (!target) return null;
    const condition = target.typeCondition && this.context.getSchema().getType(target.typeCondition.name.value);
    return this.walk(target.selectionSet, { ...at, type: condition ?? at.type, spreads: at.spreads + 1 });
  }

  private field(node: FieldNode, { type, depth, times, limit }: Place): string | null {
    this.fields += 1;
    if (this.fields > limits.fields) return `The query asks for more than ${limits.fields} fields`;
    if (depth === 1 && ++this.rootFields > limits.rootFields) return `The query has more than ${limits.rootFields} fields at the top`;
    const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
    // Nothing to count or walk: introspection, or a field that another rule refuses.
    if (!field) return null;
    const key = `${type.name}.${field.name}`;
    this.cost += times * weightOf(key, field);
    const next = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(next)) return null;
    if (this.open.includes(key)) return `The query goes in a circle: ${key} lies within itself`;
    const own = limitOf(node, field);
    this.open.push(key);
    const below = { times: times * entriesOf(field, own ?? limit), limit: isList(field) ? undefined : own };
    const fault = this.walk(node.selectionSet, { type: next, depth: depth + 1, spreads: 0, ...below });
    this.open.pop();
    return fault;
  }
}

/** Beside GraphQL's own rules. */
export const sizeRules: ValidationRule[] = [sizeRule];

/** All rules of a query, for what validates by itself. */
export const validationRules: ValidationRule[] = [...specifiedRules, ...sizeRules];
