import { isElement, type MarkupElement, type MarkupNode } from '#broadcasts/markup/nodes'

/** A formatted stretch of a text, counted in UTF-16 units. */
export interface MarkupEntity {
  kind: MarkupElement['kind']
  offset: number
  length: number
  href?: string
  language?: string
  expandable?: boolean
  emojiId?: string
}

export interface FormattedText {
  text: string
  /** Outer ones first. */
  entities: MarkupEntity[]
}

/**
 * The text as customers see it, and where it is formatted. White space at the end is gone, and at the beginning too
 * unless it is formatted, as Telegram does before it counts.
 */
export function toEntities(nodes: MarkupNode[]): FormattedText {
  const entities: MarkupEntity[] = []
  const text = flatten(nodes, 0, entities)
  const end = text.replace(/[ \n]+$/, '').length
  const kept = entities.filter(({ offset }) => offset < end)
  const blank = /^[ \n]*/.exec(text.slice(0, end))![0].length
  const start = Math.min(blank, ...kept.map(({ offset }) => offset))
  return {
    text: text.slice(start, end),
    entities: kept.map((entity) => ({
      ...entity,
      offset: entity.offset - start,
      length: Math.min(entity.length, end - entity.offset),
    })),
  }
}

/** Length before trimming. */
export const plainLength = (nodes: MarkupNode[]) => flatten(nodes, 0, []).length

function flatten(nodes: MarkupNode[], from: number, entities: MarkupEntity[]): string {
  let text = ''
  for (const node of nodes) {
    if (!isElement(node)) {
      text += node
      continue
    }
    const { children, ...element } = node
    const entity = { ...element, offset: from + text.length, length: 0 }
    entities.push(entity)
    const inside = flatten(children, entity.offset, entities)
    entity.length = inside.length
    text += inside
  }
  return text
}

/** Spaces of all kinds, joiners, marks of direction: Telegram calls a text of nothing else empty. */
const INVISIBLE = /^[\s\u00AD\u115F\u1160\u17B4\u17B5\u180E\u2000-\u200F\u202F\u205F-\u206F\u2800\u3000\uFEFF]*$/

export const isInvisible = (text: string) => INVISIBLE.test(text)
