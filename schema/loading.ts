import DataLoader from 'dataloader';
import { notFound } from '../src/errors.js';

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
