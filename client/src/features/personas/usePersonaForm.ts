import { useMutation } from '@vue/apollo-composable';
import { reactive, ref, shallowRef } from 'vue';
import { faultOf, type Fault } from '../../graphql/fault';
import { CreatePersonaDocument, UpdatePersonaDocument, type PersonaDetails } from './personas.operations';

const emptyFields = { name: '', description: '', systemPrompt: '', defaultProvider: '', fallbackProviders: [] as string[], isActive: true };
export type PersonaFields = typeof emptyFields;

const fieldsOf = (persona: PersonaDetails): PersonaFields => {
  const { name, description, systemPrompt, defaultProvider, fallbackProviders, isActive } = persona;
  return { name, description: description ?? '', systemPrompt, defaultProvider, fallbackProviders: [...fallbackProviders], isActive };
};

/** The form of a new persona or, given one, of its changes; `saved` follows a success. */
export function usePersonaForm(persona: PersonaDetails | null, saved: (persona: PersonaDetails) => void) {
  const fields = reactive<PersonaFields>(persona ? fieldsOf(persona) : { ...emptyFields, fallbackProviders: [] });
  const fault = shallowRef<Fault | null>(null);
  const isBusy = ref(false);
  const { mutate: create } = useMutation(CreatePersonaDocument, {
    update: (cache) => void cache.evict({ fieldName: 'personas' }),
  });
  const { mutate: update } = useMutation(UpdatePersonaDocument);

  async function write(): Promise<PersonaDetails> {
    const { isActive, ...input } = { ...fields, description: fields.description.trim() || null };
    if (persona) return (await update({ id: persona.id, input: { ...input, isActive } }))!.data!.updatePersona;
    return (await create({ input: { ...input, defaultProvider: input.defaultProvider || null } }))!.data!.createPersona;
  }

  async function submit() {
    isBusy.value = true;
    fault.value = null;
    try {
      await saved(await write());
    } catch (thrown) {
      fault.value = faultOf(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  return { fields, fault, isBusy, submit };
}
