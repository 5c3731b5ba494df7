import { useQuery } from '@vue/apollo-composable';
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue';
import { faultOf } from '../../graphql/fault';
import { PersonaDocument, ProvidersDocument, type PersonaDetails } from './personas.operations';

const key: InjectionKey<ComputedRef<PersonaDetails>> = Symbol('persona');

/** One persona, also for the panels below its page. */
export function usePersona(id: () => string) {
  const { result, error, refetch } = useQuery(PersonaDocument, () => ({ id: id() }), { fetchPolicy: 'cache-and-network' });
  const persona = computed(() => (result.value?.persona.id === id() ? result.value.persona : null));
  provide(key, computed(() => persona.value!));
  return { persona, refetch, fault: computed(() => (error.value ? faultOf(error.value) : null)) };
}

/** The persona of the page that a panel is on, and what the viewer may do there. */
export function useThisPersona() {
  const persona = inject(key)!;
  return { persona, mayEdit: computed(() => persona.value.viewerRole !== 'viewer'), mayDelete: computed(() => persona.value.viewerRole === 'owner') };
}

/** Who can be named as a provider, and who of them is configured. */
export function useProviders() {
  const { result } = useQuery(ProvidersDocument, {}, { fetchPolicy: 'cache-and-network' });
  return computed(() => result.value?.providers ?? []);
}
