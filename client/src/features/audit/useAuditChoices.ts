import { useQuery } from '@vue/apollo-composable';
import { computed, ref, type Ref } from 'vue';
import { useDebounced } from '../../useDebounced';
import { user } from '../auth/session';
import { UsersDocument } from '../admin/admin.operations';
import { PersonasDocument } from '../personas/personas.operations';
import type { AuditRow } from './audit.operations';

interface Choice {
  id: string;
  text: string;
  note?: string;
}

const limit = 20;
const wide = { fetchPolicy: 'cache-and-network', keepPreviousResult: true } as const;

/** Whom the log can be narrowed to: for an administrator everyone, for others themselves and those who are in what they see. */
export function useUserChoices(rows: Ref<readonly AuditRow[]>) {
  const search = ref('');
  const searched = useDebounced(search);
  const isAdmin = computed(() => user.value?.role === 'admin');
  const { result } = useQuery(UsersDocument, () => ({ page: 1, limit, search: searched.value || null }), () => ({ ...wide, enabled: isAdmin.value }));

  const items = computed<Choice[]>(() => {
    if (isAdmin.value) return (result.value?.users.data ?? []).map(({ id, name, email }) => ({ id, text: name, note: email }));
    const seen = rows.value.flatMap(({ userId, userName }) => (userId && userName ? [[userId, userName] as const] : []));
    const all = new Map([[user.value!.id, user.value!.name] as const, ...seen]);
    const part = search.value.trim().toLowerCase();
    return [...all].map(([id, text]) => ({ id, text })).filter(({ text }) => text.toLowerCase().includes(part));
  });
  return { search, items };
}

/** The personas that the log can be narrowed to. */
export function usePersonaChoices() {
  const search = ref('');
  const searched = useDebounced(search);
  const { result } = useQuery(PersonasDocument, () => ({ page: 1, limit, search: searched.value || null }), wide);
  const items = computed<Choice[]>(() => (result.value?.personas.data ?? []).map(({ id, name, ownerName, viewerRole }) =>
    ({ id, text: name, note: viewerRole === 'owner' ? undefined : ownerName })));
  return { search, items };
}
