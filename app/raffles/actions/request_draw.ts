import { inject } from '@adonisjs/core'
import { Operations } from '#chain/operations/operations'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { Treasury } from '#chain/treasury/treasury'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { allOrNothing } from '#core/database/all_or_nothing'
import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import { ok, refuse, type Result } from '#core/result'
import { RaffleReader } from '#raffles/contract/raffle_reader'
import type Raffle from '#raffles/models/raffle'
import RaffleDraw from '#raffles/models/raffle_draw'
import RaffleSchedule from '#raffles/models/raffle_schedule'
import { RaffleSwitch } from '#raffles/raffle_switch'
import { Rounds } from '#raffles/rounds/rounds'
import type { DrawCause } from '#raffles/values'

export interface RequestDrawInput {
  /** Idempotency key, up to 160 characters: the same key again is the same draw, also when its round is over. */
  key?: string
  cause: DrawCause
  requestedBy: Actor
  /** The round that is meant; any that is open without it. */
  raffleId?: number
  /** The plan that this carries out. */
  scheduleId?: number
}

/**
 * Has the treasury ask the contract for a draw. Drawing is not stopped by the switch of the raffle: what was entered is
 * drawn. Refuses with `raffle_off` (no chain), `raffle_not_open`, `no_players`, `upkeep_not_needed`,
 * `draw_in_progress {reference}`, `schedule_not_waiting`, `chain_unavailable`, or as `Operations.begin` does.
 */
@inject()
export class RequestDraw {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private raffle: RaffleSwitch,
    private rounds: Rounds,
    private reader: RaffleReader,
    private treasury: Treasury,
    private operations: Operations
  ) {}

  async run(input: RequestDrawInput): Promise<Result<RaffleDraw>> {
    if (!this.raffle.isConfigured) return refuse('raffle_off')
    const earlier = await this.#earlier(input)
    if (earlier) return ok(earlier)
    const asked = await this.#askContract()
    if (!asked.ok) return asked
    const treasury = await this.treasury.wallet()
    return allOrNothing((trx) => this.#request(trx, input, treasury.id))
  }

  async #askContract(): Promise<Result<unknown>> {
    try {
      const now = await this.reader.now()
      if (!now.isOpen) return refuse('raffle_not_open')
      if (now.entries === 0) return refuse('no_players')
      return (await this.reader.isDue()) ? ok() : refuse('upkeep_not_needed')
    } catch (error) {
      if (error instanceof ChainUnavailable) return refuse('chain_unavailable')
      throw error
    }
  }

  async #request(trx: Trx, input: RequestDrawInput, walletId: number): Promise<Result<RaffleDraw>> {
    const round = await this.rounds.lockCurrent(trx)
    const earlier = await this.#earlier(input, trx)
    if (earlier) return ok(earlier)
    if (round?.status !== 'open') return refuse('raffle_not_open')
    if (input.raffleId !== undefined && input.raffleId !== round.id) return refuse('raffle_not_open')
    const open = await RaffleDraw.query({ client: trx }).where('raffleId', round.id).whereNull('finishedAt').first()
    if (open) return refuse('draw_in_progress', { reference: open.reference })

    const draw = await this.#create(trx, input, round)
    const operation = await this.operations.begin(trx, {
      key: `raffle_draw:${draw.id}`,
      kind: 'draw',
      walletId,
      customerId: null,
      to: this.raffle.contract,
      subject: { type: 'raffle_draw', id: draw.id },
    })
    if (!operation.ok) return operation
    await draw.merge({ operationId: operation.value.id }).save()
    if (input.scheduleId !== undefined && !(await this.#carriedOut(trx, input.scheduleId, draw))) {
      return refuse('schedule_not_waiting')
    }
    if (input.requestedBy.type !== 'system') await this.#record(trx, draw, round, input.requestedBy)
    return ok(draw)
  }

  async #earlier({ key }: RequestDrawInput, trx?: Trx): Promise<RaffleDraw | null> {
    return key === undefined ? null : RaffleDraw.query({ client: trx }).where('key', key).first()
  }

  async #create(trx: Trx, { key, cause, requestedBy }: RequestDrawInput, round: Raffle) {
    const draw = await RaffleDraw.create(
      {
        reference: newReference(),
        key: key ?? null,
        raffleId: round.id,
        cause,
        requestedBy: requestedBy.id,
        requestedByName: requestedBy.name.slice(0, 120),
        status: 'sending',
        createdAt: this.clock.now(),
      },
      { client: trx }
    )
    return draw.refresh()
  }

  async #carriedOut(trx: Trx, scheduleId: number, draw: RaffleDraw) {
    const [changed] = await RaffleSchedule.query({ client: trx })
      .where({ id: scheduleId, status: 'waiting' })
      .update({ status: 'done', drawId: draw.id, finishedAt: this.clock.now() })
    return Number(changed) === 1
  }

  #record(trx: Trx, draw: RaffleDraw, round: Raffle, actor: Actor) {
    return this.audit.record(trx, {
      actor,
      action: 'raffle_draw.requested',
      subjectType: 'raffle',
      subjectId: round.id,
      after: { round: round.round, draw: draw.reference, cause: draw.cause },
    })
  }
}
