import { messageElement } from './bubble.js'
import { dayKey, dayTitle } from './dates.js'
import { byId, h, reconcile } from './dom.js'

/** Messages of one author within this many seconds stand close together. */
const GROUP_SECONDS = 300

/** The messages of the open chat, kept by id and drawn again only where they changed. */
export class Timeline {
  #messages = new Map()
  #elements = new Map()

  /** `isOutgoing(message)` and the `actions` of messages come from the conversation. */
  constructor(isOutgoing) {
    this.isOutgoing = isOutgoing
    byId('scroller').addEventListener('scroll', () => this.#showToBottom())
    byId('to-bottom').addEventListener('click', () => this.toEnd('smooth'))
  }

  reset(messages) {
    this.#messages = new Map(messages.map((message) => [message.message_id, message]))
    this.#elements.clear()
  }

  put(message) {
    this.#messages.set(message.message_id, message)
  }

  remove(ids) {
    for (const id of ids) this.#messages.delete(id)
  }

  find(id) {
    return this.#messages.get(id)
  }

  /** `filter` picks what is shown, `empty` makes what stands there when nothing is. */
  render({ filter, empty, showAuthors, actions }) {
    const shown = filter([...this.#messages.values()].sort((a, b) => a.message_id - b.message_id))
    reconcile(byId('messages'), shown.length > 0 ? this.#nodes(shown, showAuthors, actions) : [empty()])
    this.#showToBottom()
  }

  jump(id) {
    const { element } = this.#elements.get(id) ?? {}
    if (!element?.isConnected) return false
    element.scrollIntoView({ block: 'center', behavior: 'smooth' })
    element.classList.remove('flash')
    requestAnimationFrame(() => element.classList.add('flash'))
    return true
  }

  isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = byId('scroller')
    return scrollHeight - scrollTop - clientHeight < 80
  }

  toEnd(behavior = 'instant') {
    const scroller = byId('scroller')
    scroller.scrollTo({ top: scroller.scrollHeight, behavior })
  }

  #nodes(messages, showAuthors, actions) {
    const nodes = []
    let previous
    for (const [index, message] of messages.entries()) {
      if (!previous || dayKey(previous.date) !== dayKey(message.date)) nodes.push(this.#daySeparator(message.date))
      const element = this.#element(message, showAuthors, actions)
      element.classList.toggle('first', !sameGroup(previous, message))
      element.classList.toggle('last', !sameGroup(message, messages[index + 1]))
      nodes.push(element)
      previous = message
    }
    return nodes
  }

  #element(message, showAuthors, actions) {
    const isOutgoing = this.isOutgoing(message)
    return this.#cached(message.message_id, message, () =>
      messageElement(message, { isOutgoing, showAuthor: showAuthors && !isOutgoing, actions })
    )
  }

  #daySeparator(date) {
    const title = dayTitle(date)
    return this.#cached(`day${dayKey(date)}`, title, () => h('p', { class: 'day' }, title))
  }

  #cached(key, content, make) {
    const known = this.#elements.get(key)
    if (known?.content === content) return known.element
    const element = make()
    this.#elements.set(key, { content, element })
    return element
  }

  #showToBottom() {
    byId('to-bottom').hidden = this.isAtEnd()
  }
}

function sameGroup(a, b) {
  return Boolean(
    a && b && a.from?.id === b.from?.id && b.date - a.date < GROUP_SECONDS && dayKey(a.date) === dayKey(b.date)
  )
}
