/** A number that PHP holds as a float: its exponents look otherwise than JavaScript's. */
export class PhpFloat {
  constructor(readonly value: number) {}
}

export interface PhpJsonOptions {
  /** JSON_UNESCAPED_UNICODE; without it everything beyond ASCII becomes \uXXXX */
  unescapedUnicode: boolean
}

/**
 * JSON as PHP's json_encode() writes it: slashes escaped, non-ASCII escaped unless told otherwise, floats with exponents
 * such as 1.0e+25.
 */
export function phpJson(value: unknown, options: PhpJsonOptions): string {
  if (value instanceof PhpFloat) return phpFloat(value.value)
  if (Array.isArray(value)) return `[${value.map((item) => phpJson(item, options)).join(',')}]`
  if (typeof value === 'string') return phpString(value, options)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([name, field]) => `${phpString(name, options)}:${phpJson(field, options)}`)
  return `{${fields.join(',')}}`
}

/** JSON_UNESCAPED_UNICODE still escapes the two line separators that JavaScript once stumbled over. */
function phpString(text: string, { unescapedUnicode }: PhpJsonOptions): string {
  const escaped = JSON.stringify(text).replaceAll('/', '\\/')
  return escaped.replace(unescapedUnicode ? /[\u2028\u2029]/g : /[\u0080-\uffff]/g, unicodeEscape)
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * With serialize_precision = -1, the default since PHP 7.1: the shortest digits that read back as the same number, from
 * 17 digits before the point and from four zeros behind it with an exponent (php_gcvt in main/snprintf.c).
 */
function phpFloat(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power <= 16) return Object.is(value, -0) ? '-0' : String(value)
  const digits = mantissa.includes('.') ? mantissa : `${mantissa}.0`
  return `${digits}e${power < 0 ? '-' : '+'}${Math.abs(power)}`
}
