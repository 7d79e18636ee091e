import { performance } from 'node:perf_hooks'
import { notificationsTotal } from '#system/metrics/app_metrics'
import type { RowResult } from '#notifications/sender/result'

const SECONDS = 60

interface Second {
  at: number
  sent: number
  failed: number
}

/** What this process's sender achieved in the last minute, for the health page, and ever, for the metrics. */
export class SenderFigures {
  readonly #seconds: Second[] = []

  constructor(private readonly now: () => number = () => performance.now()) {}

  record(results: RowResult[]) {
    const second = this.#current()
    for (const { row, status } of results) {
      notificationsTotal.inc({ type: row.type, outcome: status.toLowerCase() })
      if (status === 'SENT') second.sent++
      else if (status === 'FAILED' || status === 'PERMANENT_FAILURE') second.failed++
    }
  }

  read() {
    this.#forget()
    const sum = (key: 'sent' | 'failed') => this.#seconds.reduce((total, second) => total + second[key], 0)
    return {
      sent_last_minute: sum('sent'),
      failed_last_minute: sum('failed'),
      per_second: Math.round((sum('sent') / SECONDS) * 10) / 10,
    }
  }

  #current(): Second {
    this.#forget()
    const at = Math.floor(this.now() / 1000)
    const last = this.#seconds.at(-1)
    if (last?.at === at) return last
    const second = { at, sent: 0, failed: 0 }
    this.#seconds.push(second)
    return second
  }

  #forget() {
    const oldest = Math.floor(this.now() / 1000) - SECONDS
    while (this.#seconds.length && this.#seconds[0].at <= oldest) this.#seconds.shift()
  }
}

/** One sender runs in a process. */
export const senderFigures = new SenderFigures()
