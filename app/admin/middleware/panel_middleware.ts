import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Clock } from '#core/clock'
import { PanelView } from '#admin/shared/panel_view'

/** Gives the templates `panel`. Runs after authentication. */
@inject()
export default class PanelMiddleware {
  constructor(protected clock: Clock) {}

  async handle(ctx: HttpContext, next: NextFn) {
    ctx.view.share({ panel: await PanelView.of(ctx, this.clock.now()) })
    return next()
  }
}
