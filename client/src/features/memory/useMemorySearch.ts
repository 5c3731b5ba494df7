import { useQuery } from '@vue/apollo-composable';
import { computed, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { faultOf } from '../../graphql/fault';
import { SearchMemoryDocument } from './memory.operations';

/** How long typing rests before it is searched for, in milliseconds. */
const rest = 350;

/** Searches a persona's memory for what the address bar asks for. */
export function useMemorySearch(personaId: () => string) {
  const route = useRoute();
  const router = useRouter();
  const searched = computed(() => (typeof route.query.search === 'string' ? route.query.search.trim() : ''));
  const search = ref(searched.value);
  let timer: ReturnType<typeof setTimeout>;
  watch(search, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => text.trim() !== searched.value && router.replace({ query: text.trim() ? { search: text.trim() } : {} }), rest);
  });
  watch(searched, (text) => {
    if (text !== search.value.trim()) search.value = text;
  });

  const { result, error, loading, refetch } = useQuery(
    SearchMemoryDocument,
    () => ({ personaId: personaId(), query: searched.value }),
    () => ({ enabled: searched.value !== '', fetchPolicy: 'cache-and-network' as const, keepPreviousResult: true }),
  );

  return {
    search, searched, refetch,
    matches: computed(() => (searched.value ? result.value?.searchMemory : undefined)),
    isSearching: computed(() => loading.value),
    fault: computed(() => (error.value && searched.value ? faultOf(error.value) : null)),
  };
}
