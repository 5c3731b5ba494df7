import { useMutation, useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { tell, tellFault } from '../../components/toasts';
import { faultOf } from '../../graphql/fault';
import { usePolling } from '../../graphql/usePolling';
import { t } from '../../texts';
import { DeleteDocumentDocument, DocumentsDocument } from './memory.operations';

/** The page of a persona's documents that the address bar asks for, in step with what is being read. */
export function useDocuments(personaId: () => string) {
  const route = useRoute();
  const router = useRouter();
  const page = computed(() => Math.max(1, Math.trunc(Number(route.query.page)) || 1));
  const { result, error, refetch } = useQuery(
    DocumentsDocument, () => ({ personaId: personaId(), page: page.value }), { fetchPolicy: 'cache-and-network', keepPreviousResult: true },
  );
  const documents = computed(() => result.value?.documents.data ?? []);
  usePolling(refetch, () => (documents.value.some(({ status }) => status === 'processing') ? 1_500 : 20_000));

  return {
    documents, page, refetch,
    pagination: computed(() => result.value?.documents.pagination),
    goTo: (next: number) => router.push({ query: { ...route.query, page: next > 1 ? String(next) : undefined } }),
    isLoading: computed(() => !result.value && !error.value),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}

/** Deletes documents of a persona; tells of it, and gives whether it was done. */
export function useDeleteDocument(personaId: () => string) {
  const { mutate } = useMutation(DeleteDocumentDocument, {
    update: (cache, { data }) => {
      cache.evict({ id: `Document:${data?.deleteDocument}` });
      cache.evict({ fieldName: 'searchMemory' });
      cache.gc();
    },
  });
  return async (documentId: string): Promise<boolean> => {
    try {
      await mutate({ personaId: personaId(), documentId });
      tell(t.memory.deleted);
      return true;
    } catch (thrown) {
      tellFault(faultOf(thrown));
      return false;
    }
  };
}
