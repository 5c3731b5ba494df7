import { computed, ref, shallowRef } from 'vue';
import { print } from 'graphql';
import type { UserRole } from '../../graphql/schema';
import { RefreshTokenDocument, type RefreshTokenData } from './auth.operations';

export interface SignedInUser {
  id: string;
  name: string;
  email: string;
  role: UserRole;
}

interface Session {
  token: string;
  refreshToken: string;
  user: SignedInUser;
}

const storageKey = 'persona-platform.session';
/** An access token is exchanged when it is this near to its end, in seconds. */
const margin = 60;

const session = shallowRef(stored());

/** Who is signed in, or null. */
export const user = computed(() => session.value?.user ?? null);

/** True when the session ended by itself: the page stays as it is until someone signs in again. */
export const hasExpired = ref(false);

// Another window signed in, out, or exchanged the tokens.
window.addEventListener('storage', ({ key }) => {
  if (key !== storageKey && key !== null) return;
  const before = user.value?.id;
  session.value = stored();
  if (before !== user.value?.id) location.reload();
});

function stored(): Session | null {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Session | null;
  } catch {
    return null;
  }
}

function store(next: Session | null): void {
  session.value = next;
  if (next) localStorage.setItem(storageKey, JSON.stringify(next));
  else localStorage.removeItem(storageKey);
}

export function beginSession(next: Session): void {
  hasExpired.value = false;
  store(next);
}

/** Takes over what has changed about who is signed in: an administrator may give them another role. */
export function keepUser({ id, name, email, role }: SignedInUser): void {
  const known = session.value;
  if (known?.user.id !== id || (known.user.name === name && known.user.email === email && known.user.role === role)) return;
  store({ ...known, user: { id, name, email, role } });
}

export const endSession = () => store(null);

/** A token that is good for now, or null when nobody is signed in. */
export async function freshToken(): Promise<string | null> {
  if (session.value && secondsLeft(session.value.token) < margin) await renewSession();
  return session.value?.token ?? null;
}

function secondsLeft(token: string): number {
  try {
    const { exp } = JSON.parse(atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'))) as { exp?: number };
    return exp === undefined ? Infinity : exp - Date.now() / 1000;
  } catch {
    return 0;
  }
}

let renewing: Promise<boolean> | undefined;

/** Exchanges the tokens for new ones; false when the session is over, which the viewer is then told. */
export function renewSession(): Promise<boolean> {
  renewing ??= inTurn(renew).finally(() => (renewing = undefined));
  return renewing;
}

/** One window at a time: a refresh token that is used twice ends its session. */
const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request(storageKey, work) as Promise<T> : work();

async function renew(): Promise<boolean> {
  const known = session.value;
  const latest = stored();
  if (!known || !latest) return false;
  if (latest.token !== known.token) {
    session.value = latest;
    return true;
  }
  const tokens = await exchange(latest.refreshToken);
  if (tokens) store({ ...latest, ...tokens });
  else hasExpired.value = true;
  return tokens !== null;
}

/** New tokens, or null when the server refuses; throws when it cannot be reached. */
async function exchange(refreshToken: string): Promise<RefreshTokenData['refreshToken'] | null> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(RefreshTokenDocument), variables: { refreshToken } }),
  });
  const { data, errors } = (await answer.json()) as { data?: RefreshTokenData; errors?: { extensions?: { code?: string } }[] };
  if (data?.refreshToken) return data.refreshToken;
  if (errors?.[0]?.extensions?.code === 'UNAUTHORIZED') return null;
  throw new Error('The session could not be renewed');
}
