import { useMutation, useQuery } from '@vue/apollo-composable';
import { computed, reactive, ref, shallowRef } from 'vue';
import { tell, tellFault } from '../../components/toasts';
import { faultOf, type Fault } from '../../graphql/fault';
import type { MemberRole } from '../../graphql/schema';
import { t } from '../../texts';
import { AddMemberDocument, MembersDocument, RemoveMemberDocument, UpdateMemberDocument, type MemberFields } from './members.operations';

/** Those with whom a persona is shared, and what its owner can do about them. */
export function useMembers(personaId: () => string) {
  const { result, error, refetch } = useQuery(MembersDocument, () => ({ personaId: personaId() }), { fetchPolicy: 'cache-and-network' });
  const { mutate: update } = useMutation(UpdateMemberDocument);
  const { mutate: removeMember } = useMutation(RemoveMemberDocument, {
    update: (cache, { data }) => {
      cache.evict({ id: `Member:${data?.removeMember}` });
      cache.gc();
    },
  });

  /** A refusal is told, and what is shown becomes again what the server has. */
  async function attempt(work: () => Promise<unknown>, done: string): Promise<void> {
    try {
      await work();
      tell(done);
    } catch (thrown) {
      tellFault(faultOf(thrown));
      await refetch();
    }
  }

  return {
    refetch,
    members: computed(() => result.value?.members ?? []),
    isLoading: computed(() => !result.value && !error.value),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
    /** Shown at once, and taken back when the server refuses. */
    setRole: (member: MemberFields, role: MemberRole) => attempt(
      () => update({ personaId: personaId(), memberId: member.id, role }, { optimisticResponse: { updateMember: { ...member, role } } }),
      t.members.changed(member.userName, t.members.role[role]),
    ),
    remove: ({ id, userName }: MemberFields) => attempt(() => removeMember({ personaId: personaId(), memberId: id }), t.members.removed(userName)),
  };
}

/** The form that shares a persona with someone. */
export function useAddMember(personaId: () => string) {
  const fields = reactive({ userEmail: '', role: 'viewer' as MemberRole });
  const fault = shallowRef<Fault | null>(null);
  const isBusy = ref(false);
  const { mutate } = useMutation(AddMemberDocument, {
    refetchQueries: () => [{ query: MembersDocument, variables: { personaId: personaId() } }], awaitRefetchQueries: true,
  });

  async function submit() {
    isBusy.value = true;
    fault.value = null;
    try {
      const { userName, role } = (await mutate({ personaId: personaId(), input: { ...fields } }))!.data!.addMember;
      fields.userEmail = '';
      tell(t.members.added(userName, t.members.role[role]));
    } catch (thrown) {
      fault.value = faultOf(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  return { fields, fault, isBusy, submit };
}
