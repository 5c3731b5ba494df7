import { useMutation, useQuery } from '@vue/apollo-composable';
import { computed, ref } from 'vue';
import { byCategory } from './toolCategories';
import { EnablePersonaToolDocument, ToolsDocument } from './tools.operations';

/** Tools by category, of which a new persona is given those that are chosen. */
export function useToolSets() {
  const { result } = useQuery(ToolsDocument);
  const { mutate: enable } = useMutation(EnablePersonaToolDocument);
  const sets = computed(() => byCategory(result.value?.tools.data ?? []));
  const isChosen = ref<Record<string, boolean>>({});

  /** Enables the tools of all chosen sets for a persona. */
  async function give(personaId: string) {
    for (const { category, tools } of sets.value) {
      if (!isChosen.value[category]) continue;
      await Promise.all(tools.map(({ id: toolId }) => enable({ personaId, toolId })));
    }
  }

  return { sets, isChosen, give };
}
