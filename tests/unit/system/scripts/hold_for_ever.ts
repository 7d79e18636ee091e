import app from '@adonisjs/core/services/app'
import { Leases } from '#system/leases/leases'

/** Holds a lease in standby fashion and tells the parent when it has it. */
export default async function (name: string, ttlMs: number) {
  const leases = await app.container.make(Leases)
  await leases.runWhileHeld(
    name,
    ttlMs,
    async (lease, signal) => {
      process.send!({ fence: lease.fence })
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    },
    new AbortController().signal
  )
}
