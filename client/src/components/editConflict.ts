import { ref, shallowRef } from 'vue';
import { faultOf, type Fault } from '../graphql/fault';

/** What several people may edit; each change raises the time. */
interface Edited {
  updatedAt: string;
}

/** Two people have changed one thing, and began with the same. */
export interface EditConflict<Row extends Edited = Edited> {
  theirs: Row;
  /** Who was quicker, where that is known. */
  who?: string;
  /** What both have changed, each in another way. */
  both: { field: string; mine: string; theirs: string }[];
  /** What only the other one has changed. */
  onlyTheirs: string[];
}

type Fields = Record<string, unknown>;

const textOf = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value)).trim();

/** Compares the fields of two versions with those that both began with. */
function differences(before: Fields, after: Fields, mine: Fields): Pick<EditConflict, 'both' | 'onlyTheirs'> {
  const differs = (a: Fields, b: Fields, name: string) => textOf(a[name]) !== textOf(b[name]);
  const changed = Object.keys(before).filter((name) => differs(before, after, name) && differs(mine, after, name));
  return {
    both: changed.filter((name) => differs(before, mine, name)).map((field) => ({ field, mine: textOf(mine[field]), theirs: textOf(after[field]) })),
    onlyTheirs: changed.filter((name) => !differs(before, mine, name)),
  };
}

interface Editing<Row extends Edited, F extends object> {
  /** What the changes begin with; null for something new. */
  row: Row | null;
  /** What is typed. */
  fields: F;
  /** A row as it stands in the form. */
  fieldsOf(row: Row): F;
  /** Reads the row as it is now. */
  read(row: Row): Promise<Row>;
  /** Writes what is typed: as changes to `base`, or as something new. */
  write(base: Row | null): Promise<Row>;
  /** Follows a success. */
  saved(row: Row): unknown;
}

/** A form that overwrites nothing that somebody else has saved meanwhile, and loses nothing that is typed. */
export function useEditing<Row extends Edited, F extends object>(editing: Editing<Row, F>) {
  const { fields, write, saved } = editing;
  const fault = shallowRef<Fault | null>(null);
  const isBusy = ref(false);
  const { conflict, compare, settle } = useConflict(editing);
  /** What the changes begin with. */
  let base = editing.row;

  async function submit() {
    isBusy.value = true;
    fault.value = conflict.value = null;
    try {
      const written = await write(base);
      if (base) base = written;
      await saved(written);
    } catch (thrown) {
      const found = faultOf(thrown);
      fault.value = base && found.code === 'EDIT_CONFLICT' ? await compare(base, found.details.updatedBy) : found;
    } finally {
      isBusy.value = false;
    }
  }

  /** Saves what is typed here, except where only the other one changed something. */
  function keepMine() {
    base = settle(conflict.value!.onlyTheirs);
    return submit();
  }

  function takeTheirs() {
    base = settle(Object.keys(fields));
  }

  return { fault, conflict, isBusy, submit, keepMine, takeTheirs };
}

/** What differs between what is typed and what somebody else has saved meanwhile. */
function useConflict<Row extends Edited, F extends object>({ fields, fieldsOf, read }: Editing<Row, F>) {
  const conflict = shallowRef<EditConflict<Row> | null>(null);

  /** Reads what the other one has made of it; gives a fault when that cannot be read. */
  async function compare(base: Row, who: string | undefined): Promise<Fault | null> {
    try {
      const theirs = await read(base);
      conflict.value = { theirs, who, ...differences(fieldsOf(base) as Fields, fieldsOf(theirs) as Fields, fields as Fields) };
      return null;
    } catch (thrown) {
      return faultOf(thrown);
    }
  }

  /** Ends the conflict: takes some fields from the other one, whose version is what changes begin with from now on. */
  function settle(theirFields: readonly string[]): Row {
    const { theirs } = conflict.value!;
    for (const name of theirFields) Object.assign(fields, { [name]: (fieldsOf(theirs) as Fields)[name] });
    conflict.value = null;
    return theirs;
  }

  return { conflict, compare, settle };
}
