import { useQuery } from '@vue/apollo-composable';
import { computed, ref } from 'vue';
import type { PickerItem } from '../../components/picker';
import { useDebounced } from '../../useDebounced';
import { PersonasDocument } from './personas.operations';

const limit = 20;

/** The personas that a list can be narrowed to, found by name. */
export function usePersonaChoices() {
  const search = ref('');
  const searched = useDebounced(search);
  const { result } = useQuery(
    PersonasDocument,
    () => ({ page: 1, limit, search: searched.value || null }),
    { fetchPolicy: 'cache-and-network', keepPreviousResult: true },
  );
  const items = computed<PickerItem[]>(() => (result.value?.personas.data ?? []).map(({ id, name, ownerName, viewerRole }) =>
    ({ id, text: name, note: viewerRole === 'owner' ? undefined : ownerName })));
  return { search, items };
}
