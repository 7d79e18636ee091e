import type { Settings } from '#core/contracts/settings'
import type { Currency } from '#core/money/currency'
import type { Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import type { Trx } from '#core/database/transaction'
import { fixedReward, percentReward, predReward, rewardKind, type RewardKind } from '#customers/referral/settings'

const HUNDREDTHS = 10_000n

/** What the settings promise for a purchase; a share is rounded down. Null for nothing: only points are given for points. */
export async function readReward(settings: Settings, trx: Trx, purchase: Money): Promise<Money | null> {
  const money = await rewardOf((await settings.getIn(trx, rewardKind)) as RewardKind, settings, trx, purchase)
  return money && money.minor > 0n ? money : null
}

async function rewardOf(kind: RewardKind, settings: Settings, trx: Trx, purchase: Money): Promise<Money | null> {
  switch (kind) {
    case 'pred':
      return amountOf(await settings.getIn(trx, predReward), 'PRED')
    case 'fixed':
      return purchase.isZero ? null : amountOf(await settings.getIn(trx, fixedReward), 'TON')
    case 'percent':
      return purchase.times(BigInt(await settings.getIn(trx, percentReward)), HUNDREDTHS, 'down')
    case 'none':
      return null
  }
}

function amountOf(text: string, currency: Currency): Money | null {
  const parsed = parseMoney(text, currency)
  return parsed.ok ? parsed.value : null
}
