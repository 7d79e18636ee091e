import type { Language } from '#customers/languages'
import type { Variant } from '#broadcasts/values'

/** `variants.en.A.source`, as problems say it, is posted as `variants[en][A][source]`. */
export const inputName = (path: string) => {
  const [first, ...rest] = path.split('.')
  return first + rest.map((part) => `[${part}]`).join('')
}

/** Usable as an id and in a selector. */
export const inputId = (path: string) => path.replaceAll('.', '-')

export const variantPath = (locale: Language, variant: Variant) => `variants.${locale}.${variant}`
