import type { PlaceholderNode } from './document.js'

/** Finds `{name}` and `{name|fallback}` of the given names; groups 1 and 2 are the name and the fallback. */
export const placeholderPattern = (names: readonly string[]) => `\\{(${names.join('|')})(?:\\|([^{}\n]*))?\\}`

export const placeholderText = ({ name, fallback }: PlaceholderNode['attrs']) =>
  fallback ? `{${name}|${fallback}}` : `{${name}}`
