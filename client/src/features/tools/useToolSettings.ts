import { useMutation, useQuery } from '@vue/apollo-composable';
import { computed, reactive, ref, shallowRef } from 'vue';
import { faultOf, type Fault } from '../../graphql/fault';
import { t } from '../../texts';
import { fieldsOfSchema, type SchemaField } from './schemaFields';
import { ConfigurePersonaToolDocument, ToolDocument } from './tools.operations';

/** What a tool takes and which settings it has. */
export function useToolDetails(id: string) {
  const { result, error, refetch } = useQuery(ToolDocument, { id });
  const tool = computed(() => result.value?.tool);
  return {
    tool, refetch,
    parameters: computed(() => fieldsOfSchema(tool.value?.schema.parameters as Record<string, unknown> | undefined)),
    settings: computed(() => fieldsOfSchema(tool.value?.configSchema)),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}

/** A setting as it stands in a field. */
function textOf({ kind, isOnByDefault }: SchemaField, value: unknown): string | boolean {
  if (kind === 'boolean') return typeof value === 'boolean' ? value : isOnByDefault;
  if (value === undefined || value === null) return '';
  if (kind === 'lines') return (value as unknown[]).join('\n');
  return kind === 'other' ? JSON.stringify(value, null, 2) : String(value);
}

/** What stands in a field as a setting; nothing for an empty one. What is no number goes as it is: the server says so. */
function valueOf({ kind, isOnByDefault }: SchemaField, given: string | boolean): unknown {
  if (typeof given === 'boolean') return given === isOnByDefault ? undefined : given;
  const text = given.trim();
  if (text === '') return undefined;
  if (kind === 'number') return Number.isNaN(Number(text)) ? text : Number(text);
  if (kind === 'lines') return text.split('\n').map((line) => line.trim()).filter(Boolean);
  return kind === 'other' ? JSON.parse(text) : text;
}

interface Settings {
  personaId: string;
  toolId: string;
  fields: readonly SchemaField[];
  config: Record<string, unknown>;
}

/** The form of a persona's settings for a tool; `saved` follows a success. */
export function useToolSettings({ personaId, toolId, fields, config }: Settings, saved: () => unknown) {
  const values = reactive<Record<string, string | boolean>>(Object.fromEntries(fields.map((field) => [field.name, textOf(field, config[field.name])])));
  const fault = shallowRef<Fault | null>(null);
  const isBusy = ref(false);
  const { mutate } = useMutation(ConfigurePersonaToolDocument);

  /** All settings; `fault` says when one of them is no JSON. */
  function settings(): Record<string, unknown> {
    const given: Record<string, unknown> = {};
    for (const field of fields) {
      try {
        given[field.name] = valueOf(field, values[field.name]!);
      } catch {
        fault.value = { code: 'VALIDATION_ERROR', message: '', details: { [`config.${field.name}`]: t.toolDetails.notJson } };
      }
    }
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  }

  async function submit() {
    fault.value = null;
    const next = settings();
    if (fault.value) return;
    isBusy.value = true;
    try {
      await mutate({ personaId, toolId, config: next });
      await saved();
    } catch (thrown) {
      fault.value = faultOf(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  return { values, fault, isBusy, submit, faultOfField: (name: string) => fault.value?.details[`config.${name}`] };
}
