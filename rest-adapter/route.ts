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
  status: 200 | 201;
  /** One sentence for people. */
  summary: string;
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

export type Route = JsonRoute | FileRoute;

/** The names in a path: `/api/runs/:id` → `['id']`. */
export const pathParameters = (path: string): string[] => Array.from(path.matchAll(/:(\w+)/g), ([, name]) => name!);
