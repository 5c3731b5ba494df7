import { useQuery } from '@vue/apollo-composable';
import { computed, ref } from 'vue';
import { faultOf } from '../../graphql/fault';
import { keepUser } from '../auth/session';
import { MeDocument } from './users.operations';

/** Who is signed in, as the server knows them now; a role that was changed since the sign-in is taken over. */
export function useMe() {
  // In a task of its own, after the page has been drawn: what was known at the sign-in is there already.
  const isDrawn = ref(false);
  setTimeout(() => (isDrawn.value = true));
  const { result, error, refetch, onResult } = useQuery(MeDocument, {}, () => ({ fetchPolicy: 'cache-and-network', enabled: isDrawn.value }));
  onResult(({ data }) => data && keepUser(data.me));
  return {
    refetch,
    me: computed(() => result.value?.me),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}
