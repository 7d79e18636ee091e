import type { SettingDefinition } from '#core/contracts/settings'
import type { SettingChange, SettingFaults } from '#system/actions/change_settings'
import { settingFromText, settingToText } from '#system/settings/setting_text'
import { formatNumber } from '#admin/shared/format'
import { panelText } from '#admin/shared/words'

const LARGEST_TOLD = 1_000_000_000

/** `broadcasts.daily_cap` as the name of a field: dots would be paths. */
export const fieldName = (key: string) => key.replaceAll('.', '__')
const shownName = (key: string) => `shown__${fieldName(key)}`

/** One setting as the page shows it. */
export function fieldOf(definition: SettingDefinition<any>, value: unknown) {
  const { key, kind, choices, min, max, maxLength, permission } = definition
  return {
    ...{ kind, choices, min, max, maxLength, permission },
    name: fieldName(key),
    shownName: shownName(key),
    label: panelText(`settings.fields.${key}.label`),
    help: [panelText(`settings.fields.${key}.help`), limitsOf(definition)].filter(Boolean).join(' '),
    value: settingToText(definition, value),
    isDefault: JSON.stringify(value) === JSON.stringify(definition.default),
  }
}

/**
 * What the admin changed: fields that differ from what the form showed. Whatever somebody else changed meanwhile
 * stays as they left it.
 */
export function changesOf(definitions: SettingDefinition<any>[], input: Record<string, unknown>): SettingChange[] {
  return definitions
    .filter(({ key }) => shownName(key) in input)
    .map((definition) => ({ definition, posted: textOf(input[fieldName(definition.key)]) }))
    .filter(({ definition, posted }) => !sameText(posted, textOf(input[shownName(definition.key)])))
    .map(({ definition, posted }) => ({ definition, value: settingFromText(definition, posted) }))
}

/** Faults as the form shows them, by field. */
export function errorsOf(faults: SettingFaults): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(faults).map(([key, fault]) => [
      fieldName(key),
      [panelText('settings.fault', { name: panelText(`settings.fields.${key}.label`), fault })],
    ])
  )
}

/** Ids have limits too, which nobody needs to read. */
function limitsOf({ kind, min, max, default: fallback }: SettingDefinition<any>) {
  if (kind !== 'integer' || min === undefined || max === undefined || max > LARGEST_TOLD) return ''
  return panelText('settings.limits', {
    min: formatNumber(min),
    max: formatNumber(max),
    value: formatNumber(fallback),
  })
}

const textOf = (raw: unknown) => (typeof raw === 'string' ? raw : '')
const sameText = (one: string, other: string) => one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n')
