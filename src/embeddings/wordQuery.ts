/**
 * A tsquery that is met by any word of a text, for the search columns (`to_tsvector('english', …)`). PostgreSQL's own
 * `plainto_tsquery` wants every word, which a request in whole sentences never meets; rank by `ts_rank` afterwards.
 * Stop words alone, or no words, meet nothing.
 *
 * @param placeholder where the text is bound, as `$1` or `?`; used once
 */
export const anyWordQuerySql = (placeholder: string): string =>
  // Words within a tsquery's text are quoted and hold no blank, so ' & ' is always the operator.
  `replace(plainto_tsquery('english', ${placeholder}::text)::text, ' & ', ' | ')::tsquery`;
