const LONGEST_TEXT = 2_000
const LONGEST_LIST = 100

/** Names under which secrets travel. What is written here stays for ever, so they are refused, not masked. */
const SECRET_NAME =
  /pass(word|phrase)|secret|token|mnemonic|private_?key|api_?key|recovery_?codes?|cookie|authorization|credential|seed_?phrase/i

/** Facts about a secret that are none: when it was set, whether it is there. */
const HARMLESS_VALUE = (value: unknown) => value === null || typeof value === 'boolean'

/**
 * Values as the audit log keeps them: long texts and lists are cut and say so.
 * Throws when a name tells of a secret; a boolean (`passwordChanged: true`) may be told.
 */
export function auditable(values: Record<string, unknown> | null | undefined) {
  return values ? (fields(values, '') as Record<string, unknown>) : null
}

function fields(values: Record<string, unknown>, path: string) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (SECRET_NAME.test(name) && !HARMLESS_VALUE(value)) {
        throw new Error(`The audit log must not hold "${path}${name}": its name tells of a secret`)
      }
      return [name, kept(value, `${path}${name}.`)]
    })
  )
}

function kept(value: unknown, path: string): unknown {
  if (typeof value === 'string') return shortened(value)
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) {
    const items = value.slice(0, LONGEST_LIST).map((item) => kept(item, path))
    return value.length > LONGEST_LIST ? [...items, `… ${value.length - LONGEST_LIST} more`] : items
  }
  if (value && typeof value === 'object') return fields(value as Record<string, unknown>, path)
  return value
}

const shortened = (text: string) =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}… (${text.length} characters)` : text
