import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import type { Tick } from '#core/contracts/ticks'
import LedgerProof from '#ledger/models/ledger_proof'
import type { Offence } from '#ledger/verify/offence'
import { verifyLedger } from '#ledger/verify/verify_ledger'

const EVERY_MS = 10 * 60_000
const DAY_MS = 86_400_000
/** UTC; after the day before was sealed. */
const HOUR_OF_PROOF = 2
const DETAILS = 50

const MISMATCH = 'ledger:mismatch'

/** Proves the books once a night and alerts when they don't add up. */
@inject()
export class ProveLedger implements Tick {
  readonly name = 'ledger.prove'
  readonly everyMs = EVERY_MS

  constructor(
    private clock: Clock,
    private alerts: Alerts
  ) {}

  async run(signal: AbortSignal) {
    const startedAt = this.clock.now()
    const last = await LedgerProof.query().orderBy('id', 'desc').first()
    if (last && last.startedAt >= lastNight(startedAt)) return

    const tally = { transfers: 0, entries: 0, accounts: 0 }
    const details: Offence[] = []
    let offences = 0
    for await (const offence of verifyLedger(tally, signal)) {
      if (offences++ < DETAILS) details.push(offence)
    }
    if (signal.aborted) return
    const outcome = offences === 0 ? 'clean' : 'broken'
    await LedgerProof.create({ ...tally, outcome, offences, details, startedAt, finishedAt: this.clock.now() })
    if (offences === 0) await this.alerts.resolve(MISMATCH)
    else await this.#raise(offences, details[0])
  }

  #raise(offences: number, { subject, fault }: Offence) {
    return this.alerts.raise({
      kind: 'ledger',
      severity: 'critical',
      fingerprint: MISMATCH,
      title: 'The books do not add up',
      details: {
        offences,
        first: `${subject} ${fault}`,
        next: 'Run ledger:verify; let nobody pay out until it is clear',
      },
    })
  }
}

const lastNight = (now: number) => {
  const hour = HOUR_OF_PROOF * 3_600_000
  return Math.floor((now - hour) / DAY_MS) * DAY_MS + hour
}
