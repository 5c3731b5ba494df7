import { useMutation, useQuery } from '@vue/apollo-composable';
import { computed, reactive, ref, shallowRef } from 'vue';
import { tellFault } from '../../components/toasts';
import { faultOf, type Fault } from '../../graphql/fault';
import { AgentsDocument, CreateAgentDocument, DeleteAgentDocument, UpdateAgentDocument, type AgentFields } from './agents.operations';

/** The agents of a persona, and what can be done to them in the list. */
export function useAgents(personaId: () => string) {
  const { result, error, refetch } = useQuery(AgentsDocument, () => ({ personaId: personaId() }), { fetchPolicy: 'cache-and-network' });
  const { mutate: update } = useMutation(UpdateAgentDocument);
  const { mutate: remove } = useMutation(DeleteAgentDocument, {
    update: (cache, { data }) => {
      cache.evict({ id: `Agent:${data?.deleteAgent}` });
      cache.gc();
    },
  });

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      tellFault(faultOf(thrown));
      return false;
    }
  }

  return {
    refetch,
    agents: computed(() => result.value?.agents ?? []),
    isLoading: computed(() => !result.value && !error.value),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
    /** Shown at once, and taken back when the server refuses. */
    setActive: (agent: AgentFields, isActive: boolean) =>
      attempt(() => update({ id: agent.id, input: { isActive } }, { optimisticResponse: { updateAgent: { ...agent, isActive } } })),
    remove: ({ id }: AgentFields) => attempt(() => remove({ id })),
  };
}

/** The form of a new agent or, given one, of its changes; `saved` follows a success. */
export function useAgentForm(personaId: string, agent: AgentFields | null, saved: () => unknown) {
  const fields = reactive({
    name: agent?.name ?? '', description: agent?.description ?? '', systemPromptOverride: agent?.systemPromptOverride ?? '', preferredProvider: agent?.preferredProvider ?? '',
  });
  const fault = shallowRef<Fault | null>(null);
  const isBusy = ref(false);
  const { mutate: create } = useMutation(CreateAgentDocument, { refetchQueries: [{ query: AgentsDocument, variables: { personaId } }], awaitRefetchQueries: true });
  const { mutate: update } = useMutation(UpdateAgentDocument);

  async function submit() {
    isBusy.value = true;
    fault.value = null;
    const input = {
      name: fields.name, description: fields.description.trim() || null,
      systemPromptOverride: fields.systemPromptOverride.trim() || null, preferredProvider: fields.preferredProvider || null,
    };
    try {
      await (agent ? update({ id: agent.id, input }) : create({ personaId, input }));
      await saved();
    } catch (thrown) {
      fault.value = faultOf(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  return { fields, fault, isBusy, submit };
}
