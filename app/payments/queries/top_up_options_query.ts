import { inject } from '@adonisjs/core'
import { Settings } from '#core/contracts/settings'
import { minorUnits } from '#core/money/currency'
import { Money } from '#core/money/money'
import { topUpMaximum, topUpMinimum, topUpPresets } from '#payments/settings'

const ton = (whole: number) => Money.of(BigInt(whole) * minorUnits('TON'), 'TON')

/** What a customer may top up by, as it stands in the settings. */
@inject()
export class TopUpOptionsQuery {
  constructor(private settings: Settings) {}

  async run() {
    const [presets, min, max] = await Promise.all(
      [topUpPresets, topUpMinimum, topUpMaximum].map((setting) => this.settings.get<number | number[]>(setting as any))
    )
    return { presets: (presets as number[]).map(ton), min: ton(min as number), max: ton(max as number) }
  }
}
