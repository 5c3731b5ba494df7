import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { forbidden } from '../../src/errors.js';
import { createContext, type Context } from '../context.js';
import type { Rule } from './rules.js';

/** How long one answer of a rule holds for an open stream, in milliseconds; tokens arrive faster than rights change. */
const recheckAfterMs = 1000;

/**
 * Puts each subscription's rule in front of `subscribe` itself, so that a stranger's stream never opens, and asks it
 * again before an event is sent, so that a right that was taken away ends the stream. Changes the schema in place.
 */
export function guardSubscriptions(schema: GraphQLSchema, rules: Record<string, Rule>): GraphQLSchema {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const { subscribe } = field;
    const rule = rules[field.name];
    if (!subscribe) throw new Error(`Subscription.${field.name} has no subscribe function`);
    field.subscribe = async (root, args, context: Context, info) => {
      const check = () => requireRule(rule, args, context, info);
      await check();
      return guarded((await subscribe(root, args, context, info)) as AsyncIterable<unknown>, check);
    };
  }
  return schema;
}

/** Each check has a context of its own, because loaders remember what they were told. */
async function requireRule(rule: Rule | undefined, args: unknown, { viewer, requestId, clientAddress }: Context, info: GraphQLResolveInfo): Promise<void> {
  const answer = rule ? await rule.resolve({}, args as object, createContext(viewer, requestId, clientAddress) as never, info, {} as never) : false;
  if (answer !== true) throw answer instanceof Error ? answer : forbidden();
}

function guarded(events: AsyncIterable<unknown>, check: () => Promise<void>): AsyncIterableIterator<unknown> {
  const source = events[Symbol.asyncIterator]();
  let checkedAt = Date.now();
  return {
    async next() {
      const event = await source.next();
      if (event.done || Date.now() - checkedAt < recheckAfterMs) return event;
      try {
        await check();
      } catch (error) {
        await source.return?.();
        throw error;
      }
      checkedAt = Date.now();
      return event;
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
