import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { EnterRaffle } from '#raffles/actions/enter_raffle'

const AGAIN_MS = 500

/** Every customer taps twice on "Enter", at moments spread over so long, and again until they are taken. */
export default async function enterRaffle(customerIds: number[], spreadMs: number) {
  const enter = await app.container.make(EnterRaffle)
  const tap = async (customerId: number, tapped: string) => {
    const key = `bench:${customerId}:${tapped}`
    const entered = await enter.run({ key, customerId, source: 'bot', actor: SYSTEM_ACTOR })
    return entered.ok || ['entry_in_progress', 'already_entered'].includes(entered.refusal.code)
  }
  const come = async (customerId: number, place: number) => {
    await sleep((spreadMs * place) / customerIds.length)
    for (let round = 0; ; round++) {
      const taken = await Promise.all([tap(customerId, `${round}a`), tap(customerId, `${round}b`)])
      if (taken.every(Boolean)) return
      await sleep(AGAIN_MS)
    }
  }
  await Promise.all(customerIds.map(come))
}
