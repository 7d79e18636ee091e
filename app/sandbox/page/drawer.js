import { api, attempt } from './api.js'
import { ask, toast } from './alerts.js'
import { byId, h, iconButton } from './dom.js'
import { faultForm, KINDS, presetButtons, ruleText } from './faults.js'

const REFRESH_MS = 2000

/** Faults, limits and what the server has seen. */
export class Drawer {
  #timer
  #rules = h('ul', { class: 'rules' })
  #figures = h('div', {})
  #limits

  constructor(conversation) {
    this.conversation = conversation
    this.button = byId('faults-button')
    this.element = byId('drawer')
    this.button.addEventListener('click', () => this.#toggle(this.element.hidden))
    this.element.addEventListener('keydown', (event) => event.key === 'Escape' && this.#toggle(false))
    this.#build()
  }

  async load() {
    const answer = await attempt(() => api.get('/faults'))
    if (!answer) return
    const rules = answer.faults.filter(({ service }) => service === 'telegram')
    const active = rules.filter(({ remaining }) => remaining !== 0)
    byId('faults-dot').hidden = active.length === 0
    this.button.setAttribute(
      'aria-label',
      active.length > 0 ? `Faults and limits, ${active.length} active` : 'Faults and limits'
    )
    this.#rules.replaceChildren(...rules.map((rule) => this.#rule(rule)))
  }

  #build() {
    const add = (fault) => attempt(() => api.post('/faults', fault))
    this.#limits = h('input', { type: 'checkbox', on: { change: () => this.#setLimits() } })
    this.element.append(
      h(
        'div',
        { class: 'drawer-head' },
        h('h2', {}, 'Faults and limits'),
        iconButton('close', 'Close', () => this.#toggle(false))
      ),
      section(
        'Make Telegram misbehave',
        h('p', {}, 'The bot gets these answers instead of the good ones until you remove them.'),
        h(
          'p',
          {},
          h('a', { class: 'quiet-link', href: '/faults' }, 'Faults of payment providers, Fragment, TON and Ethereum')
        ),
        presetButtons(add),
        this.#rules
      ),
      section(
        'A fault of your own',
        faultForm(add, () => this.conversation.id)
      ),
      section(
        "Telegram's limits",
        h('label', { class: 'check' }, this.#limits, 'Refuse what is sent too fast'),
        h('p', {}, '30 messages a second over all, 1 a second to one chat, 20 a minute to a group.')
      ),
      section('What the server has seen', this.#figures),
      section(
        'Start over',
        h('p', {}, 'Forgets all messages, people you added, faults and figures.'),
        h('button', { type: 'button', class: 'button danger', on: { click: () => this.#reset() } }, 'Reset the sandbox')
      )
    )
  }

  #toggle(open) {
    if (this.element.hidden === !open) return
    this.element.hidden = !open
    byId('app').classList.toggle('with-drawer', open)
    this.button.setAttribute('aria-expanded', String(open))
    clearInterval(this.#timer)
    if (open) {
      this.#refresh()
      this.#timer = setInterval(() => this.#refresh(), REFRESH_MS)
      this.element.querySelector('button').focus()
    } else this.button.focus()
  }

  async #refresh() {
    await this.load()
    const seen = await attempt(() => api.get('/journal/summary'))
    const limits = await attempt(() => api.get('/limits'))
    if (limits) this.#limits.checked = limits.limits !== false
    if (seen) this.#figures.replaceChildren(figures(seen), tally(seen.counters))
  }

  #setLimits() {
    return attempt(() => api.put('/limits', { limits: this.#limits.checked }))
  }

  #rule(rule) {
    const { title, detail } = ruleText(rule)
    return h(
      'li',
      { class: 'rule' },
      h('span', { class: 'rule-text' }, h('strong', {}, title), h('span', {}, detail)),
      iconButton('trash', `Remove: ${KINDS[rule.kind]}`, () => attempt(() => api.delete(`/faults/${rule.id}`)))
    )
  }

  async #reset() {
    if (!(await ask('Forget all messages and everything else the sandbox holds?', 'Reset'))) return
    if (await attempt(() => api.post('/reset'))) toast('The sandbox is empty again')
  }
}

function section(title, ...parts) {
  return h('section', { class: 'drawer-section' }, h('h3', {}, title), ...parts)
}

function figures(seen) {
  const values = [
    ['Requests', seen.total],
    ['Messages sent', seen.classes.send.count],
    ['Most in any second', seen.classes.send.max_in_any_window],
    ['Kept in memory', seen.messages_kept],
  ]
  return h(
    'dl',
    { class: 'figures' },
    values.map(([name, value]) => h('div', { class: 'figure' }, h('dt', {}, name), h('dd', {}, value.toLocaleString())))
  )
}

function tally(counters) {
  const rows = Object.entries(counters).flatMap(([method, outcomes]) =>
    Object.entries(outcomes).map(([outcome, count]) => ({ method, outcome, count }))
  )
  rows.sort((a, b) => b.count - a.count)
  return h(
    'table',
    { class: 'tally' },
    h('caption', { class: 'visually-hidden' }, 'Requests by method and outcome'),
    h(
      'tbody',
      {},
      rows
        .slice(0, 12)
        .map(({ method, outcome, count }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, `${method} → ${outcome.replace('_', ' ')}`),
            h('td', {}, count.toLocaleString())
          )
        )
    )
  )
}
