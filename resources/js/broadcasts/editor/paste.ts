import { BULLET } from './bullets.js'

const INDENT = '\u00A0\u00A0'
const HEADINGS = 'h1,h2,h3,h4,h5,h6'
/** Word and Outlook write a list as paragraphs, with the bullet as text that it tells to ignore. */
const WORD_ITEM = 'p[data-style*="mso-list"]'
const WORD_BULLET = '[data-style*="mso-list:Ignore" i], [data-style*="mso-list: Ignore" i]'
const HIDDEN =
  '[hidden], [data-style*="display:none" i], [data-style*="display: none" i], [data-style*="mso-hide:all" i]'
const DROPPED = 'script,style,template,iframe,object,svg,img,video,audio,canvas,form,input,select,textarea,button,hr'

/**
 * Turns pasted HTML into what a message can hold before the editor reads it: lists and tables become lines of text,
 * headings bold lines, formatting by style sheets becomes tags, emoji drawn as images become characters.
 */
export function cleanPastedHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), 'text/html')
  body.querySelectorAll<HTMLImageElement>('img[alt]').forEach((image) => {
    if (/\p{Extended_Pictographic}/u.test(image.alt) && image.alt.length <= 20) image.replaceWith(image.alt)
  })
  body.querySelectorAll(`${DROPPED},${HIDDEN}`).forEach((element) => element.remove())
  body.querySelectorAll<HTMLElement>(WORD_ITEM).forEach(wordItemToLine)
  body.querySelectorAll<HTMLElement>('[data-style]').forEach(styleToTags)
  body.querySelectorAll(HEADINGS).forEach((heading) => rename(wrapInside(heading, 'b'), 'p'))
  body.querySelectorAll('tr').forEach(rowToLine)
  flattenLists(body)
  body.querySelectorAll('p,div').forEach(emptyWhenBlank)
  return body.innerHTML
}

/** The page's CSP forbids inline styles, of what is only being read too: they are kept as data. */
function withoutStyles(html: string) {
  return html
    .replace(/<style\b.*?<\/style>/gis, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ' data-style='))
}

function styleToTags(element: HTMLElement) {
  const style = element.dataset.style ?? ''
  delete element.dataset.style
  if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapInside(element, 'b')
  if (/font-weight:\s*(normal|400)/i.test(style) && /^(b|strong)$/i.test(element.tagName)) rename(element, 'span')
  if (/font-style:\s*italic/i.test(style)) wrapInside(element, 'i')
  if (/text-decoration[^;]*underline/i.test(style) && element.tagName !== 'A') wrapInside(element, 'u')
  if (/text-decoration[^;]*line-through/i.test(style)) wrapInside(element, 's')
}

function wordItemToLine(item: HTMLElement) {
  const level = Number(item.dataset.style!.match(/level(\d)/)?.[1] ?? 1)
  const marker = item.querySelector(WORD_BULLET)
  const number = marker?.textContent?.match(/[\p{L}\d]+[.)]/u)?.[0]
  marker?.remove()
  item.prepend(INDENT.repeat(level - 1) + (number ? `${number} ` : BULLET))
}

/** An empty line holds a no-break space in Word, so that it has a height. */
function emptyWhenBlank(line: Element) {
  if (line.children.length <= 1 && line.textContent!.length <= 1 && !line.textContent!.trim()) line.replaceChildren()
}

function rowToLine(row: Element) {
  const line = row.ownerDocument.createElement('p')
  const cells = [...row.querySelectorAll('td,th')]
  cells.forEach((cell, index) => {
    if (index) line.append(' | ')
    line.append(...cell.childNodes)
  })
  row.replaceWith(line)
}

/** Innermost lists first, so that an outer item finds its inner lines already made. */
function flattenLists(body: HTMLElement) {
  for (const list of [...body.querySelectorAll('ul,ol')].reverse()) {
    const depth = ancestors(list).filter((element) => /^(UL|OL)$/.test(element.tagName)).length
    const first = Number(list.getAttribute('start') ?? 1)
    const lines = [...list.children].flatMap((item, index) => {
      const bullet = list.tagName === 'OL' ? `${first + index}. ` : BULLET
      return linesOf(item, INDENT.repeat(depth) + bullet)
    })
    list.replaceWith(...lines)
  }
}

/** An item's own text as one line, then whatever blocks stood inside it. */
function linesOf(item: Element, prefix: string): Element[] {
  const line = item.ownerDocument.createElement('p')
  line.append(prefix)
  const inner: Element[] = []
  for (const child of [...item.childNodes]) {
    const isParagraph = child instanceof Element && child.tagName === 'P'
    if (isParagraph && (child as HTMLElement).dataset.item !== undefined) inner.push(child)
    else if (isParagraph) line.append(...child.childNodes)
    else line.append(child)
  }
  line.dataset.item = ''
  return [line, ...inner]
}

function wrapInside(element: Element, tag: string) {
  const wrapper = element.ownerDocument.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
  return element
}

function rename(element: Element, tag: string) {
  const replacement = element.ownerDocument.createElement(tag)
  replacement.append(...element.childNodes)
  element.replaceWith(replacement)
}

function ancestors(element: Element): Element[] {
  return element.parentElement ? [element.parentElement, ...ancestors(element.parentElement)] : []
}
