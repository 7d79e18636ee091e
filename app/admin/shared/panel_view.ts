import router from '@adonisjs/core/services/router'
import env from '#start/env'
import type { HttpContext } from '@adonisjs/core/http'
import type Admin from '#staff/models/admin'
import { formatDate, formatFull, formatInstant, formatRelative } from '#admin/shared/format'
import { navigationFor, type NavigationSection } from '#admin/shared/navigation'

/** What every page of the panel knows: who reads it, in which time zone and theme, and where they are. */
export class PanelView {
  constructor(
    readonly admin: Admin | undefined,
    readonly navigation: NavigationSection[],
    readonly now: number
  ) {}

  static async of({ auth, route }: HttpContext, now: number) {
    const admin = auth?.user
    return new PanelView(admin, admin ? await navigationFor(admin, route?.name) : [], now)
  }

  get theme() {
    return this.admin?.theme ?? 'auto'
  }

  get timeZone() {
    return this.admin?.timeZone ?? 'UTC'
  }

  get sandboxUrl() {
    return env.get('SANDBOX_URL')
  }

  /** Address of what a room links to by the name of a route; null for nothing, or for a page that there is not. */
  linkTo(link: { route: string; params: unknown[] } | null | undefined): string | null {
    return link && router.has(link.route) ? router.builder().params(link.params).make(link.route) : null
  }

  instant(at: number) {
    return formatInstant(at, this.timeZone)
  }

  date(at: number) {
    return formatDate(at, this.timeZone)
  }

  full(at: number) {
    return formatFull(at, this.timeZone)
  }

  relative(at: number) {
    return formatRelative(at, this.now, this.timeZone)
  }
}
