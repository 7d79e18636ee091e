import type { Entity, EntityType } from '#sandbox/entities/types'

const SPLITTABLE: readonly EntityType[] = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler']

/** Order of entities that cover the same text; the outer ones first. */
const PRIORITY: Partial<Record<EntityType, number>> = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 11,
  code: 20,
  text_link: 49,
  text_mention: 49,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
}

/**
 * Entities as Telegram stores them: styles of one kind merge and are cut where another span begins or ends, links and
 * code never overlap, quotes never nest, nothing is styled inside code. What can't be kept is dropped without an error.
 */
export function normaliseEntities(entities: Entity[]): Entity[] {
  if (entities.length === 0) return entities
  const sorted = sortEntities(entities)
  const styles = sorted.filter(isStyle)
  const quotes = withoutOverlaps(sorted.filter(isQuote))
  const solid = withoutOverlaps(sorted.filter((entity) => !isStyle(entity) && !isQuote(entity)))
  const others = sortEntities([...solid.filter((entity) => fitsQuotes(entity, quotes)), ...quotes])
  return sortEntities([...others, ...cutStyles(styles, others)])
}

/** Adds entities that Telegram finds by itself (links, mentions, commands) where they don't disturb given ones. */
export function mergeFound(entities: Entity[], found: Entity[]): Entity[] {
  if (found.length === 0) return entities
  const quotes = entities.filter(isQuote)
  const solid = entities.filter((entity) => !isStyle(entity) && !isQuote(entity))
  const free = found.filter((entity) => fitsQuotes(entity, quotes) && !solid.some((other) => overlap(entity, other)))
  return normaliseEntities([...entities, ...free])
}

export function sortEntities(entities: Entity[]): Entity[] {
  return [...entities].sort(
    (a, b) => a.offset - b.offset || b.length - a.length || (PRIORITY[a.type] ?? 50) - (PRIORITY[b.type] ?? 50)
  )
}

const isStyle = (entity: Entity) => SPLITTABLE.includes(entity.type)
const isQuote = (entity: Entity) => entity.type === 'blockquote' || entity.type === 'expandable_blockquote'
const endOf = (entity: Entity) => entity.offset + entity.length
const overlap = (a: Entity, b: Entity) => a.offset < endOf(b) && b.offset < endOf(a)

/** The first of any that share text. */
function withoutOverlaps(sorted: Entity[]): Entity[] {
  let end = 0
  return sorted.filter((entity) => {
    if (entity.offset < end) return false
    end = endOf(entity)
    return true
  })
}

/** A link or code may lie inside a quote, or outside of it, but not across its border. */
function fitsQuotes(entity: Entity, quotes: Entity[]): boolean {
  return quotes.every(
    (quote) => !overlap(entity, quote) || (entity.offset >= quote.offset && endOf(entity) <= endOf(quote))
  )
}

function cutStyles(styles: Entity[], others: Entity[]): Entity[] {
  const runs = SPLITTABLE.flatMap((type) => mergeRuns(styles.filter((style) => style.type === type)))
  const cuts = [...others.flatMap((other) => [other.offset, endOf(other)]), ...runs.map((run) => run.offset)]
  const code = others.filter((other) => other.type === 'pre' || other.type === 'code')
  return runs.flatMap((run) => cutAt(run, cuts)).filter((piece) => !code.some((span) => overlap(piece, span)))
}

function mergeRuns(sorted: Entity[]): Entity[] {
  const runs: Entity[] = []
  for (const entity of sorted) {
    const last = runs.at(-1)
    if (last && entity.offset <= endOf(last)) last.length = Math.max(endOf(last), endOf(entity)) - last.offset
    else runs.push({ ...entity })
  }
  return runs
}

function cutAt(run: Entity, cuts: number[]): Entity[] {
  const inside = cuts.filter((cut) => cut > run.offset && cut < endOf(run))
  const edges = [...new Set([run.offset, ...inside, endOf(run)])].sort((a, b) => a - b)
  return edges.slice(1).map((end, index) => ({ ...run, offset: edges[index], length: end - edges[index] }))
}
