/** How one value travels in callback data. `parse` answers undefined for what can't be one. */
export interface Field<T> {
  parse(raw: string): T | undefined
}

export const id: Field<number> = {
  parse: (raw) => {
    const value = /^[1-9]\d{0,15}$/.test(raw) ? Number(raw) : Number.NaN
    return Number.isSafeInteger(value) ? value : undefined
  },
}

export const flag: Field<boolean> = {
  parse: (raw) => (raw === 'true' ? true : raw === 'false' ? false : undefined),
}

export function choice<const V extends readonly string[]>(values: V): Field<V[number]> {
  return { parse: (raw) => values.find((value) => value === raw) }
}

export function text(pattern: RegExp): Field<string> {
  return { parse: (raw) => (pattern.test(raw) ? raw : undefined) }
}

/** An amount above zero, in minor units. */
export const minor: Field<bigint> = {
  parse: (raw) => (id.parse(raw) === undefined ? undefined : BigInt(raw)),
}

/** How people name an order, an entry or a withdrawal. */
export const reference = text(/^[0-9A-HJKMNP-TV-Z]{10}$/)
