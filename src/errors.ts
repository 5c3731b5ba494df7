/**
 * The one family of errors. A service throws a PlatformError; each transport maps it once:
 * REST to `{error, code, details?}` with `status`, GraphQL to `extensions.code`, `/ws` to an `error` frame.
 */
export const errorStatus = {
  VALIDATION_ERROR: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  DUPLICATE_RESOURCE: 409,
  INVALID_STATE: 409,
  EDIT_CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_MISMATCH: 422,
  RATE_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export class PlatformError extends Error {
  readonly code: ErrorCode;
  /** What is wrong with which field: `{ name: 'Name is required' }`. */
  readonly details?: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message);
    this.name = 'PlatformError';
    this.code = code;
    this.details = details;
  }

  /** The HTTP status that belongs to the code. */
  get status(): number {
    return errorStatus[this.code];
  }
}

/** 400 with one sentence per field. */
export const validationError = (details: Record<string, string>) =>
  new PlatformError('VALIDATION_ERROR', 'Validation error', details);

/** 401. The default text is for a missing or unusable token. */
export const unauthorized = (message = 'Authentication required') => new PlatformError('UNAUTHORIZED', message);

/** 403, always with the same text, so that it tells nothing. */
export const forbidden = () => new PlatformError('FORBIDDEN', 'Access denied');

/** 404: `notFound('Persona')` says "Persona not found". */
export const notFound = (noun: string) => new PlatformError('NOT_FOUND', `${noun} not found`);

/** 409 for something the present state does not allow. */
export const invalidState = (message: string) => new PlatformError('INVALID_STATE', message);

/** 409 for something that is there already. */
export const duplicate = (message: string) => new PlatformError('DUPLICATE_RESOURCE', message);
