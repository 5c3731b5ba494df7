import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import type { Selection } from '../src/reading.js';

type Fragments = Record<string, FragmentDefinitionNode>;

const byNode = new WeakMap<FieldNode, Selection>();

/**
 * What the query asks of the field that is being resolved, fragments merged. A field under @skip or @include counts as
 * asked for. The same node gives the same object, so it can be a key of a WeakMap.
 */
export function selectionOf({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Selection {
  if (fieldNodes.length === 1) return selectionOfNode(fieldNodes[0]!, fragments);
  // The field stands several times in the query, and @include may leave out some of them: not the same for every request.
  const merged = {};
  for (const node of fieldNodes) merge(merged, selectionOfNode(node, fragments));
  return merged;
}

function selectionOfNode(node: FieldNode, fragments: Fragments): Selection {
  let selection = byNode.get(node);
  if (!selection) {
    selection = {};
    if (node.selectionSet) collect(selection, node.selectionSet, fragments);
    byNode.set(node, selection);
  }
  return selection;
}

function collect(into: Record<string, any>, { selections }: SelectionSetNode, fragments: Fragments): void {
  for (const node of selections) {
    if (node.kind === 'Field') {
      if (node.name.value.startsWith('__')) continue;
      const below = (into[node.name.value] ??= {});
      if (node.selectionSet) collect(below, node.selectionSet, fragments);
    } else {
      const set = node.kind === 'InlineFragment' ? node.selectionSet : fragments[node.name.value]!.selectionSet;
      collect(into, set, fragments);
    }
  }
}

function merge(into: Record<string, any>, from: Selection): void {
  for (const [field, below] of Object.entries(from)) merge((into[field] ??= {}), below);
}
