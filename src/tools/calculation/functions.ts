import { Decimal } from 'decimal.js';
import { ToolError } from '../tool.js';

/** Decimal numbers with far more digits than are shown, so that 0.1 + 0.2 is 0.3 and (√2)² is 2. */
export const Exact = Decimal.clone({ precision: 200, rounding: Decimal.ROUND_HALF_UP, maxE: 10_000, minE: -10_000 });

type Numbers = Decimal[];

const largestFactorial = 3000;
/** Turning an angle into the first circle needs as many digits of π as it has itself. */
const largestAngle = new Exact('1e30');

/** n! for a whole number from 0. */
export function factorial(value: Decimal): Decimal {
  if (!value.isInteger() || value.isNegative() || value.gt(largestFactorial)) throw new ToolError(`A factorial needs a whole number from 0 to ${largestFactorial}.`);
  let product = new Exact(1);
  for (let factor = 2; factor <= value.toNumber(); factor++) product = product.times(factor);
  return product;
}

function angle(value: Decimal): Decimal {
  if (value.abs().gt(largestAngle)) throw new ToolError('The angle is too large.');
  return value;
}

/** The remainder that has the sign of the divisor, as in spreadsheets. */
function modulo(value: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw new ToolError('A number is divided by zero.');
  return value.minus(divisor.times(value.div(divisor).floor()));
}

function rounded(value: Decimal, places: Decimal = new Exact(0)): Decimal {
  if (!places.isInteger() || places.abs().gt(100)) throw new ToolError('round() takes a whole number of places from -100 to 100.');
  const shift = new Exact(10).pow(places);
  return value.times(shift).round().div(shift);
}

/** Odd roots of negative numbers are real. */
function root(value: Decimal, degree: Decimal): Decimal {
  if (degree.eq(3)) return value.cbrt();
  const isOdd = degree.isInteger() && !degree.mod(2).isZero();
  return value.isNegative() && isOdd ? value.neg().pow(new Exact(1).div(degree)).neg() : value.pow(new Exact(1).div(degree));
}

const sum = (values: Numbers) => values.reduce((total, value) => total.plus(value), new Exact(0));

function median(values: Numbers): Decimal {
  const sorted = [...values].sort((one, other) => one.comparedTo(other));
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : sorted[middle - 1].plus(sorted[middle]).div(2);
}

interface CalculatorFunction { least: number; most: number; work(values: Numbers): Decimal }

const one = (work: (value: Decimal) => Decimal): CalculatorFunction => ({ least: 1, most: 1, work: ([value]) => work(value) });
const two = (work: (first: Decimal, second: Decimal) => Decimal): CalculatorFunction => ({ least: 2, most: 2, work: ([first, second]) => work(first, second) });
const many = (work: (values: Numbers) => Decimal): CalculatorFunction => ({ least: 1, most: Infinity, work });

/** What can be called, by name. A Map, so that no inherited name is one. */
export const functions = new Map<string, CalculatorFunction>(Object.entries({
  sqrt: one((value) => value.sqrt()),
  cbrt: one((value) => value.cbrt()),
  root: two(root),
  pow: two((base, exponent) => base.pow(exponent)),
  abs: one((value) => value.abs()),
  round: { least: 1, most: 2, work: ([value, places]) => rounded(value, places) },
  floor: one((value) => value.floor()),
  ceil: one((value) => value.ceil()),
  trunc: one((value) => value.trunc()),
  mod: two(modulo),
  exp: one((value) => value.exp()),
  ln: one((value) => value.ln()),
  log: { least: 1, most: 2, work: ([value, base = new Exact(10)]) => value.log(base) },
  log10: one((value) => value.log(10)),
  log2: one((value) => value.log(2)),
  sin: one((value) => angle(value).sin()),
  cos: one((value) => angle(value).cos()),
  tan: one((value) => angle(value).tan()),
  asin: one((value) => value.asin()),
  acos: one((value) => value.acos()),
  atan: one((value) => value.atan()),
  factorial: one(factorial),
  min: many((values) => Exact.min(...values)),
  max: many((values) => Exact.max(...values)),
  sum: many(sum),
  average: many((values) => sum(values).div(values.length)),
  mean: many((values) => sum(values).div(values.length)),
  median: many(median),
} satisfies Record<string, CalculatorFunction>));

export const constants = new Map([['pi', Exact.acos(-1)], ['π', Exact.acos(-1)], ['e', Exact.exp(1)]]);
