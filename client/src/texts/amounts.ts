import { computed } from 'vue';
import { locale } from './locale';

const dollars = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
const compact = computed(() => new Intl.NumberFormat(locale.value, { notation: 'compact', maximumFractionDigits: 1 }));
const money = computed(() => new Intl.NumberFormat(locale.value, dollars));
const cents = computed(() => new Intl.NumberFormat(locale.value, { ...dollars, maximumSignificantDigits: 2 }));
const percent = computed(() => new Intl.NumberFormat(locale.value, { style: 'percent' }));

/** "1.2M" */
export const formatCompact = (value: number) => compact.value.format(value);

/** An amount of US dollars; of less than a tenth of one as much as tells it from nothing. */
export const formatMoney = (value: number) => (value > 0 && value < 0.1 ? cents : money).value.format(value);

/** A part of 1: "84%". */
export const formatPercent = (part: number) => percent.value.format(part);
