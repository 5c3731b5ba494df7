import { ApolloClient, from, fromPromise, HttpLink, InMemoryCache, Observable } from '@apollo/client/core';
import { setContext } from '@apollo/client/link/context';
import { onError } from '@apollo/client/link/error';
import { freshToken, renewSession } from '../features/auth/session';

const withToken = setContext(async (_operation, { headers }) => {
  const token = await freshToken();
  return { headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) } };
});

/** Operations that answer UNAUTHORIZED for other reasons than an old token. */
const openOperations = new Set(['Login', 'Logout']);

/** Exchanges the tokens and asks once more, when the server no longer takes the one that was sent. */
const renewing = onError(({ graphQLErrors, operation, forward }) => {
  const isRefused = graphQLErrors?.some(({ extensions }) => extensions?.code === 'UNAUTHORIZED');
  if (!isRefused || openOperations.has(operation.operationName) || operation.getContext().isRetry) return undefined;
  operation.setContext({ isRetry: true });
  return fromPromise(renewSession().catch(() => false))
    .flatMap((isRenewed) => (isRenewed ? forward(operation) : Observable.of({ errors: graphQLErrors })));
});

export const apollo = new ApolloClient({
  link: from([renewing, withToken, new HttpLink({ uri: '/graphql' })]),
  cache: new InMemoryCache({
    typePolicies: {
      // Lists that are replaced as a whole, never merged.
      Query: { fields: { personaTools: { merge: false }, agents: { merge: false } } },
      Persona: { fields: { agents: { merge: false } } },
      Run: { fields: { steps: { merge: false }, artifacts: { merge: false } } },
    },
  }),
});
