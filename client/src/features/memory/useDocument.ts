import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { faultOf } from '../../graphql/fault';
import { usePolling } from '../../graphql/usePolling';
import { DocumentDocument, PassagesDocument } from './memory.operations';

/** How many passages a page has, as the query says. */
const perPage = 20;

/** The page of a document's passages that a passage is on. */
export const pageOfPassage = (chunkIndex: number) => Math.floor(chunkIndex / perPage) + 1;

/** A document and a page of its passages, which are there as soon as it has been read. */
export function useDocument(personaId: () => string, documentId: () => string, page: () => number) {
  const ids = () => ({ personaId: personaId(), documentId: documentId() });
  const { result, error, refetch } = useQuery(DocumentDocument, ids, { fetchPolicy: 'cache-and-network' });
  const document = computed(() => result.value?.document);
  const isRead = computed(() => document.value?.status === 'completed');
  usePolling(refetch, () => (document.value?.status === 'processing' ? 1_500 : 30_000));

  const passages = useQuery(PassagesDocument, () => ({ ...ids(), page: page() }), () => ({ enabled: isRead.value, keepPreviousResult: true }));
  return {
    document, refetch,
    passages: computed(() => passages.result.value?.passages.data),
    pagination: computed(() => passages.result.value?.passages.pagination),
    fault: computed(() => (error.value && !document.value ? faultOf(error.value) : null)),
    passagesFault: computed(() => (passages.error.value && !passages.result.value ? faultOf(passages.error.value) : null)),
    retryPassages: passages.refetch,
  };
}
