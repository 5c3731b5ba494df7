import type { Made, Material } from './made.js';

/** Places that are in no zone's name, by the zone they keep. */
const places: Record<string, string> = {
  'san francisco': 'America/Los_Angeles', seattle: 'America/Los_Angeles', california: 'America/Los_Angeles', 'las vegas': 'America/Los_Angeles', boston: 'America/New_York', washington: 'America/New_York', miami: 'America/New_York',
  nyc: 'America/New_York', dallas: 'America/Chicago', houston: 'America/Chicago', texas: 'America/Chicago', montreal: 'America/Toronto', india: 'Asia/Kolkata', mumbai: 'Asia/Kolkata', delhi: 'Asia/Kolkata', bangalore: 'Asia/Kolkata',
  china: 'Asia/Shanghai', beijing: 'Asia/Shanghai', japan: 'Asia/Tokyo', osaka: 'Asia/Tokyo', korea: 'Asia/Seoul', germany: 'Europe/Berlin', munich: 'Europe/Berlin', hamburg: 'Europe/Berlin', frankfurt: 'Europe/Berlin', cologne: 'Europe/Berlin',
  switzerland: 'Europe/Zurich', geneva: 'Europe/Zurich', zürich: 'Europe/Zurich', austria: 'Europe/Vienna', wien: 'Europe/Vienna', france: 'Europe/Paris', spain: 'Europe/Madrid', barcelona: 'Europe/Madrid', italy: 'Europe/Rome', milan: 'Europe/Rome',
  england: 'Europe/London', uk: 'Europe/London', manchester: 'Europe/London', edinburgh: 'Europe/London', ireland: 'Europe/Dublin', poland: 'Europe/Warsaw', kyiv: 'Europe/Kiev', 'rio de janeiro': 'America/Sao_Paulo', 'são paulo': 'America/Sao_Paulo',
  'new zealand': 'Pacific/Auckland', wellington: 'Pacific/Auckland', canberra: 'Australia/Sydney', 'abu dhabi': 'Asia/Dubai', 'tel aviv': 'Asia/Jerusalem', gmt: 'UTC', utc: 'UTC',
};

const zones = Intl.supportedValuesOf('timeZone');

/** The time zones of the places that a text names, in its order. Cities come from the names of the zones (IANA tz database). */
export function zonesIn(text: string): string[] {
  const plain = ` ${text.toLowerCase().replace(/[^\p{L}/_]+/gu, ' ')} `;
  const found = new Map<string, number>();
  const note = (name: string, zone: string) => {
    const at = plain.indexOf(` ${name} `);
    if (at >= 0 && ![...found.values()].includes(at)) found.set(zone, at);
  };
  for (const zone of zones) note(zone.toLowerCase(), zone);
  if (!found.size) {
    for (const [name, zone] of Object.entries(places)) note(name, zone);
    for (const zone of zones) if (zone.includes('/')) note(zone.split('/').at(-1)!.replaceAll('_', ' ').toLowerCase(), zone);
  }
  return [...found].sort((one, other) => one[1] - other[1]).map(([zone]) => zone);
}

/** Arguments of `current_time`; without a place that has a zone the tool tells UTC. */
export function timeArguments(material: Material): Made {
  const [timezone] = zonesIn(material.clause);
  return { arguments: timezone ? { timezone } : {} };
}
