import db from '@adonisjs/lucid/services/db'
import router from '@adonisjs/core/services/router'
import { subjectText } from '#admin/audit/audit_words'
import { shortened } from '#admin/shared/chain_values'
import { panelText } from '#admin/shared/words'

/** What an audit entry is about, as a page shows it. */
export interface Subject {
  text: string
  url: string | null
}

interface Named {
  name: string
  /** The `:id` or `:reference` of its page. */
  param?: string | number
}

interface SubjectType {
  /** Its page. */
  route?: string
  /** Names by id; what is gone has none. */
  named(ids: string[]): Promise<Map<string, Named>>
}

/** Types of subjects that have a name or a page; any other is told by its type and id. A room adds its own here. */
const TYPES: Record<string, SubjectType> = {
  admin: {
    route: 'admin.admins.show',
    named: (ids) => rows('admins', ids, ({ id, full_name: name }) => ({ name, param: id })),
  },
  customer: {
    route: 'admin.customers.show',
    named: (ids) => rows('customers', ids, (row) => ({ name: customerName(row), param: row.id })),
  },
  broadcast: {
    route: 'admin.broadcasts.show',
    named: (ids) => rows('broadcasts', ids, ({ title, reference }) => ({ name: title, param: reference })),
  },
  notification: {
    route: 'admin.notifications.show',
    named: (ids) => rows('notifications', ids, ({ id }) => ({ name: subjectText('notification', id), param: id })),
  },
  transfer: {
    route: 'admin.ledger.transfers.show',
    named: (ids) =>
      rows('ledger_transfers', ids, ({ id }) => ({ name: subjectText('transfer', String(id)), param: id })),
  },
  invoice: {
    route: 'admin.payments.show',
    named: (ids) => rows('invoices', ids, ({ reference }) => ({ name: `#${reference}`, param: reference })),
  },
  payment_break: {
    route: 'admin.reconciliation.show',
    named: (ids) => rows('payment_breaks', ids, ({ id }) => ({ name: subjectText('payment_break', id), param: id })),
  },
  api_key: {
    route: 'admin.api.keys.show',
    named: (ids) => rows('api_keys', ids, ({ id, name }) => ({ name, param: id })),
  },
  webhook_delivery: {
    route: 'admin.api.deliveries.show',
    named: (ids) =>
      rows('webhook_deliveries', ids, ({ id }) => ({ name: subjectText('webhook_delivery', String(id)), param: id })),
  },
  star_order: {
    route: 'admin.stars.orders.show',
    named: (ids) => rows('star_orders', ids, ({ reference }) => ({ name: `#${reference}`, param: reference })),
  },
  star_package: {
    route: 'admin.stars.packages.show',
    named: (ids) => rows('star_packages', ids, ({ id, stars }) => ({ name: `★ ${stars}`, param: id })),
  },
  market: {
    route: 'admin.markets.show',
    named: (ids) => rows('markets', ids, ({ title, reference }) => ({ name: title, param: reference })),
  },
  market_category: {
    route: 'admin.markets.categories.edit',
    named: (ids) => rows('market_categories', ids, ({ id, slug }) => ({ name: slug, param: id })),
  },
  mission: {
    route: 'admin.missions.show',
    named: (ids) => rows('missions', ids, ({ id, code }) => ({ name: code, param: id })),
  },
  raffle: {
    route: 'admin.raffles.show',
    named: (ids) => rows('raffles', ids, ({ round, reference }) => ({ name: `#${round}`, param: reference })),
  },
  raffle_entry: {
    named: (ids) => rows('raffle_entries', ids, ({ reference }) => ({ name: `#${reference}` })),
  },
  chain_wallet: {
    route: 'admin.wallets.show',
    named: (ids) => rows('chain_wallets', ids, ({ address }) => ({ name: shortened(address), param: address })),
  },
  chain_operation: {
    route: 'admin.chain.operations.show',
    named: (ids) => rows('chain_operations', ids, ({ reference }) => ({ name: `#${reference}`, param: reference })),
  },
  chain_withdrawal: {
    route: 'admin.withdrawals.show',
    named: (ids) => rows('chain_withdrawals', ids, ({ reference }) => ({ name: `#${reference}`, param: reference })),
  },
  settings: {
    named: async (groups) => new Map(groups.map((group) => [group, { name: settingsName(group) }])),
  },
}

/** Looks up everything that these entries are about: one query for each type. */
export async function subjectsOf(entries: Array<{ type: string; id: string }>) {
  const known = new Map<string, Map<string, Named>>()
  for (const type of new Set(entries.map((entry) => entry.type))) {
    const ids = [...new Set(entries.filter((entry) => entry.type === type).map(({ id }) => id))]
    known.set(type, (await TYPES[type]?.named(ids)) ?? new Map())
  }
  return (type: string, id: string): Subject => {
    const found = known.get(type)?.get(id)
    return { text: found?.name ?? subjectText(type, id), url: urlOf(TYPES[type]?.route, found?.param) }
  }
}

async function rows(table: string, ids: string[], read: (row: any) => Named): Promise<Map<string, Named>> {
  const found = await db.from(table).whereIn('id', ids.filter((id) => /^\d{1,15}$/.test(id)).map(Number))
  return new Map(found.map((row) => [String(row.id), read(row)]))
}

function urlOf(route: string | undefined, param: Named['param']) {
  if (!route || param === undefined || !router.has(route)) return null
  return router.builder().params([param]).make(route)
}

const customerName = (row: any): string =>
  [row.first_name, row.last_name].filter(Boolean).join(' ') || (row.username ? `@${row.username}` : `#${row.id}`)

const settingsName = (group: string) => `${panelText('settings.title')}: ${panelText(`settings.groups.${group}.title`)}`
