import { isElement, type ElementKind, type MarkupElement, type MarkupNode } from '#broadcasts/markup/nodes'
import { escapeAttribute, escapeText } from '#broadcasts/markup/to_html'

const TAGS: Partial<Record<ElementKind, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
  emoji: 'span',
}

/** A message as a browser shows it: every character of it is escaped, no attribute but ours comes through. */
export function webHtml(nodes: MarkupNode[]): string {
  return nodes.map((node) => (isElement(node) ? elementHtml(node) : escapeText(node))).join('')
}

function elementHtml(element: MarkupElement): string {
  const inside = webHtml(element.children)
  switch (element.kind) {
    case 'spoiler':
      return `<span class="phone-spoiler" data-spoiler>${inside}</span>`
    case 'link':
      return `<a href="${escapeAttribute(safeAddress(element.href!))}" rel="noopener noreferrer" target="_blank">${inside}</a>`
    case 'pre':
      return `<pre tabindex="0">${languageLabel(element.language)}<code>${inside}</code></pre>`
    case 'quote':
      return `<blockquote${element.expandable ? ' class="is-expandable"' : ''}>${inside}</blockquote>`
    default:
      return `<${TAGS[element.kind]}>${inside}</${TAGS[element.kind]}>`
  }
}

const languageLabel = (language?: string) =>
  language ? `<span class="phone-language">${escapeText(language)}</span>` : ''

/** The reader of broadcasts admits none but Telegram's schemes; whoever calls this with less than that gets no link. */
const safeAddress = (href: string) => (/^(https?|tg|ton|tonsite):/i.test(href) ? href : '#')
