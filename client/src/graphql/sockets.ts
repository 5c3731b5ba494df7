import { CloseCode, createClient, type Client } from 'graphql-ws';
import { freshToken } from '../features/auth/session';

/** A socket that says nothing for so long after a ping is dead, in milliseconds. */
const longestSilence = 5_000;

let watchdog: ReturnType<typeof setTimeout> | undefined;

/** The socket that subscriptions share. It does not come back by itself: who watches knows from where to go on. */
export const sockets: Client = createClient({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
  connectionParams: async () => ({ token: await freshToken() }),
  retryAttempts: 0,
  keepAlive: 15_000,
  on: {
    ping: (isReceived) => {
      if (!isReceived) watchdog = setTimeout(() => sockets.terminate(), longestSilence);
    },
    pong: (isReceived) => {
      if (isReceived) clearTimeout(watchdog);
    },
    closed: () => clearTimeout(watchdog),
  },
});

/** Whether the server closed the socket because of who asks. */
export const isRefusal = (thrown: unknown) =>
  thrown instanceof CloseEvent && [CloseCode.Forbidden, CloseCode.Unauthorized].includes(thrown.code);
