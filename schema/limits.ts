import {
  GraphQLError, getNamedType, isCompositeType, isObjectType, specifiedRules,
  type ASTVisitor, type GraphQLNamedType, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode,
  type ValidationContext, type ValidationRule,
} from 'graphql';

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
 * round would multiply the answer. The walk ends at the first limit, so it is as short as what it allows. The walk through
 * introspection is limited in depth by GraphQL's own MaxIntrospectionDepthRule.
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

class Walk {
  private fields = 0;
  private rootFields = 0;
  /** The fields that the walk is in, as `Type.field`. */
  private readonly open: string[] = [];

  constructor(private readonly context: ValidationContext) {}

  fault(operation: OperationDefinitionNode): string | null {
    const root = this.context.getSchema().getRootType(operation.operation);
    return root ? this.walk(operation.selectionSet, root, 1) : null;
  }

  /** Spreads count as a level, so fragments that spread each other end here too. */
  private walk(set: SelectionSetNode, type: GraphQLNamedType, depth: number, spreads = 0): string | null {
    if (depth > limits.depth) return `The query is more than ${limits.depth} levels deep`;
    if (spreads > limits.depth) return 'The query has too many fragments within fragments';
    for (const node of set.selections) {
      const fault = node.kind === 'Field' ? this.field(node.name.value, node.selectionSet, type, depth) : this.spread(node, type, depth, spreads);
      if (fault) return fault;
    }
    return null;
  }

  private spread(node: Exclude<SelectionNode, { kind: 'Field' }>, type: GraphQLNamedType, depth: number, spreads: number) {
    const target = node.kind === 'InlineFragment' ? node : this.context.getFragment(node.name.value);
    if (!target) return null;
    const condition = target.typeCondition && this.context.getSchema().getType(target.typeCondition.name.value);
    return this.walk(target.selectionSet, condition ?? type, depth, spreads + 1);
  }

  private field(name: string, below: SelectionSetNode | undefined, type: GraphQLNamedType, depth: number): string | null {
    this.fields += 1;
    if (this.fields > limits.fields) return `The query asks for more than ${limits.fields} fields`;
    if (depth === 1 && ++this.rootFields > limits.rootFields) return `The query has more than ${limits.rootFields} fields at the top`;
    const next = isObjectType(type) ? getNamedType(type.getFields()[name]?.type) : undefined;
    // Nothing to walk: a plain value, introspection, or a field that another rule refuses.
    if (!below || !next || !isCompositeType(next)) return null;
    const key = `${type.name}.${name}`;
    if (this.open.includes(key)) return `The query goes in a circle: ${key} lies within itself`;
    this.open.push(key);
    const fault = this.walk(below, next, depth + 1);
    this.open.pop();
    return fault;
  }
}

/** Beside GraphQL's own rules. */
export const sizeRules: ValidationRule[] = [sizeRule];

/** All rules of a query, for what validates by itself. */
export const validationRules: ValidationRule[] = [...specifiedRules, ...sizeRules];
