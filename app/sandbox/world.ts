import { SandboxClock } from '#sandbox/clock'
import { CryptoPay } from '#sandbox/crypto_pay/crypto_pay'
import { Fragment, FRAGMENT_WALLET } from '#sandbox/fragment/fragment'
import { EvmChain } from '#sandbox/evm/chain'
import type { LocalChainSettings } from '#sandbox/evm/local_chain'
import { Faults, seededRandom } from '#sandbox/faults'
import { Heleket } from '#sandbox/heleket/heleket'
import { Journal } from '#sandbox/journal'
import { Limits } from '#sandbox/limits'
import { Live } from '#sandbox/live'
import { LongPoll } from '#sandbox/long_poll'
import type { SandboxOptions } from '#sandbox/options'
import { Calls } from '#sandbox/services/calls'
import { Rates } from '#sandbox/services/rates'
import type { ServiceContext } from '#sandbox/services/service'
import { ProviderWebhooks } from '#sandbox/services/webhooks'
import { BotProfile } from '#sandbox/state/bot_profile'
import { Callbacks } from '#sandbox/state/callbacks'
import { Customers } from '#sandbox/state/customers'
import { Files } from '#sandbox/state/files'
import { Groups } from '#sandbox/state/groups'
import { Messages } from '#sandbox/state/messages'
import { Payments } from '#sandbox/state/payments'
import { TonChain } from '#sandbox/ton/chain'
import { UpdatesQueue } from '#sandbox/updates_queue'
import { WebhookSender } from '#sandbox/webhook_sender'

export type ServicesSnapshot = Omit<ReturnType<World['snapshotServices']>, 'evm'> & { evm?: LocalChainSettings }

/** Everything the sandbox is, without its HTTP server. */
export class World implements ServiceContext {
  readonly clock = new SandboxClock()
  readonly live = new Live()
  readonly customers = new Customers()
  readonly groups = new Groups()
  readonly files = new Files()
  readonly payments = new Payments()
  readonly limits = new Limits()
  readonly rates = new Rates()
  readonly calls = new Calls()
  readonly messages: Messages
  readonly bot: BotProfile
  readonly callbacks: Callbacks
  readonly updates: UpdatesQueue
  readonly polls: LongPoll
  readonly webhook: WebhookSender
  readonly faults: Faults
  readonly journal: Journal
  readonly webhooks: ProviderWebhooks
  readonly cryptoPay: CryptoPay
  readonly heleket: Heleket
  readonly fragment: Fragment
  readonly ton: TonChain
  readonly evm: EvmChain
  /** where the sandbox itself is reached, once it listens */
  origin = ''
  /** where the product's web process listens: payment providers send their webhooks there */
  productUrl: string

  constructor(readonly options: SandboxOptions) {
    this.messages = new Messages(options.keepMessages, options.firstMessageId)
    this.bot = new BotProfile(options.token, options.botUsername, options.botName)
    this.callbacks = new Callbacks(options.callbackTimeoutMs)
    this.updates = new UpdatesQueue(this.clock, options.firstUpdateId)
    this.polls = new LongPoll(this.updates, this.clock, options.conflictDelayMs)
    this.webhook = new WebhookSender(this.updates, this.clock, options)
    this.faults = new Faults(
      () => this.live.emit({ type: 'faults' }),
      options.seed === undefined ? Math.random : seededRandom(options.seed)
    )
    this.journal = new Journal(options.journalSize)
    this.limits.configure(options.limits)
    this.productUrl = options.productUrl
    this.webhooks = new ProviderWebhooks(this.clock, this.faults, this.live, options)
    this.cryptoPay = new CryptoPay(this, options.firstInvoiceId)
    this.heleket = new Heleket(this, options.confirmMs)
    this.fragment = new Fragment(this, this.customers)
    this.ton = new TonChain(this, options.tonGift, options.confirmMs, [FRAGMENT_WALLET])
    this.evm = new EvmChain(this, options)
    this.ton.onTransfer((transfer) => this.fragment.receive(transfer))
  }

  /** Lets what only time changes happen: once a second, and at once when a test moves the clock. */
  tick(): void {
    this.heleket.tick()
  }

  snapshotServices() {
    return {
      payments: this.payments.snapshot(),
      cryptoPay: this.cryptoPay.snapshot(),
      heleket: this.heleket.snapshot(),
      fragment: this.fragment.snapshot(),
      ton: this.ton.snapshot(),
      evm: this.evm.snapshot(),
    }
  }

  /** What older versions have saved lacks the chain's settings. */
  restoreServices(snapshot: ServicesSnapshot): void {
    this.payments.restore(snapshot.payments)
    this.cryptoPay.restore(snapshot.cryptoPay)
    this.heleket.restore(snapshot.heleket)
    this.fragment.restore(snapshot.fragment)
    this.ton.restore(snapshot.ton)
    this.evm.restore(snapshot.evm)
  }

  /** Ends what waits for its time. */
  stop(): void {
    this.webhook.stop()
    this.webhooks.clear()
    this.heleket.stop()
    this.fragment.stop()
    this.ton.stop()
  }

  /** Forgets chats, customers, updates, faults and the journal. The blockchain of Ethereum, the webhook and what the bot said of itself stay. */
  reset(): void {
    this.customers.clear()
    this.groups.clear()
    this.messages.clear()
    this.files.clear()
    this.callbacks.clear()
    this.payments.clear()
    this.webhooks.clear()
    this.cryptoPay.clear()
    this.heleket.clear()
    this.fragment.clear()
    this.ton.clear()
    this.rates.reset()
    this.calls.clear()
    this.updates.drop()
    this.faults.clear()
    this.journal.clear()
    this.clock.reset()
    this.limits.configure(this.options.limits)
    this.live.emit({ type: 'reset' })
  }
}
