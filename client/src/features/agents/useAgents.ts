import { useApolloClient, useMutation, useQuery } from '@vue/apollo-composable';
import { computed, reactive } from 'vue';
import { useEditing } from '../../components/editConflict';
import { tellFault } from '../../components/toasts';
import { faultOf } from '../../graphql/fault';
import { AgentDocument, AgentsDocument, CreateAgentDocument, DeleteAgentDocument, UpdateAgentDocument, type AgentFields } from './agents.operations';

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

const fieldsOf = (agent: AgentFields | null) => ({
  name: agent?.name ?? '', description: agent?.description ?? '', systemPromptOverride: agent?.systemPromptOverride ?? '', preferredProvider: agent?.preferredProvider ?? '',
});

/** The form of a new agent or, given one, of its changes; `saved` follows a success. */
export function useAgentForm(personaId: string, agent: AgentFields | null, saved: () => unknown) {
  const fields = reactive(fieldsOf(agent));
  const { client } = useApolloClient();
  const { mutate: create } = useMutation(CreateAgentDocument, { refetchQueries: [{ query: AgentsDocument, variables: { personaId } }], awaitRefetchQueries: true });
  const { mutate: update } = useMutation(UpdateAgentDocument);

  async function read({ id }: AgentFields): Promise<AgentFields> {
    return (await client.query({ query: AgentDocument, variables: { id }, fetchPolicy: 'network-only' })).data.agent;
  }

  async function write(base: AgentFields | null): Promise<AgentFields> {
    const input = {
      name: fields.name, description: fields.description.trim() || null,
      systemPromptOverride: fields.systemPromptOverride.trim() || null, preferredProvider: fields.preferredProvider || null,
    };
    if (base) return (await update({ id: base.id, input: { ...input, expectedUpdatedAt: base.updatedAt } }))!.data!.updateAgent;
    return (await create({ personaId, input }))!.data!.createAgent;
  }

  return { fields, ...useEditing<AgentFields, ReturnType<typeof fieldsOf>>({ row: agent, fields, fieldsOf, read, write, saved }) };
}
