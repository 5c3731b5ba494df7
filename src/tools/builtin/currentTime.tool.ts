import { ToolError } from '../tool.js';
import type { Tool } from '../tool.js';

function partsIn(timeZone: string, now: Date): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone, weekday: 'long', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset',
  });
  return Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
}

export const currentTime: Tool = {
  name: 'current_time',
  description: 'Tell the current date, time and day of the week, in any time zone.',
  category: 'system',
  parameters: {
    type: 'object',
    properties: { timezone: { type: 'string', description: 'IANA name such as Europe/Zurich; UTC when left out.', minLength: 1, maxLength: 64 } },
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ timezone = 'UTC' }: { timezone?: string }, { signal }) {
    signal.throwIfAborted();
    const now = new Date();
    let parts: Record<string, string>;
    try {
      parts = partsIn(timezone, now);
    } catch {
      throw new ToolError(`There is no time zone ${JSON.stringify(timezone)}; use an IANA name such as Europe/Zurich.`);
    }
    const { year, month, day, hour, minute, second, weekday, timeZoneName } = parts;
    const utcOffset = timeZoneName === 'GMT' ? '+00:00' : timeZoneName.replace('GMT', '');
    return { output: { timezone, date: `${year}-${month}-${day}`, time: `${hour}:${minute}:${second}`, weekday, utcOffset, iso: now.toISOString() } };
  },
};
