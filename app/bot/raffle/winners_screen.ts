import { InlineKeyboard } from 'grammy'
import type Raffle from '#raffles/models/raffle'
import { PastWinnersQuery } from '#raffles/queries/past_winners_query'
import type { BotContext } from '#bot/context'
import { zoneOf } from '#bot/features/time_zone'
import { receiptUrl, shortAddress } from '#bot/raffle/links'
import { pageButtons } from '#bot/screens/page_buttons'
import { raffleData, raffleWinnersPageData } from '#bot/screens/raffle_data'
import { navigation, type Screen } from '#bot/screens/screen'

const PER_PAGE = 10

/** Who won, by the address that the chain shows to everybody; whose it is, nobody is told but they. */
export async function winnersScreen(ctx: BotContext, page: number): Promise<Screen> {
  const query = await ctx.make(PastWinnersQuery)
  const rounds = await query.run({ page, perPage: PER_PAGE })
  const timeZone = await zoneOf(ctx)
  const day = new Intl.DateTimeFormat(ctx.locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone })
  const lines = await Promise.all(rounds.all().map((round) => lineOf(ctx, round, day)))
  const title = ctx.t(lines.length > 0 ? 'bot_raffle.winners' : 'bot_raffle.winners_none')
  const pages = pageButtons(raffleWinnersPageData, page, rounds)
  return {
    text: [title, ...lines].join('\n\n'),
    keyboard: InlineKeyboard.from([pages, ...navigation(ctx, raffleData.pack({})).inline_keyboard]),
  }
}

async function lineOf(ctx: BotContext, raffle: Raffle, day: Intl.DateTimeFormat) {
  const { round, reference, prizeMoney, winnerKey, winnerCustomerId, finishedAt, participants } = raffle
  const line = ctx.t('bot_raffle.winner_line', {
    round,
    participants,
    prize: prizeMoney!,
    winner: shortAddress(winnerKey!),
    mine: winnerCustomerId === ctx.customer.id ? 'yes' : 'no',
    at: day.format(finishedAt!),
  })
  const url = await receiptUrl(ctx, reference)
  return url ? `${line}\n${ctx.t('bot_raffle.winner_receipt', { url })}` : line
}
