/** At most that many UTF-16 units, as Telegram counts them; an ellipsis stands for what is missing. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  if (max < 2) return ''
  const kept = text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')
  return `${kept.trimEnd()}…`
}

/** Characters of Telegram HTML as Telegram counts them: without tags, an entity as one. */
export const visibleLength = (html: string) => html.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot);/g, ' ').length
