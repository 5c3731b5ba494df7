import { useApolloClient } from '@vue/apollo-composable';
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { Fault } from '../../graphql/fault';
import { hasExpired } from '../auth/session';
import { RunDocument, type RunDetails } from './runs.operations';
import { hasEnded, settledSteps, withEvents, withToken, type Draft, type LiveMessage } from './runTimeline';
import { watchRun, type Connection } from './watchRun';

/** The shortest time between two reads of a run while it works, in milliseconds. */
const readEvery = 400;

/** What is known of a run: what was read, and what was told since. */
function useKnowledge(runId: () => string) {
  const { client } = useApolloClient();
  const ground = shallowRef<RunDetails | null>(null);
  const events = shallowRef<LiveMessage[]>([]);
  const draft = shallowRef<Draft | null>(null);
  const run = computed(() => ground.value && withEvents(ground.value, events.value));

  /** Of a run that is known, only the steps that may have changed are read: what was settled stays so. */
  async function load(): Promise<RunDetails> {
    const id = runId();
    const known = ground.value ? settledSteps(ground.value.steps) : [];
    const { data } = await client.query({ query: RunDocument, variables: { id, from: known.length + 1 }, fetchPolicy: 'no-cache' });
    const read = { ...data.run, steps: [...known, ...data.run.steps] };
    const isOlder = ground.value?.id === id && read.lastSeq < ground.value.lastSeq;
    if (id === runId() && !isOlder) {
      ground.value = read;
      events.value = events.value.filter(({ seq }) => seq > read.lastSeq);
    }
    return read;
  }
  const readAgain = inTurn(load);

  function onMessage(message: LiveMessage) {
    if (message.type === 'run:token') {
      draft.value = withToken(draft.value, message);
    } else if (!run.value || message.seq > run.value.lastSeq) {
      events.value = [...events.value, message];
      readAgain();
    }
  }

  function forget() {
    ground.value = draft.value = null;
    events.value = [];
  }

  return { run, draft, load, onMessage, forget };
}

/** One run as it is now, kept up to date until it has ended or the page is left. */
export function useRun(runId: () => string) {
  const { run, draft, load, onMessage, forget } = useKnowledge(runId);
  const fault = shallowRef<Fault | null>(null);
  const connection = shallowRef<Connection>('open');

  let stop = new AbortController();
  function start() {
    stop.abort();
    stop = new AbortController();
    fault.value = null;
    const watcher = {
      load, onMessage,
      lastSeq: () => run.value?.lastSeq ?? 0,
      onConnection: (now: Connection) => (connection.value = now),
      onFault: (found: Fault) => (fault.value = found),
    };
    void watchRun(runId(), watcher, stop.signal);
  }

  watch(runId, () => {
    forget();
    start();
  }, { immediate: true });
  watch(hasExpired, (expired) => expired || start());
  onScopeDispose(() => stop.abort());

  return { run, draft, fault, connection, restart: start, isEnded: computed(() => !!run.value && hasEnded(run.value.status)) };
}

/** One call at a time, with a rest between; calls that come meanwhile are one more call. What fails is left to the watcher. */
function inTurn(work: () => Promise<unknown>): () => void {
  let isBusy = false;
  let isAsked = false;
  async function turn() {
    isBusy = true;
    while (isAsked) {
      isAsked = false;
      await work().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, readEvery));
    }
    isBusy = false;
  }
  return () => {
    isAsked = true;
    if (!isBusy) void turn();
  };
}
