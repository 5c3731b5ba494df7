/**
 * The twenty bad inputs that the platform promises an answer to, each with the file and the title of the test that sends it
 * through every door it can come by.
 */
export const theTwenty: [promise: string, file: string, title: string][] = [
  ['malformed JSON: 400', 'badInput/bodies', 'malformed JSON is 400'],
  ['empty, null and array bodies: 400', 'badInput/bodies', 'empty, null and array bodies are 400'],
  ['NUL and lone surrogates: 400', 'badInput/bodies', 'NUL and lone surrogates are 400'],
  ['bad ids, pages, limits, enums, dates and reversed windows: 400', 'badInput/values', 'bad ids, pages, limits, enums and dates, and reversed windows of dates are 400'],
  ['foreign ids in path, filter and body: 403, lists never widen', 'badInput/requests', 'foreign ids in path, filter and body are 403'],
  ['foreign subscription: an error frame, no event', 'access/streams', 'tell a stranger one refusal, and nothing of what comes after it'],
  ['a viewer who edits, uploads, runs: 403', 'badInput/requests', 'a viewer who edits, uploads or runs gets 403'],
  ['server-owned fields in a body never take effect', 'badInput/values', 'fields of a body that are the server’s to say never take effect'],
  ['forged, wrong-audience, expired and swapped tokens: 401', 'badInput/tokens', 'forged, wrong-audience, expired and swapped tokens are 401'],
  ['refresh reuse: 401 and the family ends', 'badInput/tokens', 'a refresh token that is used again is 401, and its whole family ends'],
  ['the sixth wrong password, also as aliases and with a forged X-Forwarded-For: 429, before hashing', 'badInput/tokens', 'the sixth wrong password is 429'],
  ['GraphQL bombs: 400, no resolver called', 'badInput/requests', 'GraphQL bombs are 400'],
  ['a mutation by GET: 405, a simple-request POST: 400', 'badInput/requests', 'a mutation by GET is 405, and a simple request by POST 400'],
  ['bombs and oversize: 413', 'badInput/bodies', 'bombs and what is too large are 413'],
  ['wrong type: 415, traversal names: 400', 'badInput/bodies', 'a wrong type of body or file is 415, and a file name that leads elsewhere 400'],
  ['private hosts: 400', 'badInput/requests', 'a private host is 400'],
  ['changed host without password: 400', 'badInput/requests', 'so is a changed host without its password'],
  ['idempotency misuse: 422, 409, 400', 'badInput/requests', 'misuse of an Idempotency-Key is 422, 409 or 400'],
  ['cancel of an ended run: 409', 'badInput/requests', 'cancel of a run that has ended is 409'],
  ['a deactivated user’s live token and socket: 401, closed', 'badInput/tokens', 'a deactivated user’s live token is 401 everywhere and their sockets are closed'],
];
