import { useQuery } from '@vue/apollo-composable';
import { computed, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { faultOf } from '../../graphql/fault';
import { PersonasDocument } from './personas.operations';

const limit = 24;
/** How long typing rests before it is searched for, in milliseconds. */
const rest = 250;

/** The list of personas that the address bar asks for. */
export function usePersonas() {
  const route = useRoute();
  const router = useRouter();
  const page = computed(() => Math.max(1, Math.trunc(Number(route.query.page)) || 1));
  const searched = computed(() => (typeof route.query.search === 'string' ? route.query.search : ''));
  const { result, error, refetch } = useQuery(
    PersonasDocument,
    () => ({ page: page.value, limit, search: searched.value || null }),
    { fetchPolicy: 'cache-and-network', keepPreviousResult: true },
  );

  const search = ref(searched.value);
  let timer: ReturnType<typeof setTimeout>;
  watch(search, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => router.replace({ query: text.trim() ? { search: text.trim() } : {} }), rest);
  });
  watch(searched, (text) => {
    if (text !== search.value.trim()) search.value = text;
  });

  return {
    page, search, searched, refetch,
    goTo: (next: number) => router.push({ query: { ...route.query, page: next > 1 ? String(next) : undefined } }),
    personas: computed(() => result.value?.personas.data ?? []),
    pagination: computed(() => result.value?.personas.pagination),
    isLoading: computed(() => !result.value && !error.value),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}
