import app from '@adonisjs/core/services/app'
import { IntegrationEvents, type IntegrationEvent } from '#core/contracts/integration_events'
import { transaction } from '#core/database/transaction'

/** That an entry is confirmed, as the raffle tells it; told apart by its block. */
export const entryConfirmed = (block: number): IntegrationEvent => ({
  name: 'raffle.entry_confirmed',
  key: `raffle.entry:${block}:confirmed`,
  data: {
    entry_id: 'ABCDEFGH12',
    tg_id: 700_000_001,
    raffle_id: 'ZYXWVTSR98',
    round: 3,
    address: `0x${'a'.repeat(40)}`,
    fee: '10.000000',
    currency: 'USDT',
    tx_hash: `0x${'b'.repeat(64)}`,
    block_number: block,
  },
})

export async function emit(event: IntegrationEvent) {
  const events = await app.container.make(IntegrationEvents)
  await transaction((trx) => events.emit(trx, event))
}
