import { inject } from '@adonisjs/core'
import type { EventEffect } from '#chain/listener/event_effects'
import type ChainEvent from '#chain/models/chain_event'
import { Clock } from '#core/clock'
import { IntegrationEvents } from '#core/contracts/integration_events'
import type { Trx } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import { customerOf, feeOf, momentOf } from '#raffles/effects/player_facts'
import { EntryBook } from '#raffles/entries/entry_book'
import type Raffle from '#raffles/models/raffle'
import type RaffleEntry from '#raffles/models/raffle_entry'
import RafflePlayer from '#raffles/models/raffle_player'
import { Rounds } from '#raffles/rounds/rounds'

/** Somebody is in: a customer of ours, or anybody else. */
@inject()
export class RaffleEnterEffect implements EventEffect {
  readonly name = 'RaffleEnter'

  constructor(
    private clock: Clock,
    private rounds: Rounds,
    private entries: EntryBook,
    private integrations: IntegrationEvents
  ) {}

  async seen(trx: Trx, event: ChainEvent) {
    const { raffle, entry } = await this.#keep(trx, event, 'seen')
    if (entry) await this.entries.seen(trx, entry, raffle, event)
  }

  async orphaned(trx: Trx, event: ChainEvent) {
    await RafflePlayer.query({ client: trx }).where('eventId', event.id).update({ status: 'orphaned' })
    const entry = await this.entries.ofTransaction(trx, event.txHash)
    if (entry) await this.entries.orphaned(trx, entry)
  }

  async confirmed(trx: Trx, event: ChainEvent) {
    const { raffle, player, entry } = await this.#keep(trx, event, 'confirmed')
    await raffle.merge({ participants: raffle.participants + 1, pool: raffle.pool + player.fee }).save()
    if (!entry) return
    await this.entries.confirmed(trx, entry, raffle, event)
    await this.#tellPrograms(trx, event, entry, raffle)
  }

  /** Its round may be another one than when it was seen. */
  async #keep(trx: Trx, event: ChainEvent, status: 'seen' | 'confirmed') {
    const paid = await feeOf(trx, event)
    const raffle = (await this.rounds.lockOf(trx, event)) ?? (await this.#first(trx, event, paid))
    const entry = await this.entries.ofTransaction(trx, event.txHash)
    const player =
      (await RafflePlayer.query({ client: trx }).where('eventId', event.id).first()) ??
      new RafflePlayer().useTransaction(trx).merge({ eventId: event.id, createdAt: this.clock.now() })
    await player
      .merge({
        status,
        raffleId: raffle.id,
        playerKey: event.toKey!,
        customerId: await customerOf(trx, event),
        entryId: entry?.id ?? null,
        fee: paid ?? raffle.entranceFee,
        txHash: event.txHash,
        blockNumber: event.blockNumber,
      })
      .save()
    return { raffle, player, entry }
  }

  async #first(trx: Trx, event: ChainEvent, paid: bigint | null) {
    const at = await momentOf(trx, event, this.clock.now())
    return this.rounds.open(trx, { round: 1, fee: paid ?? 0n, block: event.blockNumber, at })
  }

  async #tellPrograms(trx: Trx, event: ChainEvent, entry: RaffleEntry, raffle: Raffle) {
    const customer = await Customer.findOrFail(entry.customerId, { client: trx })
    await this.integrations.emit(trx, {
      name: 'raffle.entry_confirmed',
      key: `raffle.entry:${entry.id}:confirmed`,
      data: {
        entry_id: entry.reference,
        tg_id: customer.telegramId,
        raffle_id: raffle.reference,
        round: raffle.round,
        address: event.args.player,
        fee: entry.money.toDecimal(),
        currency: 'USDT',
        tx_hash: event.txHash,
        block_number: event.blockNumber,
      },
    })
  }
}
