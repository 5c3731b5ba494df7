import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { faultOf } from '../../graphql/fault';
import { AgentChoicesDocument } from './agents.operations';

/** An agent that the viewer may give a request to. */
export interface AgentChoice {
  id: string;
  name: string;
  description: string | null;
  personaId: string;
  personaName: string;
}

/** All agents that take requests from the viewer, by persona. */
export function useAgentChoices() {
  const { result, error, refetch } = useQuery(AgentChoicesDocument, {}, { fetchPolicy: 'cache-and-network' });
  const personas = computed(() => result.value?.personas.data ?? []);
  const choices = computed<AgentChoice[]>(() =>
    personas.value
      .filter(({ isActive, viewerRole }) => isActive && viewerRole !== 'viewer')
      .flatMap((persona) => persona.agents
        .filter(({ isActive }) => isActive)
        .map(({ id, name, description }) => ({ id, name, description, personaId: persona.id, personaName: persona.name }))));
  return {
    personas, choices, refetch,
    isLoading: computed(() => !result.value && !error.value),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}
