import { useMutation } from '@vue/apollo-composable';
import { reactive, ref, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { apollo } from '../../graphql/apollo';
import { faultOf, type Fault } from '../../graphql/fault';
import { LoginDocument, LogoutDocument } from './auth.operations';
import { beginSession, endSession } from './session';

/** The documented accounts, for servers that have them. */
export const demoAccounts = [
  { email: 'demo@persona-platform.local', password: 'demo123', role: 'user' },
  { email: 'admin@persona-platform.local', password: 'admin123', role: 'admin' },
] as const;

/** The server says so in the page itself, so that nobody is offered accounts that do not exist. */
export const hasDemoAccounts = () => document.querySelector<HTMLMetaElement>('meta[name="demo-accounts"]')?.content === 'on';

/** The form that signs in; `done` follows a success. */
export function useSignIn(done: () => unknown) {
  const fields = reactive({ email: '', password: '' });
  const fault = shallowRef<Fault | null>(null);
  const isBusy = ref(false);
  const { mutate } = useMutation(LoginDocument);

  async function submit() {
    isBusy.value = true;
    fault.value = null;
    try {
      const answer = await mutate({ ...fields });
      const { token, refreshToken, user } = answer!.data!.login;
      beginSession({ token, refreshToken, user });
      await done();
    } catch (thrown) {
      fault.value = faultOf(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  return { fields, fault, isBusy, submit };
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
