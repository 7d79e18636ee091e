import { numberOf, route, type ControlHandler } from '#sandbox/control/route'
import { ControlError } from '#sandbox/errors'
import { METHOD_NAMES } from '#sandbox/methods/index'
import { serviceEnvironment } from '#sandbox/services/environment'
import { addSamples } from '#sandbox/people/samples'

const info: ControlHandler = ({ world }) => ({
  bot: { ...world.bot.user, first_name: world.bot.text('name') || world.bot.user.first_name },
  description: world.bot.text('description') || 'Press START to begin.',
  methods: METHOD_NAMES,
  now: world.clock.now(),
  webhook: world.webhook.current?.url ?? null,
  pending_updates: world.updates.size,
  messages_kept: world.messages.size,
  faults: world.faults.list().length,
  limits: world.limits.settings ?? false,
  product: world.productUrl,
  services: serviceEnvironment(world.origin, world.evm.url !== null),
})

const reset: ControlHandler = ({ world, params }) => {
  world.reset()
  if (params.has('samples') ? params.flag('samples') : world.options.samples) addSamples(world)
  return { ok: true }
}

/** Moves the sandbox's clock, for what only time may change. */
const travel: ControlHandler = ({ world, params }) => {
  const ms = numberOf(params, 'advance_ms')
  if (ms === undefined) throw new ControlError(422, 'Say by how much: "advance_ms".')
  world.clock.advance(ms)
  world.tick()
  return { now: world.clock.now() }
}

export const generalRoutes = [
  route('GET', '/sandbox', info),
  route('POST', '/sandbox/reset', reset),
  route('POST', '/sandbox/clock', travel),
]
