import app from '@adonisjs/core/services/app'
import { TonApi } from '#ton/ton_api'
import { Deliveries } from '#stars/fulfilment/deliveries'
import { ConcludeStep } from '#stars/actions/conclude_step'
import { FragmentDelivery } from '#stars/fulfilment/fragment/fragment_delivery'

/** Tells the parent, and waits to be killed. */
function halt() {
  process.send!({ halted: true })
  return new Promise<never>(() => setInterval(() => {}, 60_000))
}

/**
 * Delivers an order and stops dead at one point: `before:<state>` and `after:<state>` of a step, `before:send` and
 * `after:send` of the payment, `before:conclude`.
 */
export default async function deliverAndHalt(orderId: number, point: string) {
  const at = (name: string) => (name === point ? halt() : undefined)

  const { container } = app
  const delivery = await container.make(FragmentDelivery)
  const step = delivery.step.bind(delivery)
  delivery.step = async (order, fulfilment) => {
    const { state } = fulfilment
    await at(`before:${state}`)
    const outcome = await step(order, fulfilment)
    await at(`after:${state}`)
    return outcome
  }
  container.swap(FragmentDelivery, () => delivery)

  const api = await container.make(TonApi)
  const send = api.send.bind(api)
  api.send = async (boc) => {
    await at('before:send')
    await send(boc)
    await at('after:send')
  }

  const conclusion = await container.make(ConcludeStep)
  const conclude = conclusion.handle.bind(conclusion)
  conclusion.handle = async (...args) => {
    await at('before:conclude')
    return conclude(...args)
  }
  container.swap(ConcludeStep, () => conclusion)

  const deliveries = await container.make(Deliveries)
  await deliveries.run(orderId)
}
