import { Composer } from 'grammy'
import { EnterRaffle } from '#raffles/actions/enter_raffle'
import RaffleEntry from '#raffles/models/raffle_entry'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import { customerActor } from '#bot/customer_actor'
import type { Feature } from '#bot/feature'
import { takePaymentTurn } from '#bot/money/payment_turn'
import { showEntry } from '#bot/raffle/entry_screens'
import { showRaffle } from '#bot/raffle/raffle_screen'
import { raffleRefusal } from '#bot/raffle/refusal'
import { feeChangedScreen, shortScreen } from '#bot/raffle/refused_entry'
import { enterRaffleData } from '#bot/screens/raffle_data'
import { shownIn } from '#bot/screens/shown_in'

/** One tap and in: one entry for however many presses, told in the message that was pressed. */
export function raffleEntryFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.use(
    onCallback(enterRaffleData, async (ctx, { key: shown, fee }) => {
      const key = `raffle:${ctx.customer.id}:${ctx.me.id}:${shown}`
      const made = await RaffleEntry.findBy('key', key)
      return made ? showEntry(ctx, made) : enter(ctx, key, fee)
    })
  )
  return { composer }
}

async function enter(ctx: BotContext, key: string, fee: bigint) {
  if (!(await takePaymentTurn(ctx))) return
  const action = await ctx.make(EnterRaffle)
  const result = await action.run({
    key,
    customerId: ctx.customer.id,
    source: 'bot',
    fee,
    messageId: shownIn(ctx),
    actor: customerActor(ctx),
  })
  if (result.ok) return showEntry(ctx, result.value)
  const { refusal } = result
  if (refusal.code === 'insufficient_usdt') return ctx.show(shortScreen(ctx, refusal))
  if (refusal.code === 'fee_changed') return ctx.show(feeChangedScreen(ctx, refusal))
  await ctx.toast(raffleRefusal(ctx, refusal), { alert: true })
  return showRaffle(ctx)
}
