import type { EntityType } from '#sandbox/entities/types'

/** The name Telegram gives an entity in "Can't find end of ... entity". */
const NAMES: Partial<Record<EntityType, string>> = {
  bold: 'Bold',
  italic: 'Italic',
  underline: 'Underline',
  strikethrough: 'Strikethrough',
  spoiler: 'Spoiler',
  code: 'Code',
  pre: 'Pre',
  text_link: 'TextUrl',
  custom_emoji: 'CustomEmoji',
  blockquote: 'BlockQuote',
}

export function entityName(type: EntityType, language?: string): string {
  return type === 'pre' && language ? 'PreCode' : (NAMES[type] ?? type)
}
