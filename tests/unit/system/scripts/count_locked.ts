import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { Leases } from '#system/leases/leases'

export interface Span {
  fence: number
  from: number
  to: number
}

/** Waits until all contenders are there, takes the lease `times` times and reports when it was held. */
export default async function (name: string, times: number): Promise<Span[]> {
  const leases = await app.container.make(Leases)
  const spans: Span[] = []
  process.send!({ ready: true })
  await once(process, 'message')
  while (spans.length < times) {
    const lease = await leases.acquire(name, 60_000)
    if (!lease) {
      await sleep(2)
      continue
    }
    const from = Date.now()
    await sleep(3)
    spans.push({ fence: lease.fence, from, to: Date.now() })
    await leases.release(lease)
  }
  return spans
}
