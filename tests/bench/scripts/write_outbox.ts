import app from '@adonisjs/core/services/app'
import { Outbox } from '#core/contracts/outbox'
import { transaction } from '#core/database/transaction'

/** Writes that many transactional messages, each to a chat of its own, numbered from `first`. */
export default async function writeOutbox(count: number, first = 0) {
  const outbox = await app.container.make(Outbox)
  const messages = Array.from({ length: count }, (_, i) => ({
    type: 'SYSTEM' as const,
    chatId: 1_000_000 + first + i,
    template: 'plain',
    params: { text: `row ${first + i}` },
  }))
  await transaction((trx) => outbox.write(trx, messages))
}
