import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { PlatformDocument } from './platform.operations';

/** What the platform offers to someone who has not signed in. Asked anew each time, since the first account changes it. */
export function usePlatform() {
  const { result, onResult } = useQuery(PlatformDocument, {}, { fetchPolicy: 'network-only' });
  return {
    onResult,
    registration: computed(() => result.value?.platform.registration),
    demoAccounts: computed(() => result.value?.platform.demoAccounts ?? []),
  };
}
