import { h } from './dom.js'

export const KINDS = {
  too_many_requests: '429 Too Many Requests',
  forbidden: '403 Forbidden',
  bad_request: '400 Bad Request',
  server_error: '5xx server error',
  slow: 'Slow answers',
  timeout: 'Done, but never answered',
  drop_before: 'Connection dropped before the effect',
  drop_after: 'Connection dropped after the effect',
}

const PRESETS = {
  'Flood: 429 for 5 s, once': { kind: 'too_many_requests', retryAfter: 5, count: 1, methods: ['send*', 'edit*'] },
  'Slow answers': { kind: 'slow', delayMs: 800, jitterMs: 1200 },
  'A tenth fails with 500': { kind: 'server_error', probability: 0.1 },
  'A fifth drops after the effect': { kind: 'drop_after', probability: 0.2, methods: ['send*'] },
  'Everyone has blocked the bot': { kind: 'forbidden', methods: ['send*'] },
}

export function presetButtons(add) {
  const buttons = Object.entries(PRESETS).map(([label, fault]) =>
    h('button', { type: 'button', class: 'preset', on: { click: () => add(fault) } }, label)
  )
  return h('div', { class: 'presets' }, buttons)
}

/** A rule in words. */
export function ruleText(rule) {
  const where = [rule.methods.join(', ') || 'all methods', rule.chats.length > 0 && `chats ${rule.chats.join(', ')}`]
  const detail = [
    rule.probability < 1 && `${Math.round(rule.probability * 100)} %`,
    rule.kind === 'too_many_requests' && `retry after ${rule.retryAfter} s`,
    rule.kind === 'slow' && `${rule.delayMs} ms, up to ${rule.jitterMs} ms more`,
    rule.kind === 'server_error' && `status ${rule.status}`,
    where.filter(Boolean).join(', '),
    rule.remaining === null ? undefined : rule.remaining === 0 ? 'used up' : `${rule.remaining} more`,
    `hit ${rule.hits} times`,
  ]
  return { title: KINDS[rule.kind], detail: detail.filter(Boolean).join(' · ') }
}

/** Fields that make sense for a kind only. */
const FIELDS_OF = {
  too_many_requests: ['retryAfter'],
  server_error: ['status'],
  slow: ['delayMs', 'jitterMs'],
  bad_request: ['description'],
  forbidden: ['description'],
}

export function faultForm(add, currentChat) {
  const fields = {
    kind: h(
      'select',
      { class: 'input' },
      Object.entries(KINDS).map(([value, label]) => h('option', { value }, label))
    ),
    probability: number(100, 1, 100),
    count: number('', 1, undefined, 'always'),
    retryAfter: number(5, 1),
    status: number(500, 500, 599),
    delayMs: number(1000, 0),
    jitterMs: number(500, 0),
    description: h('input', { class: 'input', placeholder: 'chat not found' }),
    methods: h('input', { class: 'input', placeholder: 'send*, editMessageText' }),
    onlyHere: h('input', { type: 'checkbox' }),
  }
  const special = {
    retryAfter: labelled('Retry after, s', fields.retryAfter),
    status: labelled('HTTP status', fields.status),
    delayMs: labelled('Delay, ms', fields.delayMs),
    jitterMs: labelled('Up to more, ms', fields.jitterMs),
    description: labelled('Reason', fields.description, 'wide'),
  }
  const showSpecial = () => {
    for (const [name, element] of Object.entries(special)) {
      element.hidden = !(FIELDS_OF[fields.kind.value] ?? []).includes(name)
    }
  }
  fields.kind.addEventListener('change', showSpecial)
  showSpecial()

  return h(
    'form',
    {
      class: 'form-grid',
      on: {
        submit: (event) => {
          event.preventDefault()
          add(faultOf(fields, currentChat()))
        },
      },
    },
    labelled('Kind', fields.kind, 'wide'),
    Object.values(special),
    labelled('How many, %', fields.probability),
    labelled('How many times', fields.count),
    labelled('Methods (empty: all)', fields.methods, 'wide'),
    h('label', { class: 'check wide' }, fields.onlyHere, 'Only in the open chat'),
    h('button', { type: 'submit', class: 'button wide' }, 'Add the fault')
  )
}

function faultOf(fields, chatId) {
  const kind = fields.kind.value
  const special = Object.fromEntries(
    (FIELDS_OF[kind] ?? []).map((name) => {
      const { value } = fields[name]
      return [name, name === 'description' ? value || undefined : Number(value)]
    })
  )
  return {
    kind,
    ...special,
    probability: Number(fields.probability.value) / 100,
    ...(fields.count.value && { count: Number(fields.count.value) }),
    methods: fields.methods.value.split(/[\s,]+/).filter(Boolean),
    chats: fields.onlyHere.checked && chatId ? [chatId] : [],
  }
}

function number(value, min, max, placeholder) {
  return h('input', {
    class: 'input',
    type: 'number',
    value: String(value),
    min: String(min),
    ...(max && { max: String(max) }),
    ...(placeholder && { placeholder }),
  })
}

function labelled(text, field, className = '') {
  return h('label', { class: className }, text, field)
}
