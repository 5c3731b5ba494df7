import { useMutation } from '@vue/apollo-composable';
import { reactive } from 'vue';
import { useSubmit } from '../../graphql/useSubmit';
import { RegisterDocument } from './auth.operations';
import { beginSession } from './session';

/** The form that makes an account and signs in with it; `done` follows a success. */
export function useRegister(done: () => unknown) {
  const fields = reactive({ name: '', email: '', password: '' });
  const { mutate } = useMutation(RegisterDocument);
  const submission = useSubmit(async () => {
    const answer = await mutate({ ...fields });
    const { token, refreshToken, user } = answer!.data!.register;
    beginSession({ token, refreshToken, user });
    await done();
  });
  return { fields, ...submission };
}
