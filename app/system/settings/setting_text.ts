import type { SettingDefinition } from '#core/contracts/settings'

/** A value as a form shows it. */
export function settingToText({ kind }: SettingDefinition<any>, value: unknown): string {
  if (kind === 'json') return JSON.stringify(value, null, 2)
  if (kind === 'boolean') return value ? 'on' : ''
  return String(value)
}

/** The value that a form posted, still to be checked against its definition. Undefined when it can't be read at all. */
export function settingFromText({ kind }: SettingDefinition<any>, text: string): unknown {
  const trimmed = text.replaceAll('\r\n', '\n').trim()
  if (kind === 'boolean') return trimmed === 'on'
  if (kind === 'integer') return integerOf(trimmed.replace(/[\s\u00A0\u202F]/g, ''))
  if (kind === 'json') return jsonOf(trimmed)
  if (kind === 'colour') return trimmed.toLowerCase()
  return trimmed
}

const integerOf = (text: string) => (/^-?\d{1,16}$/.test(text) ? Number(text) : undefined)

function jsonOf(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
