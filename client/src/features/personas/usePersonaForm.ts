import { useApolloClient, useMutation } from '@vue/apollo-composable';
import { reactive } from 'vue';
import { useEditing } from '../../components/editConflict';
import { CreatePersonaDocument, PersonaDocument, UpdatePersonaDocument, type PersonaDetails } from './personas.operations';

/** What can be changed of a persona, as it stands in the form. */
interface PersonaFields {
  name: string;
  description: string;
  systemPrompt: string;
  defaultProvider: string;
  fallbackProviders: string[];
  isActive: boolean;
}

const fieldsOf = (persona: PersonaDetails | null): PersonaFields => ({
  name: persona?.name ?? '', description: persona?.description ?? '', systemPrompt: persona?.systemPrompt ?? '',
  defaultProvider: persona?.defaultProvider ?? '', fallbackProviders: [...(persona?.fallbackProviders ?? [])], isActive: persona?.isActive ?? true,
});

/** The form of a new persona or, given one, of its changes; `saved` follows a success. */
export function usePersonaForm(persona: PersonaDetails | null, saved: (persona: PersonaDetails) => void) {
  const fields = reactive(fieldsOf(persona));
  const { client } = useApolloClient();
  const { mutate: create } = useMutation(CreatePersonaDocument, {
    update: (cache) => void cache.evict({ fieldName: 'personas' }),
  });
  const { mutate: update } = useMutation(UpdatePersonaDocument);

  async function read({ id }: PersonaDetails): Promise<PersonaDetails> {
    return (await client.query({ query: PersonaDocument, variables: { id }, fetchPolicy: 'network-only' })).data.persona;
  }

  async function write(base: PersonaDetails | null): Promise<PersonaDetails> {
    const { isActive, ...input } = { ...fields, description: fields.description.trim() || null };
    if (base) return (await update({ id: base.id, input: { ...input, isActive, expectedUpdatedAt: base.updatedAt } }))!.data!.updatePersona;
    return (await create({ input: { ...input, defaultProvider: input.defaultProvider || null } }))!.data!.createPersona;
  }

  return { fields, ...useEditing<PersonaDetails, PersonaFields>({ row: persona, fields, fieldsOf, read, write, saved }) };
}
