import DataLoader from 'dataloader';
import { notFound } from '../src/errors.js';
import type { Selection } from '../src/reading.js';

/** A loader of rows by id. A row that has vanished meanwhile is NOT_FOUND. */
export const loaderById = <Row extends { id: string }>(noun: string, read: (ids: readonly string[]) => Promise<Row[]>) =>
  new DataLoader<string, Row>(async (ids) => {
    const rows = new Map((await read(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? notFound(noun));
  });

/** A loader of the rows that belong to each of several owners; an owner without any has an empty list. */
export const loaderOfMany = <Row>(ownerOf: (row: Row) => string, read: (ownerIds: readonly string[]) => Promise<Row[]>) =>
  new DataLoader<string, Row[]>(async (ownerIds) => {
    const rows = new Map<string, Row[]>(ownerIds.map((id) => [id, []]));
    for (const row of await read(ownerIds)) rows.get(ownerOf(row))!.push(row);
    return ownerIds.map((id) => rows.get(id)!);
  });

/** Reads a row once for a root field's rule and its resolver: they ask with the same selection, which no other field has. */
export function readOnce<Row>(read: (id: string, selection: Selection) => Promise<Row>): (id: string, selection: Selection) => Promise<Row> {
  const rows = new Map<Selection, Promise<Row>>();
  return (id, selection) => {
    let row = rows.get(selection);
    if (!row) rows.set(selection, (row = read(id, selection)));
    return row;
  };
}
