import { normaliseEntities, sortEntities } from '#sandbox/entities/normalise'
import { byteOffset, EntityError, type Entity, type FormattedText } from '#sandbox/entities/types'

/** Telegram cuts anything longer without a word before it counts. */
const HARD_LIMIT_BYTES = 35_000

/** Nothing to see: spaces of all kinds, direction marks, joiners. */
const INVISIBLE = /^[\s\u00ad\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u202f\u205f\u2060-\u206f\u2800\u3000\ufeff]*$/u

/**
 * The text as Telegram keeps it: control characters become spaces, carriage returns and direction overrides vanish,
 * both ends lose their white space, and entities move along.
 */
export function cleanText(input: FormattedText): FormattedText {
  for (const entity of input.entities) {
    if (entity.offset < 0 || entity.offset > 1_000_000) {
      throw new EntityError(`Receive an entity with incorrect offset ${entity.offset}`)
    }
    if (entity.length < 0 || entity.length > 1_000_000) {
      throw new EntityError(`Receive an entity with incorrect length ${entity.length}`)
    }
  }
  const entities = normaliseEntities(input.entities.filter((entity) => entity.length > 0))
  checkBounds(input.text, entities)
  const cleaned = removeCharacters(input.text, entities)
  return limitLength(trim({ text: cleaned.text, entities: normaliseEntities(cleaned.entities) }))
}

export function isInvisible(text: string): boolean {
  return INVISIBLE.test(text)
}

function checkBounds(text: string, entities: Entity[]): void {
  for (const { offset, length } of entities) {
    const end = offset + length
    if (splitsPair(text, offset)) {
      throw new EntityError(
        `Entity begins in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, offset + 1)}`
      )
    }
    if (splitsPair(text, end)) {
      const at = byteOffset(text, end + 1)
      throw new EntityError(
        `Entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol at byte offset ${at}`
      )
    }
    if (offset > text.length) {
      throw new EntityError(`Entity begins after the end of the text at UTF-16 offset ${offset}`)
    }
    if (end > text.length) {
      throw new EntityError(
        `Entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`
      )
    }
  }
}

function splitsPair(text: string, index: number): boolean {
  const [before, after] = [text.charCodeAt(index - 1), text.charCodeAt(index)]
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}

const REMOVED = /[\r\u202a-\u202e\u2028\u2029\u0333\u033f\u030a]/g
/** Control characters other than the line break; carriage returns are gone by then. */
const BECOMES_SPACE = /[^\P{Cc}\n\x7f-\x9f]/gu

function removeCharacters(text: string, entities: Entity[]): FormattedText {
  const removed = Array.from(text.matchAll(REMOVED), (match) => match.index)
  const moved = (position: number) => position - removed.filter((index) => index < position).length
  return {
    text: text.replace(REMOVED, '').replace(BECOMES_SPACE, ' '),
    entities: entities
      .map((entity) => {
        const offset = moved(entity.offset)
        return { ...entity, offset, length: moved(entity.offset + entity.length) - offset }
      })
      .filter((entity) => entity.length > 0),
  }
}

/** Only line breaks and plain spaces count here, and leading ones stay when they are formatted. */
function trim({ text, entities }: FormattedText): FormattedText {
  const end = text.length - /[\n ]*$/.exec(text)![0].length
  const kept = entities
    .filter((entity) => entity.offset < end)
    .map((entity) => ({ ...entity, length: Math.min(entity.length, end - entity.offset) }))

  const leading = /^[\n ]*/.exec(text.slice(0, end))![0].length
  const start = Math.min(leading, kept[0]?.offset ?? leading)
  return {
    text: text.slice(start, end),
    entities: sortEntities(kept.map((entity) => ({ ...entity, offset: entity.offset - start }))),
  }
}

function limitLength({ text, entities }: FormattedText): FormattedText {
  if (Buffer.byteLength(text) <= HARD_LIMIT_BYTES) return { text, entities }
  const bytes = Buffer.from(text).subarray(0, HARD_LIMIT_BYTES)
  const cut = bytes.toString().replace(/\ufffd$/, '')
  return { text: cut, entities: entities.filter((entity) => entity.offset + entity.length <= cut.length) }
}
