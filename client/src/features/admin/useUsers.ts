import { useMutation, useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { tell, tellFault } from '../../components/toasts';
import { faultOf } from '../../graphql/fault';
import type { UpdateUserInput, UserRole } from '../../graphql/schema';
import { useAddress } from '../../useAddress';
import { useSearch } from '../../useSearch';
import { UpdateUserDocument, UsersDocument } from './admin.operations';

export const roles: UserRole[] = ['user', 'admin'];
const limit = 25;

/** The list of users that the address bar asks for. */
export function useUsers() {
  const address = useAddress();
  const { text, show, page } = address;
  const role = computed(() => roles.find((known) => known === text('role')) ?? ('' as const));
  const { result, error, refetch } = useQuery(
    UsersDocument,
    () => ({ page: page.value, limit, role: role.value || null, search: text('search') || null }),
    { fetchPolicy: 'cache-and-network', keepPreviousResult: true },
  );

  return {
    role, show, refetch,
    search: useSearch(address),
    users: computed(() => result.value?.users.data ?? []),
    pagination: computed(() => result.value?.users.pagination),
    count: computed(() => Number(!!role.value) + Number(!!text('search'))),
    clear: () => show({ role: '', search: '' }),
    fault: computed(() => (error.value && (!result.value || faultOf(error.value).code === 'FORBIDDEN') ? faultOf(error.value) : null)),
  };
}

/** Changes an account and says so, or says why not in the server's words. */
export function useUpdateUser() {
  const { mutate } = useMutation(UpdateUserDocument);
  return (id: string, input: UpdateUserInput, done: string) =>
    mutate({ id, input }).then(() => tell(done), (thrown) => tellFault(faultOf(thrown)));
}
