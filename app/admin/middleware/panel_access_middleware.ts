import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Exception } from '@adonisjs/core/exceptions'
import type { NextFn } from '@adonisjs/core/types/http'
import { SecurityEvents } from '#core/contracts/security_events'
import { PanelAccess } from '#admin/panel_access'

/** Keeps the panel internal where the operator wants that: another host name finds nothing, another address is refused. */
@inject()
export default class PanelAccessMiddleware {
  constructor(
    private access: PanelAccess,
    private securityEvents: SecurityEvents
  ) {}

  async handle({ request }: HttpContext, next: NextFn) {
    if (!this.access.admitsHost(request.hostname())) throw new Exception('Not found', { status: 404 })
    const ip = request.ip()
    if (!this.access.admitsAddress(ip)) {
      await this.securityEvents.report({ kind: 'address.refused', subject: 'panel', ip, requestId: request.id() })
      throw new Exception(`The panel does not answer the address ${ip}.`, { status: 403 })
    }
    return next()
  }
}
