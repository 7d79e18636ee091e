import { inject } from '@adonisjs/core'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import Customer from '#customers/models/customer'
import RaffleEntry from '#raffles/models/raffle_entry'
import RafflePlayer from '#raffles/models/raffle_player'
import { RaffleSwitch } from '#raffles/raffle_switch'
import { Rounds } from '#raffles/rounds/rounds'
import { entriesPerRound } from '#raffles/settings'
import { OPEN_ENTRIES } from '#raffles/values'

/** Who may enter: what our own records know of it. The contract has the last word. */
@inject()
export class EntryRules {
  constructor(
    private settings: Settings,
    private raffle: RaffleSwitch,
    private rounds: Rounds
  ) {}

  /**
   * Refuses with `customer_not_found`, `raffle_off`, `customer_banned`, `entry_in_progress {reference}` or
   * `already_entered {limit}`.
   */
  async admit(customerId: number, trx?: Trx) {
    const customer = await Customer.find(customerId, { client: trx })
    if (!customer || customer.isAnonymised) return refuse('customer_not_found')
    if (!(await this.raffle.isOn(trx))) return refuse('raffle_off')
    if (customer.isBanned) return refuse('customer_banned')
    const open = await RaffleEntry.query({ client: trx })
      .where('customerId', customerId)
      .whereIn('status', [...OPEN_ENTRIES])
      .first()
    if (open) return refuse('entry_in_progress', { reference: open.reference })
    const limit = await (trx ? this.settings.getIn(trx, entriesPerRound) : this.settings.get(entriesPerRound))
    if (limit > 0 && (await this.#entered(customerId, trx)) >= limit) return refuse('already_entered', { limit })
    return ok(customer)
  }

  /** How often they are in the round that takes entries now. The next one takes them before it is confirmed. */
  async #entered(customerId: number, trx?: Trx): Promise<number> {
    const round = await this.rounds.current(trx)
    if (round?.status !== 'open' || (await this.rounds.isOverAhead(round, trx))) return 0
    const players = await RafflePlayer.query({ client: trx })
      .where({ raffleId: round.id, customerId, status: 'confirmed' })
      .count('* as total')
      .firstOrFail()
    return Number(players.$extras.total)
  }
}
