import { isElement, type ElementKind, type MarkupElement, type MarkupNode } from '#broadcasts/markup/nodes'

const TAGS: Record<Exclude<ElementKind, 'pre' | 'link' | 'quote' | 'emoji'>, string> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strike: 's',
  spoiler: 'tg-spoiler',
  code: 'code',
}

export const escapeText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
export const escapeAttribute = (text: string) => escapeText(text).replace(/"/g, '&quot;')

/** The one way in which a text is stored and sent: Telegram HTML with nothing in it that needs guessing. */
export function toHtml(nodes: MarkupNode[]): string {
  return nodes.map((node) => (isElement(node) ? elementHtml(node) : escapeText(node))).join('')
}

function elementHtml(element: MarkupElement): string {
  const inside = toHtml(element.children)
  switch (element.kind) {
    case 'link':
      return `<a href="${escapeAttribute(element.href!)}">${inside}</a>`
    case 'quote':
      return `<blockquote${element.expandable ? ' expandable' : ''}>${inside}</blockquote>`
    case 'emoji':
      return `<tg-emoji emoji-id="${element.emojiId}">${inside}</tg-emoji>`
    case 'pre':
      return element.language
        ? `<pre><code class="language-${escapeAttribute(element.language)}">${inside}</code></pre>`
        : `<pre>${inside}</pre>`
    default:
      return `<${TAGS[element.kind]}>${inside}</${TAGS[element.kind]}>`
  }
}
