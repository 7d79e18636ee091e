import { isObject } from '#sandbox/api/params'
import { route, type ControlHandler } from '#sandbox/control/route'
import { ControlError } from '#sandbox/errors'
import type { NewFault } from '#sandbox/faults'
import type { LimitSettings } from '#sandbox/limits'

const list: ControlHandler = ({ world }) => ({ faults: world.faults.list() })

const add: ControlHandler = ({ world, params }) => world.faults.add(params.values as unknown as NewFault)

/** Replaces all rules at once. */
const replace: ControlHandler = ({ world, params }) => {
  const faults = params.json('faults', 'faults is not JSON')
  if (!Array.isArray(faults) || !faults.every(isObject)) throw new ControlError(422, '"faults" is a list of rules.')
  return { faults: world.faults.set(...(faults as NewFault[])) }
}

const remove: ControlHandler = ({ world, path }) => {
  world.faults.remove(Number(path.id))
  return { faults: world.faults.list() }
}

const clear: ControlHandler = ({ world }) => {
  world.faults.clear()
  return { faults: [] }
}

const showLimits: ControlHandler = ({ world }) => ({ limits: world.limits.settings ?? false })

/** `{"limits": true}`, `false`, or numbers of one's own. */
const setLimits: ControlHandler = ({ world, params }) => {
  const limits = params.json('limits', 'limits is not JSON')
  if (typeof limits !== 'boolean' && !isObject(limits)) {
    throw new ControlError(422, '"limits" is true, false or an object of numbers.')
  }
  world.limits.configure(limits as boolean | Partial<LimitSettings>)
  return { limits: world.limits.settings ?? false }
}

export const weatherRoutes = [
  route('GET', '/sandbox/faults', list),
  route('POST', '/sandbox/faults', add),
  route('PUT', '/sandbox/faults', replace),
  route('DELETE', '/sandbox/faults', clear),
  route('DELETE', '/sandbox/faults/:id', remove),
  route('GET', '/sandbox/limits', showLimits),
  route('PUT', '/sandbox/limits', setLimits),
]
