import { useMutation, useQuery } from '@vue/apollo-composable';
import { computed, reactive, ref, shallowRef } from 'vue';
import { faultOf, type Fault } from '../../graphql/fault';
import { t } from '../../texts';
import { fieldsOf, type ConnectorField, type ConnectorKind } from './connectorFields';
import { ConfigureBrowserDocument, ConfigureDesktopVmDocument, ConfigureEmailDocument, ConnectorsDocument } from './connectors.operations';

/** A connector as the server shows it: never with a password. */
export type ShownConnector = { enabled: boolean; updatedAt: string | null } & Record<string, unknown>;

/** The connectors of a persona. */
export function useConnectors(personaId: () => string) {
  const { result, error, refetch } = useQuery(ConnectorsDocument, () => ({ personaId: personaId() }), { fetchPolicy: 'cache-and-network' });
  return {
    refetch,
    connectors: computed(() => result.value?.connectors as Record<ConnectorKind, ShownConnector> | undefined),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}

const documents = { email: ConfigureEmailDocument, browser: ConfigureBrowserDocument, desktopVm: ConfigureDesktopVmDocument } as const;

/** The form of one connector; `saved` follows a success. */
export function useConnectorForm(personaId: string, kind: ConnectorKind, connector: () => ShownConnector, saved: () => unknown) {
  const fields = fieldsOf(kind);
  const values = reactive<Record<string, string>>(
    Object.fromEntries(fields.map(({ name, kind: field }) => [name, field === 'password' ? '' : String(connector()[name] ?? '')])),
  );
  const enabled = ref(connector().enabled);
  /** Passwords that are to be forgotten. */
  const forgotten = reactive(new Set<string>());
  const fault = shallowRef<Fault | null>(null);
  const isBusy = ref(false);
  const { mutate } = useMutation(documents[kind], { refetchQueries: [{ query: ConnectorsDocument, variables: { personaId } }], awaitRefetchQueries: true });

  const isChanged = (name: string) => values[name]!.trim() !== String(connector()[name] ?? '');
  const isDirty = computed(() => enabled.value !== connector().enabled || forgotten.size > 0 || fields.some(({ name }) => isChanged(name)));

  /** The fields whose change makes the server ask for a password anew; none while nothing was set up. */
  const changesFor = ({ shownTo = [] }: ConnectorField) => shownTo.filter((name) => connector()[name] != null && isChanged(name));

  function inputOf({ name, kind: field }: ConnectorField): string | number | null | undefined {
    const text = values[name]!.trim();
    if (field === 'password') return forgotten.has(name) ? null : values[name] || undefined;
    if (text === '') return connector()[name] == null ? undefined : null;
    return field === 'port' ? Number(text) : text;
  }

  async function submit() {
    const noNumbers = fields.filter(({ name, kind: field }) => field === 'port' && !/^\s*\d*\s*$/.test(values[name]!));
    fault.value = noNumbers.length > 0
      ? { code: 'VALIDATION_ERROR', message: '', details: Object.fromEntries(noNumbers.map(({ name }) => [name, t.connectors.notANumber])) } : null;
    if (fault.value) return;
    isBusy.value = true;
    try {
      const input = { enabled: enabled.value, ...Object.fromEntries(fields.map((field) => [field.name, inputOf(field)])) };
      await mutate({ personaId, input });
      forgotten.clear();
      for (const { name } of fields.filter(({ kind: field }) => field === 'password')) values[name] = '';
      await saved();
    } catch (thrown) {
      fault.value = faultOf(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  return { values, enabled, forgotten, fault, isBusy, isDirty, changesFor, submit };
}
