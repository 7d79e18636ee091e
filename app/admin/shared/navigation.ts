import type Admin from '#staff/models/admin'
import type { Permission } from '#staff/roles'
import { countPendingApprovals } from '#admin/approvals/pending_count'
import {
  countBreaks,
  countCustomers,
  countDeliveries,
  countMarketsToResolve,
  countStuckOperations,
  countUnknownMessages,
  countWithdrawals,
} from '#admin/shared/navigation_counts'
import { countOpenAlerts } from '#admin/health/open_alerts_count'
import { formatCount, type CappedCount } from '#admin/shared/format'

/** Sections of the sidebar, in the order they are shown; `top` has no heading. */
export const NAVIGATION_GROUPS = ['top', 'sell', 'play', 'talk', 'money', 'run'] as const
export type NavigationGroup = (typeof NAVIGATION_GROUPS)[number]

export interface NavigationEntry {
  /** Name of the route it opens; every route below the same resource keeps it marked as current. */
  route: string
  /** Key below `panel.navigation.` in `resources/lang`. */
  label: string
  /** Name of a Tabler outline icon. */
  icon: string
  group: NavigationGroup
  /** Without it the entry is hidden; the page itself authorises again. */
  permission: Permission
  /** What needs attention there, shown when above zero. Asked on every page: it must come from memory or a cache. */
  count?: () => Promise<CappedCount | number>
}

/** The sidebar. A section is added here together with its routes. */
export const NAVIGATION: NavigationEntry[] = [
  define('top', 'dashboard', 'layout-dashboard', 'dashboard.view', { route: 'admin.dashboard' }),
  define('top', 'customers', 'users', 'customers.view', { count: countCustomers }),
  define('sell', 'stars', 'star', 'stars.view'),
  define('sell', 'orders', 'receipt', 'stars.view', { route: 'admin.stars.orders.index', count: countDeliveries }),
  define('sell', 'payments', 'credit-card', 'payments.view'),
  define('play', 'markets', 'adjustments', 'markets.view', { count: countMarketsToResolve }),
  define('play', 'missions', 'trophy', 'markets.view'),
  define('play', 'leaderboard', 'medal', 'markets.view'),
  define('play', 'raffles', 'ticket', 'raffles.view'),
  define('talk', 'broadcasts', 'speakerphone', 'broadcasts.view'),
  define('talk', 'notifications', 'send', 'notifications.view', { count: countUnknownMessages }),
  define('money', 'ledger', 'book', 'ledger.view'),
  define('money', 'reconciliation', 'scale', 'payments.view', { count: countBreaks }),
  define('money', 'wallets', 'wallet', 'chain.view'),
  define('money', 'withdrawals', 'arrow-up-right', 'chain.view', { count: countWithdrawals }),
  define('money', 'chain', 'link', 'chain.view', { count: countStuckOperations }),
  define('run', 'settings', 'settings', 'settings.view'),
  define('run', 'approvals', 'eye-check', 'approvals.view', { count: countPendingApprovals }),
  define('run', 'admins', 'user-shield', 'admins.view'),
  define('run', 'api', 'plug-connected', 'api.keys'),
  define('run', 'audit', 'history', 'audit.view'),
  define('run', 'security', 'shield-lock', 'security.view'),
  define('run', 'health', 'heartbeat', 'health.view', { count: countOpenAlerts }),
]

function define(
  group: NavigationGroup,
  label: string,
  icon: string,
  permission: Permission,
  options: Partial<Pick<NavigationEntry, 'route' | 'count'>> = {}
): NavigationEntry {
  return { group, label, icon, permission, route: `admin.${label}.index`, ...options }
}

export interface NavigationSection {
  group: NavigationGroup
  entries: Array<Pick<NavigationEntry, 'route' | 'label' | 'icon'> & { current: boolean; count: string | null }>
}

/** What one admin sees: groups without an entry are left out. */
export async function navigationFor(admin: Admin, currentRoute: string | undefined): Promise<NavigationSection[]> {
  const visible = NAVIGATION.filter(({ permission }) => admin.may(permission))
  const open = openEntry(currentRoute, visible)
  const entries = await Promise.all(
    visible.map(async ({ route, label, icon, group, count }) => {
      return { group, route, label, icon, current: route === open?.route, count: shown(await count?.()) }
    })
  )
  return NAVIGATION_GROUPS.map((group) => ({
    group,
    entries: entries.filter((entry) => entry.group === group),
  })).filter((section) => section.entries.length > 0)
}

function shown(count: CappedCount | number | undefined): string | null {
  const value = typeof count === 'object' ? count.value : count
  return value ? formatCount(count!) : null
}

/** Of several sections that hold a page, the narrowest: an order lies within the shop and within its orders. */
function openEntry(route: string | undefined, entries: NavigationEntry[]) {
  return entries
    .filter((entry) => isWithin(route, entry.route))
    .toSorted(byLength)
    .at(-1)
}

const byLength = (one: NavigationEntry, other: NavigationEntry) => one.route.length - other.route.length

/** `admin.customers.bans.create` lies within `admin.customers.index`. */
function isWithin(route: string | undefined, entry: string): boolean {
  const resource = entry.replace(/\.index$/, '')
  return route === entry || Boolean(route?.startsWith(`${resource}.`))
}
