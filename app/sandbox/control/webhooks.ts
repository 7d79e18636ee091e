import { route, type ControlHandler } from '#sandbox/control/route'
import { ControlError } from '#sandbox/errors'
import type { ServiceName } from '#sandbox/services/names'

const MAX_MS = 120_000

const list: ControlHandler = ({ world, params }) => ({
  webhooks: world.webhooks.list((params.text('service') || undefined) as ServiceName | undefined),
})

const settled: ControlHandler = async ({ world, params }) => {
  await world.webhooks.settled(params.integer('timeout_ms', 10_000, 1, MAX_MS))
  return { ok: true }
}

const resend: ControlHandler = ({ world, path }) => {
  world.webhooks.resend(Number(path.id))
  return { ok: true }
}

const release: ControlHandler = ({ world, params }) => {
  world.webhooks.release((params.text('service') || undefined) as ServiceName | undefined)
  return { ok: true }
}

/** Where the product's web process listens: the address to which webhooks of payment providers go. */
const setProduct: ControlHandler = ({ world, params }) => {
  const url = params.text('url').replace(/\/+$/, '')
  if (!URL.canParse(url) || !url.startsWith('http'))
    throw new ControlError(422, 'Give the product\'s "url": http://...')
  world.productUrl = url
  return { url }
}

const calls: ControlHandler = ({ world }) => world.calls.summary()

export const webhookRoutes = [
  route('GET', '/sandbox/webhooks', list),
  route('GET', '/sandbox/webhooks/settled', settled),
  route('POST', '/sandbox/webhooks/:id/resend', resend),
  route('POST', '/sandbox/webhooks/release', release),
  route('PUT', '/sandbox/product', setProduct),
  route('GET', '/sandbox/calls', calls),
]
