import type { Params } from '#sandbox/api/params'
import { numberOf, route, type ControlHandler } from '#sandbox/control/route'
import { ControlError } from '#sandbox/errors'
import { METHOD_CLASSES, type JournalFilter, type MethodClass } from '#sandbox/journal'

const list: ControlHandler = ({ world, params }) => ({
  total: world.journal.total,
  entries: world.journal.entries({ ...filterOf(params), limit: params.integer('limit', 1000, 1) }),
})

/** Counters by method and outcome, and the pace by class of method as this receiver saw it. */
const summary: ControlHandler = ({ world, params }) => {
  const windowMs = params.integer('window_ms', 1000, 1)
  const pace = (wanted?: MethodClass) => ({
    ...world.journal.rate(wanted),
    max_in_any_window: world.journal.maxInAnyWindow(wanted, windowMs),
  })
  return {
    total: world.journal.total,
    window_ms: windowMs,
    all: pace(),
    classes: Object.fromEntries(METHOD_CLASSES.map((name) => [name, pace(name)])),
    counters: world.journal.counters(),
    messages_kept: world.messages.size,
  }
}

const clear: ControlHandler = ({ world }) => {
  world.journal.clear()
  return { ok: true }
}

function filterOf(params: Params): JournalFilter {
  const wantedClass = params.text('class')
  if (wantedClass && !METHOD_CLASSES.includes(wantedClass as MethodClass)) {
    throw new ControlError(422, `A class is one of ${METHOD_CLASSES.join(', ')}.`)
  }
  return {
    method: params.text('method') || undefined,
    class: (wantedClass || undefined) as MethodClass | undefined,
    chatId: numberOf(params, 'chat_id'),
    since: numberOf(params, 'since'),
  }
}

export const journalRoutes = [
  route('GET', '/sandbox/journal', list),
  route('GET', '/sandbox/journal/summary', summary),
  route('DELETE', '/sandbox/journal', clear),
]
