import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { middleware } from '#start/kernel'
import { idParam, wordParam } from '#admin/shared/id_param'
import { adminsRoutes } from '#admin/admins/routes'
import { apiRoutes } from '#admin/api/routes'
import { approvalsRoutes } from '#admin/approvals/routes'
import { auditRoutes } from '#admin/audit/routes'
import { authRoutes, logoutRoutes } from '#admin/auth/routes'
import { brandRoutes } from '#admin/brand/routes'
import { broadcastRoutes } from '#admin/broadcasts/routes'
import { healthRoutes } from '#admin/health/routes'
import { paymentRoutes } from '#admin/payments/routes'
import { ledgerRoutes } from '#admin/ledger/routes'
import { chainRoutes } from '#admin/chain/routes'
import { walletRoutes } from '#admin/wallets/routes'
import { withdrawalRoutes } from '#admin/withdrawals/routes'
import { receiptRoutes } from '#admin/receipt/routes'
import { marketsRoutes } from '#admin/markets/routes'
import { rafflesRoutes } from '#admin/raffles/routes'
import { profileRoutes } from '#admin/profile/routes'
import { reconciliationRoutes } from '#admin/reconciliation/routes'
import { securityRoutes } from '#admin/security/routes'
import { sessionsRoutes } from '#admin/sessions/routes'
import { settingsRoutes } from '#admin/settings/routes'
import { starRoutes } from '#admin/stars/routes'
import { missionRoutes } from '#admin/missions/routes'
import { leaderboardRoutes } from '#admin/leaderboard/routes'
import { customerRoutes } from '#admin/customers/routes'
import { dashboardRoutes } from '#admin/dashboard/routes'
import { notificationRoutes } from '#admin/notifications/routes'

/** Every page of a logged-in admin. A new one also goes into the table of `tests/functional/admin/access.spec.ts`. */
function panelRoutes() {
  logoutRoutes()
  dashboardRoutes()
  profileRoutes()
  sessionsRoutes()
  approvalsRoutes()
  adminsRoutes()
  auditRoutes()
  securityRoutes()
  apiRoutes()
  healthRoutes()
  broadcastRoutes()
  customerRoutes()
  ledgerRoutes()
  starRoutes()
  paymentRoutes()
  reconciliationRoutes()
  marketsRoutes()
  missionRoutes()
  leaderboardRoutes()
  rafflesRoutes()
  chainRoutes()
  walletRoutes()
  withdrawalRoutes()
  notificationRoutes()
  settingsRoutes()
}

/** Sessions, CSRF protection, and who is asking. */
const forEverybody = [
  middleware.panelAccess(),
  middleware.discardUploads(),
  middleware.bodyparser(),
  middleware.session(),
  middleware.shield(),
  middleware.initializeAuth(),
  middleware.initializeBouncer(),
]
const forAdmins = [middleware.auth(), middleware.completeAccount()]

router
  .group(() => {
    router.group(authRoutes)
    router.group(panelRoutes).use([...forAdmins, middleware.panel()])
  })
  .where('id', idParam)
  .where('reference', wordParam)
  .where('address', wordParam)
  .where('hash', wordParam)
  .prefix('/admin')
  .as('admin')
  .use(forEverybody)

receiptRoutes()
router.group(brandRoutes).prefix('/admin').as('admin').use([middleware.panelAccess()])

/** Streams of live changes: what an admin may listen to is decided per channel in `live_provider.ts`. */
transmit.registerRoutes((route) => route.use([...forEverybody, ...forAdmins]))
