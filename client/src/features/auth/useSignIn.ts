import { useMutation } from '@vue/apollo-composable';
import { reactive } from 'vue';
import { useRouter } from 'vue-router';
import { apollo } from '../../graphql/apollo';
import { useSubmit } from '../../graphql/useSubmit';
import { LoginDocument, LogoutDocument } from './auth.operations';
import { beginSession, endSession } from './session';

/** The form that signs in; `done` follows a success. */
export function useSignIn(done: () => unknown) {
  const fields = reactive({ email: '', password: '' });
  const { mutate } = useMutation(LoginDocument);
  const submission = useSubmit(async () => {
    const answer = await mutate({ ...fields });
    const { token, refreshToken, user } = answer!.data!.login;
    beginSession({ token, refreshToken, user });
    await done();
  });
  return { fields, ...submission };
}

/** Ends the session here and on the server, and forgets all that was loaded. */
export function useSignOut() {
  const router = useRouter();
  return async () => {
    // The session ends here even when the server cannot be told.
    await apollo.mutate({ mutation: LogoutDocument }).catch(() => undefined);
    endSession();
    await router.push({ name: 'signIn' });
    await apollo.clearStore();
  };
}
