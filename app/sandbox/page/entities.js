import { h } from './dom.js'
import { toast } from './alerts.js'

const EXPAND_FROM_LINES = 3

/**
 * A text with its entities as nodes. `actions` says what a tap does: `command(text)` for bot commands, `start(payload)`
 * for this bot's own deep links.
 */
export function formatted(text, entities = [], actions = {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)
  return renderSpan(text, sorted, 0, text.length, actions)
}

function renderSpan(text, entities, start, end, actions) {
  const nodes = []
  let position = start
  for (let i = 0; i < entities.length;) {
    const entity = entities[i]
    const entityEnd = Math.min(entity.offset + entity.length, end)
    const inner = []
    for (i++; i < entities.length && entities[i].offset < entityEnd; i++) inner.push(entities[i])
    if (entity.offset > position) nodes.push(text.slice(position, entity.offset))
    const children = renderSpan(text, inner, entity.offset, entityEnd, actions)
    nodes.push(wrap(entity, text.slice(entity.offset, entityEnd), children, actions))
    position = entityEnd
  }
  if (position < end) nodes.push(text.slice(position, end))
  return nodes
}

function wrap(entity, source, children, actions) {
  switch (entity.type) {
    case 'bold':
      return h('strong', {}, children)
    case 'italic':
      return h('em', {}, children)
    case 'underline':
      return h('u', {}, children)
    case 'strikethrough':
      return h('s', {}, children)
    case 'spoiler':
      return spoiler(children)
    case 'code':
      return h('code', { title: 'Copy', on: { click: () => copy(source) } }, source)
    case 'pre':
      return h('pre', {}, entity.language && h('span', { class: 'language' }, entity.language), h('span', {}, source))
    case 'blockquote':
      return h('blockquote', {}, children)
    case 'expandable_blockquote':
      return expandable(source, children)
    case 'text_link':
      return link(entity.url, children, actions)
    case 'url':
      return link(/^[a-z]+:/i.test(source) ? source : `http://${source}`, children, actions)
    case 'email':
      return link(`mailto:${source}`, children, actions)
    case 'bot_command':
      return h('button', { type: 'button', class: 'command', on: { click: () => actions.command?.(source) } }, source)
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
    case 'phone_number':
      return h('span', { class: 'tag' }, children)
    default:
      return h('span', {}, children)
  }
}

function spoiler(children) {
  const element = h(
    'span',
    { class: 'spoiler', role: 'button', tabIndex: 0, title: 'Hidden text: press to see' },
    children
  )
  const reveal = () => {
    element.classList.add('open')
    for (const name of ['role', 'tabindex', 'title']) element.removeAttribute(name)
  }
  element.addEventListener('click', reveal)
  element.addEventListener('keydown', (event) => ['Enter', ' '].includes(event.key) && reveal())
  return element
}

function expandable(source, children) {
  if (source.split('\n').length <= EXPAND_FROM_LINES && source.length < 200) return h('blockquote', {}, children)
  const toggle = h('button', { type: 'button', class: 'quote-toggle', 'aria-expanded': 'false' }, 'Show more')
  const quote = h('blockquote', { class: 'collapsed' }, h('div', { class: 'quote-body' }, children), toggle)
  toggle.addEventListener('click', () => {
    const isCollapsed = quote.classList.toggle('collapsed')
    toggle.textContent = isCollapsed ? 'Show more' : 'Show less'
    toggle.setAttribute('aria-expanded', String(!isCollapsed))
  })
  return quote
}

const OPENS_OUTSIDE = /^(https?|mailto|tel):/i

export function link(address, children, actions, className) {
  if (INVOICE.test(address) && actions.payLink) {
    const pay = (event) => follow(event, () => actions.payLink(address))
    return h('a', { class: className, href: '#', on: { click: pay } }, children)
  }
  const payload = startPayload(address, actions.username)
  if (payload !== undefined) {
    return h(
      'a',
      { class: className, href: '#', on: { click: (event) => follow(event, () => actions.start?.(payload)) } },
      children
    )
  }
  if (!OPENS_OUTSIDE.test(address)) return h('span', { class: 'tag', title: address }, children)
  return h(
    'a',
    { class: className, href: address, target: '_blank', rel: 'noopener noreferrer', title: address },
    children
  )
}

/** A link of createInvoiceLink. */
const INVOICE = /^https:\/\/t\.me\/\$[\w-]+$/

/** The parameter of a link that opens this very bot, or undefined for any other link. */
function startPayload(address, username) {
  const match = /^(?:https?:\/\/(?:t|telegram)\.me\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]*))?$/i.exec(
    address
  )
  return match && username && match[1].toLowerCase() === username.toLowerCase() ? (match[2] ?? '') : undefined
}

function follow(event, act) {
  event.preventDefault()
  act()
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    toast('Copied')
  } catch {
    toast('This browser does not let the page copy')
  }
}
