/* The page at /graphql: GraphiQL with a field for the access token, which is used for requests and for subscriptions. */
const { createElement } = window.React;
const tokenField = document.getElementById('token');
const state = document.getElementById('state');
const storageKey = 'persona-platform-token';

const address = new URL('/graphql', location.href);
const socketAddress = new URL(address);
socketAddress.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';

/** The tab remembers the token, and forgets it when it is closed. */
const token = () => tokenField.value.trim();
tokenField.value = sessionStorage.getItem(storageKey) ?? '';
tokenField.addEventListener('input', () => {
  sessionStorage.setItem(storageKey, token());
  showState();
  // A connection belongs to the token that opened it; the next subscription opens another.
  sockets.terminate();
});

function showState() {
  state.textContent = token() ? 'Signed in by token' : 'Not signed in: run the login mutation and paste its token';
}

const sockets = window.graphqlWs.createClient({
  url: socketAddress.href,
  connectionParams: () => ({ token: token() }),
  lazy: true,
  shouldRetry: () => false,
});

const fetcher = window.GraphiQL.createFetcher({
  url: address.href,
  wsClient: sockets,
  fetch: (url, options) =>
    fetch(url, { ...options, headers: { ...options.headers, ...(token() && { authorization: `Bearer ${token()}` }) } }),
});

const firstQuery = `# Sign in, then paste the token
# into the field above.
mutation SignIn {
  login(
    email: "demo@persona-platform.local"
    password: "demo123"
  ) {
    token
    user { name role }
  }
}

query MyPersonas {
  me { name email role }
  personas(limit: 5) {
    data { id name viewerRole agents { id name } }
    pagination { total }
  }
}
`;

showState();
window.ReactDOM.createRoot(document.getElementById('graphiql')).render(
  createElement(window.GraphiQL, { fetcher, defaultQuery: firstQuery, isHeadersEditorEnabled: false }),
);
