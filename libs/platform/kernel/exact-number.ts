// In the pinned Node, and not yet in TypeScript's own declarations.
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => object };

/**
 * A number of somebody else's JSON in its own spelling, where JavaScript would write another one
 * (1908736452817364529, 1.0, 1E400): it is passed on digit for digit, and never calculated with.
 */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** For `JSON.stringify`, which passes a key. @throws TypeError for RFC 8785, which writes doubles alone */
  toJSON(key?: string): object {
    if (key === undefined)
      throw new TypeError('RFC 8785 has no form for a number that is no double');
    return rawJSON(this.text);
  }
}

// No number of so few characters has more digits than a double keeps.
const SURE_LENGTH = 15;
const WHOLE = /^(?:0|-?[1-9]\d*)$/;

/** Whether JavaScript writes this number in just these characters. */
export const isPlainNumber = (text: string): boolean =>
  (text.length <= SURE_LENGTH && WHOLE.test(text)) || String(Number(text)) === text;

/**
 * Whether a double is the same number as the text, in whatever spelling (1.0 is 1, 1E2 is 100, -0 is 0):
 * whole numbers up to 2^53 - 1, and decimals of which no digit is lost.
 */
export const keepsNumber = (text: string): boolean => {
  if (text.length <= SURE_LENGTH && !/[eE]/.test(text)) return true;
  const value = Number(text);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    return false;
  const written = String(value);
  return written === text || decimalOf(written) === decimalOf(text);
};

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const ZERO = 0x30;

// Its digits without zeros at either end, and where the point belongs.
const decimalOf = (text: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === ZERO) end -= 1;
  if (end === 0) return '0';
  return `${sign}${digits.slice(0, end)}e${digits.length - fraction.length + Number(exponent)}`;
};
