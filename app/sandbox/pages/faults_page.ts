import { ControlError } from '#sandbox/errors'
import { KINDS_OF, type FaultKind } from '#sandbox/fault_kinds'
import type { FaultRule, NewFault } from '#sandbox/faults'
import { KIND_WORDS, PRESETS, ruleDetail } from '#sandbox/pages/fault_words'
import { html, type Html } from '#sandbox/pages/html'
import { form, page, type PageHandler } from '#sandbox/pages/route'
import { SERVICE_TITLES, SERVICES, type ServiceName } from '#sandbox/services/names'

const show: PageHandler = ({ world }) => ({
  title: 'Faults',
  section: 'Faults',
  body: html`<section class="card" aria-labelledby="faults-title">
      <h1 id="faults-title">Faults</h1>
      <p class="soft">What the services do to the product instead of what they should, until you remove it.</p>
      ${active(world.faults.list())}
    </section>
    <div class="tiles">${SERVICES.map(serviceCard)}</div>
    ${ownFault()}`,
})

function active(rules: readonly FaultRule[]): Html {
  if (rules.length === 0) return html`<p class="empty">Everything works as it should.</p>`
  return html`<ul class="rows">
      ${rules.map(ruleRow)}
    </ul>
    <form method="post" action="/faults/clear"><button class="button danger" type="submit">Remove all</button></form>`
}

function ruleRow(rule: FaultRule): Html {
  const name = `${SERVICE_TITLES[rule.service]}: ${KIND_WORDS[rule.kind]}`
  return html`<li class="row">
    <div class="row-main"><strong>${name}</strong><span class="soft">${ruleDetail(rule)}</span></div>
    <form method="post" action="/faults/${rule.id}/remove">
      <button class="button ghost" type="submit" aria-label="Remove: ${name}">Remove</button>
    </form>
  </li>`
}

function serviceCard(service: ServiceName): Html {
  const buttons = PRESETS[service].map(
    ({ label }, index) => html`<button class="preset" name="preset" value="${service}/${index}">${label}</button>`
  )
  return html`<section class="card" aria-labelledby="${service}-title">
    <h2 id="${service}-title">${SERVICE_TITLES[service]}</h2>
    <form class="actions" method="post" action="/faults/preset">${buttons}</form>
  </section>`
}

function ownFault(): Html {
  const groups = SERVICES.map(
    (service) =>
      html`<optgroup label="${SERVICE_TITLES[service]}">
        ${KINDS_OF[service].map((kind) => option(service, kind))}
      </optgroup>`
  )
  return html`<section class="card" aria-labelledby="own-title">
    <h2 id="own-title">A fault of your own</h2>
    <form class="actions" method="post" action="/faults/add">
      <label class="wide"
        >What happens
        <select class="input" name="fault">
          ${groups}
        </select></label
      >
      <label>How many times <input class="input" name="count" inputmode="numeric" placeholder="always" /></label>
      <label>How often, % <input class="input" name="percent" inputmode="numeric" value="100" /></label>
      <label>Milliseconds, where late <input class="input" name="delayMs" inputmode="numeric" value="5000" /></label>
      <label>Blocks or logs, where limited <input class="input" name="limit" inputmode="numeric" value="10" /></label>
      <label>Status, where 5xx <input class="input" name="status" inputmode="numeric" value="503" /></label>
      <label>Methods or statuses (empty: all) <input class="input" name="methods" placeholder="createInvoice" /></label>
      <button class="button" type="submit">Add the fault</button>
    </form>
  </section>`
}

function option(service: ServiceName, kind: FaultKind): Html {
  return html`<option value="${service}/${kind}">${SERVICE_TITLES[service]}: ${KIND_WORDS[kind]}</option>`
}

const addPreset: PageHandler = ({ world, params }) => {
  const [service, index] = params.text('preset').split('/')
  const preset = PRESETS[service as ServiceName]?.[Number(index)]
  if (!preset) throw new ControlError(404, 'There is no such fault.')
  world.faults.add(preset.fault)
  return '/faults'
}

const add: PageHandler = ({ world, params }) => {
  const [service, kind] = params.text('fault').split('/')
  const number = (name: string) => {
    const value = Number(params.text(name))
    if (!(value >= 0)) throw new ControlError(422, `"${params.text(name)}" is no number.`)
    return value
  }
  world.faults.add({
    service: service as ServiceName,
    kind: kind as NewFault['kind'],
    count: params.has('count') ? number('count') : null,
    probability: number('percent') / 100,
    delayMs: number('delayMs'),
    limit: number('limit'),
    status: number('status'),
    methods: params
      .text('methods')
      .split(/[\s,]+/)
      .filter(Boolean),
  })
  return '/faults'
}

const remove: PageHandler = ({ world, path }) => {
  world.faults.remove(Number(path.id))
  return '/faults'
}

const clear: PageHandler = ({ world }) => {
  world.faults.clear()
  return '/faults'
}

export const faultsRoutes = [
  page('/faults', show),
  form('/faults/preset', addPreset),
  form('/faults/add', add),
  form('/faults/clear', clear),
  form('/faults/:id/remove', remove),
]
