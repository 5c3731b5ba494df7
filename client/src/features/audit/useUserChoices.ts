import { useQuery } from '@vue/apollo-composable';
import { computed, ref, type Ref } from 'vue';
import type { PickerItem } from '../../components/picker';
import { useDebounced } from '../../useDebounced';
import { user } from '../auth/session';
import { UsersDocument } from '../admin/admin.operations';
import type { AuditRow } from './audit.operations';

const limit = 20;

/** Whom the log can be narrowed to: for an administrator everyone, for others themselves and those who are in what they see. */
export function useUserChoices(rows: Ref<readonly AuditRow[]>) {
  const search = ref('');
  const searched = useDebounced(search);
  const isAdmin = computed(() => user.value?.role === 'admin');
  const { result } = useQuery(UsersDocument, () => ({ page: 1, limit, search: searched.value || null }), () => ({ enabled: isAdmin.value, fetchPolicy: 'cache-and-network', keepPreviousResult: true }));

  const items = computed<PickerItem[]>(() => {
    if (isAdmin.value) return (result.value?.users.data ?? []).map(({ id, name, email }) => ({ id, text: name, note: email }));
    const seen = rows.value.flatMap(({ userId, userName }) => (userId && userName ? [[userId, userName] as const] : []));
    const all = new Map([[user.value!.id, user.value!.name] as const, ...seen]);
    const part = search.value.trim().toLowerCase();
    return [...all].map(([id, text]) => ({ id, text })).filter(({ text }) => text.toLowerCase().includes(part));
  });
  return { search, items };
}
