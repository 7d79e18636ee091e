import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Alerts } from '#core/contracts/alerts'
import { BroadcastContent } from '#core/contracts/broadcast_content'
import { Pacer } from '#notifications/pace/pacer'
import { Rates } from '#notifications/pace/rates'
import { SlotStore, type Lane } from '#notifications/pace/slots'
import { Attempts } from '#notifications/sender/attempts'
import { ChatRules } from '#notifications/sender/chat_rules'
import { Claims } from '#notifications/sender/claims'
import { Delivery } from '#notifications/sender/delivery'
import { PaidMode } from '#notifications/sender/paid_mode'
import { Photos } from '#notifications/sender/photos'
import { Preparation } from '#notifications/sender/preparation'
import { Recovery } from '#notifications/sender/recovery'
import { StoreResults } from '#notifications/sender/store_results'

/** What a shift of the sender works with. */
@inject()
export class SenderTools {
  /** What a predecessor wrote must have left Telegram's second before the first call. */
  readonly settlingMs: number = 1000

  constructor(
    readonly claims: Claims,
    readonly attempts: Attempts,
    readonly recovery: Recovery,
    readonly chatRules: ChatRules,
    readonly preparation: Preparation,
    readonly photos: Photos,
    readonly delivery: Delivery,
    readonly storeResults: StoreResults,
    readonly paid: PaidMode,
    readonly broadcasts: BroadcastContent,
    readonly rates: Rates,
    readonly slots: SlotStore,
    readonly alerts: Alerts,
    readonly logger: Logger
  ) {}

  pacer(lane: Lane) {
    return new Pacer(lane, this.slots, this.rates)
  }
}
