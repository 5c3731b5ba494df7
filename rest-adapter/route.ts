import type { OwnLimit } from './limits.js';

/**
 * A documented REST route as data. Its path's parameters, and the fields that it names of the query string and the body,
 * become the variables of one GraphQL operation; what the operation answers becomes the documented body.
 */
interface RouteRow {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/api/personas/:id`: a parameter becomes the variable of the same name. */
  path: string;
  /** The name of the operation in the noun's .graphql file. */
  operation: string;
  /** Whether a valid access token is asked for. */
  auth: boolean;
  /** Parameters of the query string; each becomes the variable of the same name, converted to its type. */
  query?: readonly string[];
  /** Fields of the JSON body; each becomes the variable of the same name. Others are ignored. */
  body?: readonly string[];
  /** Fields of the JSON body that are gathered in the variable `input`. Others are ignored. */
  input?: readonly string[];
  /** The body is a form with a file. */
  form?: FormFields;
  /** The limit that its operation counts beside that of requests, and that the answer's headers then show. */
  limit?: OwnLimit;
  status: 200 | 201;
  /** Statuses of errors to which neither its parts nor the permission in front of its operation lead. */
  errors?: readonly number[];
  /** One sentence for people. */
  summary: string;
}

/** What is taken from a multipart form. Other fields are ignored. */
export interface FormFields {
  /** The field with the file; it becomes the variable of the same name. */
  file: string;
  /** Text fields, which go along with the file. */
  fields: readonly string[];
}

/** What an operation answered, by root field. */
export type Data = Record<string, any>;

/** A route that answers with JSON. */
export interface JsonRoute extends RouteRow {
  /** Makes the documented body, field by field. */
  present(data: Data): unknown;
}

/** What a route needs to know of a file to send it. */
export interface FileDescription {
  runId: string;
  id: string;
  name: string;
  filePath: string;
  mimeType: string;
  /** Of the bytes, in hexadecimal; null when it is not known. */
  sha256: string | null;
}

/** A route that answers with the bytes of a file. */
export interface FileRoute extends RouteRow {
  file(data: Data): FileDescription;
}

/** A piece of a file that is too long to be held whole. */
export interface Piece {
  fileName: string;
  mimeType: string;
  text: string;
  /** The variables that make the same operation give the next piece; null when this is the last. */
  next: Data | null;
}

/** A route that answers with a file, piece by piece. */
export interface PiecesRoute extends RouteRow {
  piece(data: Data): Piece;
}

export type Route = JsonRoute | FileRoute | PiecesRoute;

/** The names in a path: `/api/runs/:id` → `['id']`. */
export const pathParameters = (path: string): string[] => Array.from(path.matchAll(/:(\w+)/g), ([, name]) => name!);
