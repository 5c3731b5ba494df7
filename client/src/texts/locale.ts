import { computed, ref } from 'vue';

/** How dates and numbers are written: a BCP 47 tag, set with the language in use. */
export const locale = ref('en');

const numbers = computed(() => new Intl.NumberFormat(locale.value));

export const formatNumber = (value: number) => numbers.value.format(value);

// The first number or date costs the browser 15 ms and more, whichever it is: spent while the page is still on its way.
setTimeout(() => formatNumber(0));
