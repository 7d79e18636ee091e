import { Exception } from '@adonisjs/core/exceptions'
import type { SettingDefinition } from '#core/contracts/settings'
import { settingImageType } from '#system/settings/setting_image'

/** A value that its definition does not admit. The message says what would be admitted. */
export class InvalidSettingException extends Exception {
  static status = 422
  static code = 'E_INVALID_SETTING'
}

const COLOUR = /^#[0-9a-f]{6}$/
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/

/** Returns what is wrong with a value, or null. */
export function findFault(definition: SettingDefinition<any>, value: unknown): string | null {
  return faultOfKind(definition, value) ?? definition.check?.(value) ?? null
}

function faultOfKind(definition: SettingDefinition<any>, value: unknown): string | null {
  switch (definition.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false'
    case 'integer':
      return faultOfInteger(definition, value)
    case 'text':
      return faultOfText(definition, value)
    case 'choice':
      return definition.choices?.includes(value as string) ? null : `must be one of ${definition.choices?.join(', ')}`
    case 'time':
      return TIME_OF_DAY.test(String(value)) ? null : 'must be a time of day such as 09:30'
    case 'colour':
      return COLOUR.test(String(value)) ? null : 'must be a colour such as #0f766e'
    case 'image':
      return value === '' || settingImageType(String(value)) ? null : 'must be an uploaded image'
    case 'json':
      return value === undefined ? 'must be a JSON value' : null
  }
}

function faultOfInteger({ min, max }: SettingDefinition<any>, value: unknown) {
  if (!Number.isSafeInteger(value)) return 'must be a whole number'
  if (min !== undefined && (value as number) < min) return `must be at least ${min}`
  if (max !== undefined && (value as number) > max) return `must be at most ${max}`
  return null
}

function faultOfText({ maxLength }: SettingDefinition<any>, value: unknown) {
  if (typeof value !== 'string') return 'must be text'
  if (maxLength !== undefined && value.length > maxLength) return `must not be longer than ${maxLength} characters`
  return null
}
