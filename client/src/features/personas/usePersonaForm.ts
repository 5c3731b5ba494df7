import { useApolloClient, useMutation } from '@vue/apollo-composable';
import { reactive, ref, shallowRef } from 'vue';
import { faultOf, type Fault } from '../../graphql/fault';
import { conflictBetween, fieldsOf, names, type EditConflict, type PersonaField, type PersonaFields } from './editConflict';
import { CreatePersonaDocument, PersonaDocument, UpdatePersonaDocument, type PersonaDetails } from './personas.operations';

const emptyFields: PersonaFields = { name: '', description: '', systemPrompt: '', defaultProvider: '', fallbackProviders: [], isActive: true };

/** The form of a new persona or, given one, of its changes; `saved` follows a success. */
export function usePersonaForm(persona: PersonaDetails | null, saved: (persona: PersonaDetails) => void) {
  const fields = reactive<PersonaFields>(persona ? fieldsOf(persona) : { ...emptyFields, fallbackProviders: [] });
  const fault = shallowRef<Fault | null>(null);
  const isBusy = ref(false);
  const { conflict, compare, settle } = useConflict(fields);
  /** The persona that the changes begin with. */
  let base = persona;
  const write = useWriting(fields);

  async function submit() {
    isBusy.value = true;
    fault.value = conflict.value = null;
    try {
      const written = await write(base);
      if (base) base = written;
      await saved(written);
    } catch (thrown) {
      const found = faultOf(thrown);
      fault.value = base && found.code === 'EDIT_CONFLICT' ? await compare(base, found.details.updatedBy) : found;
    } finally {
      isBusy.value = false;
    }
  }

  /** Ends a conflict with what is typed here, except where only the other one changed something. */
  function keepMine() {
    base = settle(conflict.value!.onlyTheirs);
    return submit();
  }

  function takeTheirs() {
    base = settle(names);
  }

  return { fields, fault, conflict, isBusy, submit, keepMine, takeTheirs };
}

/** Writes the fields to the server: as changes to `base`, or as a new persona. */
function useWriting(fields: PersonaFields) {
  const { mutate: create } = useMutation(CreatePersonaDocument, {
    update: (cache) => void cache.evict({ fieldName: 'personas' }),
  });
  const { mutate: update } = useMutation(UpdatePersonaDocument);
  return async (base: PersonaDetails | null): Promise<PersonaDetails> => {
    const { isActive, ...input } = { ...fields, description: fields.description.trim() || null };
    if (base) return (await update({ id: base.id, input: { ...input, isActive, expectedUpdatedAt: base.updatedAt } }))!.data!.updatePersona;
    return (await create({ input: { ...input, defaultProvider: input.defaultProvider || null } }))!.data!.createPersona;
  };
}

/** What differs between what is typed and what somebody else has saved meanwhile. */
function useConflict(fields: PersonaFields) {
  const conflict = shallowRef<EditConflict | null>(null);
  const { client } = useApolloClient();

  /** Reads what the other one has made of it; gives a fault when that cannot be read. */
  async function compare(base: PersonaDetails, who: string | undefined): Promise<Fault | null> {
    try {
      const { data } = await client.query({ query: PersonaDocument, variables: { id: base.id }, fetchPolicy: 'network-only' });
      conflict.value = conflictBetween(base, data.persona, fields, who);
      return null;
    } catch (thrown) {
      return faultOf(thrown);
    }
  }

  /** Ends the conflict: takes some fields from the other one, whose persona is what changes begin with from now on. */
  function settle(theirFields: readonly PersonaField[]): PersonaDetails {
    const { theirs } = conflict.value!;
    for (const name of theirFields) Object.assign(fields, { [name]: fieldsOf(theirs)[name] });
    conflict.value = null;
    return theirs;
  }

  return { conflict, compare, settle };
}
