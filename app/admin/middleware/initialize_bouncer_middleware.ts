import { Bouncer } from '@adonisjs/bouncer'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import * as abilities from '#admin/abilities/permissions'
import type { Permission } from '#staff/roles'

/** Gives controllers `bouncer` and views `may('broadcasts.edit')`, so that what is refused is not offered. */
export default class InitializeBouncerMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    ctx.bouncer = new Bouncer(() => ctx.auth.user ?? null, abilities, {}).setContainerResolver(ctx.containerResolver)
    ctx.view.share({
      ...ctx.bouncer.edgeHelpers,
      may: (permission: Permission) => ctx.auth.user?.may(permission) ?? false,
    })
    return next()
  }
}

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    bouncer: Bouncer<Exclude<HttpContext['auth']['user'], undefined>, typeof abilities, {}>
  }
}
