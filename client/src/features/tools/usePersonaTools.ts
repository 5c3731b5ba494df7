import { useMutation, useQuery } from '@vue/apollo-composable';
import { computed, ref, watch } from 'vue';
import { tellFault } from '../../components/toasts';
import { faultOf } from '../../graphql/fault';
import { EnablePersonaToolDocument, PersonaToolsDocument, SearchToolsDocument, UpdatePersonaToolDocument, type PersonaToolsData } from './tools.operations';

export type ListedTool = PersonaToolsData['tools']['data'][number] & {
  isEnabled: boolean;
  /** The persona's settings for it; null while the persona was never given it. */
  config: Record<string, unknown> | null;
  /** Whether a person has to say yes before each call. */
  asksFirst: boolean;
};

/** How long typing rests before it is searched for, in milliseconds. */
const rest = 250;
const mostMatches = 8;

/** All tools with whether a persona may use them, in the order of a search by meaning when there is one. */
export function usePersonaTools(personaId: () => string) {
  const variables = () => ({ personaId: personaId() });
  const { result, error, refetch } = useQuery(PersonaToolsDocument, variables, { fetchPolicy: 'cache-and-network' });
  const { search, found } = useToolSearch();
  const { mutate: enable } = useMutation(EnablePersonaToolDocument, { refetchQueries: () => [{ query: PersonaToolsDocument, variables: variables() }] });
  const { mutate: update } = useMutation(UpdatePersonaToolDocument);

  const permissions = computed(() => new Map(result.value?.personaTools.map((permission) => [permission.toolId, permission])));
  const tools = computed<ListedTool[]>(() =>
    (result.value?.tools.data ?? []).map((tool) => {
      const permission = permissions.value.get(tool.id);
      const asksFirst = (permission?.config.needsApproval as boolean | undefined) ?? tool.needsApproval;
      return { ...tool, isEnabled: permission?.isEnabled ?? false, config: permission?.config ?? null, asksFirst };
    }));
  const matches = computed(() => found.value?.flatMap((id) => tools.value.find((tool) => tool.id === id) ?? []));

  /** Shown at once, and taken back when the server refuses. */
  async function setEnabled({ id: toolId }: ListedTool, isEnabled: boolean) {
    const permission = permissions.value.get(toolId);
    const ids = { personaId: personaId(), toolId };
    try {
      if (permission) await update({ ...ids, isEnabled }, { optimisticResponse: { updatePersonaTool: { ...permission, isEnabled } } });
      else if (isEnabled) await enable(ids);
    } catch (thrown) {
      tellFault(faultOf(thrown));
    }
  }

  const enableAll = (listed: readonly ListedTool[]) => Promise.all(listed.filter((tool) => !tool.isEnabled).map((tool) => setEnabled(tool, true)));

  return {
    tools, matches, search, setEnabled, enableAll, refetch,
    isLoading: computed(() => !result.value && !error.value),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}

/** Finds tools by meaning while someone types; `found` has their ids, nearest first, or nothing when nothing is asked. */
function useToolSearch() {
  const search = ref('');
  const query = ref('');
  let timer: ReturnType<typeof setTimeout>;
  watch(search, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (query.value = text.trim()), rest);
  });
  const { result } = useQuery(SearchToolsDocument, () => ({ query: query.value, limit: mostMatches }), () => ({
    enabled: query.value !== '', keepPreviousResult: true,
  }));
  return {
    search,
    found: computed(() => (query.value ? result.value?.searchTools.map(({ id }) => id) : undefined)),
  };
}
