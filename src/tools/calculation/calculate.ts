import type { Decimal } from 'decimal.js';
import { ToolError } from '../tool.js';
import { constants, Exact, factorial, functions } from './functions.js';

/** A value, and whether it was written as a percentage: 200 + 10% is 220, as on a pocket calculator. */
interface Value { number: Decimal; isPercent: boolean }

interface Token { kind: 'number' | 'name' | 'sign' | 'end'; text: string }

const deepest = 100;
const plain = (number: Decimal): Value => ({ number, isPercent: false });

function tokensOf(expression: string): Token[] {
  const text = expression.replaceAll('**', '^').replace(/[×⋅·]/g, '*').replace(/[÷∶]/g, '/').replace(/[−–]/g, '-').replaceAll('√', 'sqrt');
  const pattern = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,5}(?![\d.]))?)|([\p{L}_][\p{L}\d_]*)|([-+*/^%!(),]))/uy;
  const tokens: Token[] = [];
  while (pattern.lastIndex < text.trimEnd().length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) throw new ToolError(`This cannot be read in the expression: ${JSON.stringify(text.slice(at).trim().slice(0, 20))}. Write only numbers such as 1234.56, + - * / ^ % ! and functions such as sqrt(2).`);
    const [, number, name, sign] = found;
    tokens.push(number ? { kind: 'number', text: number } : name ? { kind: 'name', text: name.toLowerCase() } : { kind: 'sign', text: sign });
  }
  return tokens;
}

/** Recursive descent, one method per rank: sum, product, sign, power, postfix, atom. */
class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: Token[]) {}

  read(): Decimal {
    const { number } = this.sum();
    if (this.next.kind !== 'end') this.fail();
    return number;
  }

  private get next(): Token { return this.tokens[this.at] ?? { kind: 'end', text: '' }; }

  private take(...texts: string[]): string | null {
    if (this.next.kind === 'number' || !texts.includes(this.next.text)) return null;
    return this.tokens[this.at++].text;
  }

  private fail(): never {
    throw new ToolError(this.next.kind === 'end' ? 'The expression ends too early.' : `${JSON.stringify(this.next.text)} is not expected at that place in the expression.`);
  }

  private sum(): Value {
    if (++this.depth > deepest) throw new ToolError('The expression has too many brackets inside each other.');
    let left = this.product();
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) {
      const right = this.product();
      const amount = right.isPercent && !left.isPercent ? left.number.times(right.number) : right.number;
      left = { number: sign === '+' ? left.number.plus(amount) : left.number.minus(amount), isPercent: left.isPercent && right.isPercent };
    }
    this.depth -= 1;
    return left;
  }

  private product(): Value {
    let left = this.sign();
    for (let sign = this.take('*', '/', 'of', 'mod'); sign; sign = this.take('*', '/', 'of', 'mod')) {
      const right = this.sign().number;
      if (sign === '/' && right.isZero()) throw new ToolError('A number is divided by zero.');
      left = plain(sign === '/' ? left.number.div(right) : sign === 'mod' ? functions.get('mod')!.work([left.number, right]) : left.number.times(right));
    }
    return left;
  }

  private sign(): Value {
    let isNegative = false;
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) isNegative = isNegative !== (sign === '-');
    const value = this.power();
    return isNegative ? { ...value, number: value.number.neg() } : value;
  }

  /** Binds to the right, and closer than a sign before it: -2^2 is -4, 2^3^2 is 512. */
  private power(): Value {
    const base = this.postfix();
    if (!this.take('^')) return base;
    if (++this.depth > deepest) throw new ToolError('The expression has too many powers inside each other.');
    const exponent = this.sign().number;
    this.depth -= 1;
    return plain(base.number.pow(exponent));
  }

  private postfix(): Value {
    let value = this.atom();
    for (let sign = this.take('%', '!'); sign; sign = this.take('%', '!')) {
      value = sign === '!' ? plain(factorial(value.number)) : { number: value.number.div(100), isPercent: true };
      if (sign === '%' && (this.next.kind === 'number' || this.next.text === '(')) throw new ToolError('% means percent; for the remainder of a division write mod(10, 3).');
    }
    return value;
  }

  private atom(): Value {
    if (this.take('(')) return this.closed(this.sum());
    const { kind, text } = this.next;
    if (kind === 'number') { this.at += 1; return plain(new Exact(text)); }
    if (kind !== 'name') this.fail();
    this.at += 1;
    if (this.take('(')) return plain(this.call(text));
    const constant = constants.get(text);
    if (!constant) throw new ToolError(functions.has(text) ? `${text} needs brackets, as in ${text}(2).` : `There is no ${JSON.stringify(text)} to calculate with; there are the constants pi and e.`);
    return plain(constant);
  }

  private closed<T>(value: T): T {
    return this.take(')') ? value : this.fail();
  }

  private call(name: string): Decimal {
    const found = functions.get(name);
    if (!found) throw new ToolError(`There is no function ${JSON.stringify(name)}; there are ${[...functions.keys()].join(', ')}.`);
    const values: Decimal[] = [];
    if (this.next.text !== ')') do values.push(this.sum().number); while (this.take(','));
    this.closed(null);
    if (values.length < found.least || values.length > found.most) throw new ToolError(`${name}() takes ${found.least === found.most ? found.least : `${found.least} or more`} numbers, not ${values.length}.`);
    return found.work(values);
  }
}

/** Digits shown of a number that has more, or no end. */
const shownDigits = 30;

/**
 * The value of an arithmetic expression, as a decimal number without exponent where that is at most 200 digits long, and whether it had to be
 * rounded. Decimal arithmetic throughout. Throws ToolError for what cannot be read or has no value.
 */
export function calculateExpression(expression: string): { result: string; isRounded: boolean } {
  let value: Decimal;
  try {
    value = new Reader(tokensOf(expression)).read();
  } catch (error) {
    // decimal.js has no class of error of its own.
    throw error instanceof Error && error.message.startsWith('[DecimalError]') ? new ToolError('A number in the calculation is too large to be worked out.') : error;
  }
  if (value.isNaN()) throw new ToolError('The expression has no real value, such as the root or the logarithm of a negative number.');
  if (!value.isFinite()) throw new ToolError('The result is too large.');
  if (value.isInteger() && value.precision(true) < Exact.precision) return { result: value.toFixed(), isRounded: false };
  const shown = value.toSignificantDigits(shownDigits);
  const result = Math.abs(shown.e) < shownDigits ? shown.toFixed() : shown.toExponential();
  return { result, isRounded: !shown.eq(value) || value.precision() >= Exact.precision };
}
