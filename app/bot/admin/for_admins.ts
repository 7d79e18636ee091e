import type { NextFunction } from 'grammy'
import type { Actor } from '#core/contracts/audit'
import type Admin from '#staff/models/admin'
import type { Permission } from '#staff/roles'
import type { CallbackDefinition, CallbackValues } from '#bot/callback_data/define_callback'
import type { Field } from '#bot/callback_data/fields'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import { navigation } from '#bot/screens/screen'

/** A right of the panel, which applies here too, or a rule of its own. */
export type Right = Permission | ((admin: Admin) => boolean)

export const actorOf = (admin: Admin): Actor => ({ type: 'admin', id: admin.id, name: admin.fullName })

export const hasRight = (admin: Admin | null, right: Right) =>
  admin !== null && (typeof right === 'function' ? right(admin) : admin.may(right))

/** Does not exist for anybody but linked admins: others go on to whoever answers the unknown. */
export function forAdmins(right: Right, handle: (ctx: BotContext, admin: Admin) => Promise<unknown>) {
  return async (ctx: BotContext, next: NextFunction) => {
    const admin = await ctx.admin()
    if (!admin) return next()
    if (hasRight(admin, right)) return handle(ctx, admin)
    await ctx.show({ text: ctx.t('bot_admin.forbidden'), keyboard: navigation(ctx) })
  }
}

export function onAdminCallback<F extends Record<string, Field<any>>>(
  definition: CallbackDefinition<F>,
  right: Right,
  handle: (ctx: BotContext, admin: Admin, values: CallbackValues<F>) => Promise<unknown>
) {
  return onCallback(definition, (ctx, values, next) =>
    forAdmins(right, (_ctx, admin) => handle(ctx, admin, values))(ctx, next)
  )
}
