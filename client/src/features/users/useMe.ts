import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { faultOf } from '../../graphql/fault';
import { keepUser } from '../auth/session';
import { MeDocument } from './users.operations';

/** Who is signed in, as the server knows them now; a role that was changed since the sign-in is taken over. */
export function useMe() {
  const { result, error, refetch, onResult } = useQuery(MeDocument, {}, { fetchPolicy: 'cache-and-network' });
  onResult(({ data }) => data && keepUser(data.me));
  return {
    refetch,
    me: computed(() => result.value?.me),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}
