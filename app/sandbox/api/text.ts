import { isObject, type Params } from '#sandbox/api/params'
import { isInvisible } from '#sandbox/entities/clean'
import { formatText, PARSERS } from '#sandbox/entities/formatted_text'
import { ENTITY_TYPES, EntityError, type Entity, type EntityType, type FormattedText } from '#sandbox/entities/types'
import { badRequest } from '#sandbox/errors'
import { publicUser } from '#sandbox/state/customers'
import type { World } from '#sandbox/world'

/** Counted after entity parsing, in UTF-16 units. */
export const MAX_TEXT = 4096
export const MAX_CAPTION = 1024

/** More than this is not even looked at. */
const MAX_SOURCE_BYTES = 2 ** 15

/** The entities that a bot may give; the rest Telegram finds itself. */
const GIVEN_TYPES: readonly string[] = ENTITY_TYPES

/** `text` of a message. */
export function messageText(world: World, params: Params): FormattedText {
  const source = params.text('text')
  if (!source) throw badRequest('Message text is empty')
  const formatted = format(world, params, source, 'entities')
  if (isInvisible(formatted.text)) throw badRequest('Text must be non-empty')
  if (formatted.text.length > MAX_TEXT) throw badRequest('Message is too long')
  return formatted
}

/** `caption` of a photo or document, empty when there is none. */
export function messageCaption(world: World, params: Params): FormattedText {
  const formatted = format(world, params, params.text('caption'), 'caption_entities')
  if (formatted.text.length > MAX_CAPTION) throw badRequest('Message caption is too long')
  return isInvisible(formatted.text) ? { text: '', entities: [] } : formatted
}

function format(world: World, params: Params, source: string, entitiesName: string): FormattedText {
  if (Buffer.byteLength(source) > MAX_SOURCE_BYTES) throw badRequest('Text is too long')
  const parseMode = params.text('parse_mode')
  const isParsed = source && parseMode && parseMode.toLowerCase() !== 'none'
  if (isParsed && !PARSERS[parseMode.toLowerCase()]) throw badRequest('Unsupported parse_mode')
  try {
    const given = isParsed ? [] : givenEntities(params, entitiesName)
    const formatted = formatText(source, isParsed ? parseMode : '', given)
    return { text: formatted.text, entities: formatted.entities.flatMap((entity) => resolveMention(world, entity)) }
  } catch (error) {
    if (error instanceof EntityError) throw badRequest(error.message)
    throw error
  }
}

/** A mention by id becomes one of a known user, and plain text otherwise. */
function resolveMention(world: World, entity: Entity): Entity[] {
  if (entity.type !== 'text_mention') return [entity]
  const { user_id: userId, ...rest } = entity
  const user = userId === world.bot.user.id ? world.bot.user : world.customers.find(userId ?? 0)
  return user ? [{ ...rest, user: publicUser(user) } as Entity] : []
}

function givenEntities(params: Params, name: string): Entity[] {
  const list = params.json(name, `Can't parse entities JSON object`)
  if (!Array.isArray(list)) return []
  return list.flatMap((item) => givenEntity(item) ?? [])
}

function givenEntity(item: unknown): Entity | undefined {
  if (!isObject(item)) throw badRequest("Can't parse MessageEntity: expected an Object")
  const [offset, length] = [integerField(item, 'offset'), integerField(item, 'length')]
  if (typeof item.type !== 'string') throw badRequest('Can\'t parse MessageEntity: Can\'t find field "type"')
  if (!GIVEN_TYPES.includes(item.type)) throw badRequest("Can't parse MessageEntity: Unsupported type specified")
  const type = item.type as EntityType

  switch (type) {
    case 'text_link':
      return typeof item.url === 'string' && item.url ? { type, offset, length, url: item.url } : undefined
    case 'pre':
      return {
        type,
        offset,
        length,
        ...(typeof item.language === 'string' && item.language && { language: item.language }),
      }
    case 'custom_emoji':
      return { type, offset, length, custom_emoji_id: String(item.custom_emoji_id ?? '') }
    case 'text_mention':
      return { type, offset, length, user_id: isObject(item.user) ? Number(item.user.id) : 0 }
    case 'bold':
    case 'italic':
    case 'underline':
    case 'strikethrough':
    case 'spoiler':
    case 'blockquote':
    case 'expandable_blockquote':
    case 'code':
      return { type, offset, length }
    default:
      return undefined
  }
}

function integerField(item: Record<string, unknown>, name: string): number {
  const value = item[name]
  if (value === undefined) throw badRequest(`Can't parse MessageEntity: Can't find field "${name}"`)
  if (!/^-?\d+$/.test(String(value))) {
    throw badRequest(`Can't parse MessageEntity: Field "${name}" must be a valid Number`)
  }
  return Number(value)
}
