import type { MiddlewareFn, NextFunction } from 'grammy'
import type { BotContext } from '#bot/context'
import type { CallbackDefinition, CallbackValues } from '#bot/callback_data/define_callback'
import type { Field } from '#bot/callback_data/fields'

/** Handles presses of one kind of button; malformed data goes on to whoever answers the unknown. */
export function onCallback<F extends Record<string, Field<any>>>(
  definition: CallbackDefinition<F>,
  handle: (ctx: BotContext, values: CallbackValues<F>, next: NextFunction) => Promise<unknown>
): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const data = ctx.callbackQuery?.data
    const values = data === undefined ? null : definition.unpack(data)
    if (values === null) return next()
    await handle(ctx, values, next)
  }
}
