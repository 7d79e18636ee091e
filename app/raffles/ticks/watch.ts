import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { Clock } from '#core/clock'
import { Alerts, type AlertInput } from '#core/contracts/alerts'
import { Settings } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'
import { toJson } from '#core/database/columns'
import { PrizeClaims } from '#raffles/prizes/prize_claims'
import { stuckAfterMinutes } from '#raffles/settings'
import type { WatchFigures } from '#raffles/watchdog/watch_figures'
import { Watchdog } from '#raffles/watchdog/watchdog'

const MINUTE = 60_000

/** Calls a person when the raffle hangs or is about to, and keeps what was found for the panel. */
@inject()
export class Watch implements Tick {
  readonly name = 'raffles.watch'
  readonly everyMs = MINUTE

  constructor(
    private chain: Chain,
    private clock: Clock,
    private logger: Logger,
    private settings: Settings,
    private alerts: Alerts,
    private watchdog: Watchdog,
    private claims: PrizeClaims
  ) {}

  async run() {
    if (!this.chain.config) return
    try {
      const figures = await this.watchdog.look()
      await this.#keep(figures)
      await this.#judge(figures)
    } catch (error) {
      if (!(error instanceof ChainUnavailable)) throw error
      this.logger.warn({ err: error }, 'The raffle could not be watched; trying again')
    }
  }

  #keep(figures: WatchFigures) {
    const { chainId, raffle } = this.chain.required
    return db
      .knexQuery()
      .table('raffle_watches')
      .insert({
        chain_id: chainId,
        contract_key: raffle.toLowerCase(),
        figures: toJson(figures),
        checked_at: this.clock.now(),
      })
      .onConflict(['chain_id', 'contract_key'])
      .merge()
  }

  async #judge({ pendingSince, requestId, link, isLinkLow, unclaimed }: WatchFigures) {
    const minutes = pendingSince === null ? 0 : Math.floor((this.clock.now() - pendingSince) / MINUTE)
    await this.#tell(minutes >= (await this.settings.get(stuckAfterMinutes)) && pendingSince !== null, {
      severity: 'critical',
      fingerprint: 'raffle:stuck',
      title: `The raffle has waited for its random number for ${minutes} minutes`,
      details: {
        request: requestId ?? '',
        next: 'See the subscription at vrf.chain.link; after a day the contract’s owner can ask again (retryDraw)',
      },
    })
    await this.#tell(isLinkLow, {
      severity: 'warning',
      fingerprint: 'raffle:link_low',
      title: 'The subscription that pays for randomness runs low',
      details: { LINK: link ?? '', next: 'Fund it at vrf.chain.link: without LINK no draw ends' },
    })
    const [prize] = unclaimed
    const isClaimable = await this.claims.areSupported()
    await this.#tell(prize !== undefined, {
      severity: 'warning',
      fingerprint: 'raffle:unclaimed',
      title: `A prize could not be paid and waits in the contract: ${prize?.amount} USDT`,
      details: {
        winner: prize?.address ?? '',
        next: isClaimable
          ? `Once USDT moves again, press “Pay the prize” on the page of round ${prize?.round}`
          : 'The contract can’t be asked to pay it: see with its owner',
      },
    })
  }

  async #tell(isTrouble: boolean, alert: Omit<AlertInput, 'kind'>) {
    if (isTrouble) await this.alerts.raise({ kind: 'chain', ...alert })
    else await this.alerts.resolve(alert.fingerprint)
  }
}
