import type { ApplicationService } from '@adonisjs/core/types'
import { Chain } from '#chain/chain_config'
import { EventEffects } from '#chain/listener/event_effects'
import { OperationHandlers } from '#chain/operations/operation_handlers'
import { Clock } from '#core/clock'
import { HealthChecks } from '#core/contracts/health'
import { PersonalData } from '#core/contracts/personal_data'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { TimelineSource } from '#core/contracts/timeline_source'
import { DrawRequestedEffect } from '#raffles/effects/draw_requested_effect'
import { RaffleEnterEffect } from '#raffles/effects/raffle_enter_effect'
import { WinnerPickedEffect } from '#raffles/effects/winner_picked_effect'
import { entryData } from '#raffles/entries/entry_data'
import { madeWhenAsked } from '#raffles/made_when_asked'
import { ClaimOperation } from '#raffles/operations/claim_operation'
import { DrawOperation } from '#raffles/operations/draw_operation'
import { EnterOperation } from '#raffles/operations/enter_operation'
import { raffleConditions } from '#raffles/segment_conditions'
import { raffleSettings } from '#raffles/settings'
import { CarryOutSchedules } from '#raffles/ticks/carry_out_schedules'
import { KeepRound } from '#raffles/ticks/keep_round'
import { ReadReceipts } from '#raffles/ticks/read_receipts'
import { TellPlayers } from '#raffles/ticks/tell_players'
import { Watch } from '#raffles/ticks/watch'
import { RafflesTimeline } from '#raffles/timeline'

export default class RafflesProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(raffleSettings)
    const segments = await container.make(SegmentSource)
    segments.register(raffleConditions)
    const timeline = await container.make(TimelineSource)
    timeline.register(new RafflesTimeline())
    const personalData = await container.make(PersonalData)
    personalData.register(entryData)
    const made = madeWhenAsked(container)
    const handlers = await container.make(OperationHandlers)
    handlers.register(made.handler('enter', EnterOperation))
    handlers.register(made.handler('draw', DrawOperation))
    handlers.register(made.handler('claim', ClaimOperation))
    const effects = await container.make(EventEffects)
    effects.register(made.effect('RaffleEnter', RaffleEnterEffect))
    effects.register(made.effect('RequestedRaffleWinner', DrawRequestedEffect))
    effects.register(made.effect('WinnerPicked', WinnerPickedEffect))
    const ticks = await container.make(Ticks)
    for (const tick of [KeepRound, CarryOutSchedules, TellPlayers, ReadReceipts, Watch])
      ticks.register(await container.make(tick))
  }

  /** Where health is asked for. */
  async start() {
    const { container } = this.app
    const chain = await container.make(Chain)
    if (!chain.config || this.app.getEnvironment() !== 'web' || this.app.getMode() !== 'run') return
    const { RaffleCheck } = await import('#raffles/health/raffle_check')
    const { registerRaffleGauges } = await import('#raffles/health/raffle_gauges')
    const checks = await container.make(HealthChecks)
    checks.register(await container.make(RaffleCheck))
    registerRaffleGauges(await container.make(Clock))
  }
}
