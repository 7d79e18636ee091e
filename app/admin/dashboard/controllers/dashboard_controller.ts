import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import AuditEntry from '#staff/models/audit_entry'
import { ChainOverviewQuery } from '#stats/queries/chain_overview_query'
import { CustomersOverviewQuery } from '#stats/queries/customers_overview_query'
import { MarketsOverviewQuery } from '#stats/queries/markets_overview_query'
import { MoneyOverviewQuery } from '#stats/queries/money_overview_query'
import { OutboxOverviewQuery } from '#stats/queries/outbox_overview_query'
import { RunningBroadcastsQuery } from '#stats/queries/running_broadcasts_query'
import { SpansQuery } from '#stats/queries/spans_query'
import { RANGES, spansOf } from '#stats/range'
import { endOfDay } from '#admin/shared/local_time'
import { barsOf, sumOf } from '#admin/dashboard/bars'
import { actionText } from '#admin/audit/audit_words'
import { subjectsOf } from '#admin/audit/subjects'

const EVENTS = 8
/** Changes nothing. */
const LOGIN = 'admin.logged_in'
const DEFAULT_RANGE = '7d'

@inject()
export default class DashboardController {
  constructor(
    private clock: Clock,
    private customers: CustomersOverviewQuery,
    private outbox: OutboxOverviewQuery,
    private money: MoneyOverviewQuery,
    private chain: ChainOverviewQuery,
    private markets: MarketsOverviewQuery,
    private broadcasts: RunningBroadcastsQuery,
    private spans: SpansQuery
  ) {}

  async show({ auth, bouncer, request, view }: HttpContext) {
    await bouncer.authorize('permission', 'dashboard.view')
    const { timeZone } = auth.getUserOrFail()
    const range = RANGES.find((known) => known === request.input('range')) ?? DEFAULT_RANGE
    const spans = spansOf(range, timeZone, this.clock.now())
    const joined = await this.spans.run('customers', spans)
    const sent = await this.spans.run('messages', spans)
    const ordered = await this.spans.run('orders', spans)
    const events = await AuditEntry.query().whereNot('action', LOGIN).orderBy('id', 'desc').limit(EVENTS)

    return view.render('admin/dashboard/show', {
      ...{ range, ranges: RANGES, since: spans[0].from, actionText },
      customers: await this.customers.run(spans[0].from),
      outbox: await this.outbox.run(),
      money: await this.money.run(spans[0].from),
      chain: await this.chain.run(spans[0].from),
      markets: await this.markets.run(endOfDay(this.clock.now(), timeZone)),
      broadcasts: await this.broadcasts.run(),
      joined: { total: sumOf(joined), bars: barsOf(joined, spans, timeZone) },
      ordered: { total: sumOf(ordered), bars: barsOf(ordered, spans, timeZone) },
      sent: { total: sumOf(sent), bars: barsOf(sent, spans, timeZone) },
      events,
      subjectOf: await subjectsOf(events.map(({ subjectType, subjectId }) => ({ type: subjectType, id: subjectId }))),
    })
  }
}
