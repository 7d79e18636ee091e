import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { Outbox } from '#core/contracts/outbox'
import { transaction } from '#core/database/transaction'

/** The web process's part: writes one transactional message after the other, each to a chat of its own. */
export default async function writeSlowly(count: number, firstChat: number, everyMs: number) {
  const outbox = await app.container.make(Outbox)
  for (let i = 0; i < count; i++) {
    const text = `row ${i}`
    await transaction((trx) =>
      outbox.write(trx, { type: 'PAYMENT', chatId: firstChat + i, template: 'plain', params: { text } })
    )
    await sleep(everyMs)
  }
}
