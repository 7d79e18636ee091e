import type Invoice from '#payments/models/invoice'
import type StarOrder from '#stars/models/star_order'
import { ton } from '#database/samples/money/sample_packages'
import type { SampleShop } from '#database/samples/money/sample_shop'
import type { SampleRandom } from '#database/samples/random'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface SampleBuyer {
  id: number
  username: string
}

interface Step {
  at: number
  act(): Promise<void>
}

const TOP_UPS = [10, 50, 50, 100, 100, 500]
const OWN_AMOUNTS = [10, 25, 50, 75]
const NOTES = ['Sent from our account', null, null, 'Checked in the chat', null]
const WAYS = ['crypto_pay', 'crypto_pay', 'heleket'] as const

/** Four weeks of a small shop, step by step in the order of time: a step may bring about later ones. */
export class SampleStory {
  #steps: Step[] = []

  constructor(
    private readonly shop: SampleShop,
    private readonly random: SampleRandom,
    private readonly buyers: SampleBuyer[],
    private readonly packages: number[],
    private readonly now: number
  ) {}

  /** `told` is called after each step with its moment. */
  async tell(told: (at: number) => Promise<void>) {
    for (let day = 27; day >= 1; day -= 2) this.#ordinaryDay(this.now - day * DAY)
    this.#today()
    this.#misfits()
    for (let step = this.#next(); step; step = this.#next()) {
      this.shop.clock.at = step.at
      await step.act()
      await told(step.at)
    }
  }

  #next() {
    const step = this.#steps.toSorted((one, other) => one.at - other.at).at(0)
    if (!step || step.at >= this.now) return undefined
    this.#steps = this.#steps.filter((other) => other !== step)
    return step
  }

  #ordinaryDay(midnight: number) {
    const at = () => midnight + this.random.below(DAY)
    this.#topUpAndBuy(at(), this.#buyer())
    for (let i = this.random.below(3); i >= 0; i--) this.#orderByInvoice(at())
    if (this.random.chance(0.3)) this.#abandoned(at())
    if (this.random.chance(0.12)) this.#refunded(at())
  }

  /** What waits for a person when the demo begins, and what is not paid yet. */
  #today() {
    for (const hours of [19, 7, 4.5, 2, 0.6]) this.#waiting(this.now - hours * HOUR)
    for (const minutes of [11, 3]) {
      this.#do(
        this.now - minutes * MINUTE,
        async () => void (await this.shop.buyByInvoice(this.#purchase(), 'crypto_pay'))
      )
    }
    this.#do(this.now - 6 * MINUTE, async () => void (await this.shop.topUp(this.#buyer().id, ton(50), 'crypto_pay')))
  }

  #misfits() {
    const paid = (at: number, amount: number, state: 'paid' | 'short', after?: (invoice: Invoice) => void) =>
      this.#do(at, async () => {
        const invoice = await this.shop.topUp(this.#buyer().id, ton(100), 'crypto_pay')
        this.#do(at + 9 * MINUTE, () => this.shop.pay(invoice, ton(amount), state))
        after?.(invoice)
      })
    const settle =
      (at: number, resolution: 'credit_received' | 'honour' | 'dismiss', reason: string) => (invoice: Invoice) =>
        this.#do(at, () => this.shop.settle(invoice, resolution, reason))

    const [first, second, third] = [12, 8, 5].map((days) => this.now - days * DAY)
    paid(first, 97, 'short', settle(first + 5 * HOUR, 'honour', 'The exchange kept its fee: our wording was unclear'))
    paid(second, 60, 'short', settle(second + 2 * HOUR, 'credit_received', 'Agreed with the customer in the chat'))
    paid(third, 1, 'short', settle(third + HOUR, 'dismiss', 'A test payment of ours'))
    paid(this.now - 26 * HOUR, 40, 'short')
    paid(this.now - 5 * HOUR, 130, 'paid')
    this.#late(this.now - 9 * HOUR)
    this.#do(this.now - 3 * HOUR, () => this.shop.payUnasked('heleket', '7499001', ton(75)))
  }

  /** Money comes first, then Stars from the balance for oneself. */
  #topUpAndBuy(at: number, buyer: SampleBuyer) {
    const amount = this.random.pick(TOP_UPS)
    const stars = this.random.pick(OWN_AMOUNTS.filter((own) => own <= amount))
    this.#do(at, async () => {
      const invoice = await this.shop.topUp(buyer.id, ton(amount), this.random.pick(WAYS))
      this.#do(at + 4 * MINUTE, () => this.shop.pay(invoice))
      this.#do(at + 12 * MINUTE, async () => {
        const purchase = { customerId: buyer.id, choice: { stars }, recipient: { kind: 'self' } as const }
        this.#deliver(await this.shop.buyFromBalance(purchase), at + 12 * MINUTE)
      })
    })
  }

  #orderByInvoice(at: number) {
    this.#do(at, async () => {
      const { order, invoice } = await this.shop.buyByInvoice(this.#purchase(), this.random.pick(WAYS))
      this.#do(at + 3 * MINUTE, () => this.shop.pay(invoice))
      this.#deliver(order, at + 4 * MINUTE)
    })
  }

  #deliver(order: StarOrder, at: number) {
    const took = 10 * MINUTE + this.random.below(3 * HOUR)
    this.#do(at, () => this.shop.beginDelivery(order))
    this.#do(at + took, () => this.shop.markDelivered(order, this.random.pick(NOTES)))
  }

  #waiting(at: number) {
    this.#do(at, async () => {
      const { order, invoice } = await this.shop.buyByInvoice(this.#purchase(), 'crypto_pay')
      this.#do(at + 2 * MINUTE, () => this.shop.pay(invoice))
      this.#do(at + 3 * MINUTE, () => this.shop.beginDelivery(order))
    })
  }

  /** Half of them say so, the others never pay. */
  #abandoned(at: number) {
    this.#do(at, async () => {
      const { order, invoice } = await this.shop.buyByInvoice(this.#purchase(), this.random.pick(WAYS))
      if (this.random.chance(0.5)) this.#do(at + 7 * MINUTE, () => this.shop.cancel(order))
      else this.#do(at + 3 * HOUR, () => this.shop.expire(invoice))
    })
  }

  #refunded(at: number) {
    this.#do(at, async () => {
      const { order, invoice } = await this.shop.buyByInvoice(this.#purchase(), 'crypto_pay')
      this.#do(at + 2 * MINUTE, () => this.shop.pay(invoice))
      this.#do(at + 3 * MINUTE, () => this.shop.beginDelivery(order))
      this.#do(at + HOUR, () => this.shop.refund(order, 'There is nobody with this username'))
    })
  }

  #late(at: number) {
    this.#do(at, async () => {
      const { invoice } = await this.shop.buyByInvoice(this.#purchase(), 'crypto_pay')
      this.#do(at + 3 * HOUR, () => this.shop.expire(invoice))
      this.#do(at + 4 * HOUR, () => this.shop.pay(invoice))
    })
  }

  #purchase() {
    const [buyer, friend] = [this.#buyer(), this.#buyer()]
    const recipient = this.random.chance(0.7)
      ? ({ kind: 'self' } as const)
      : ({ kind: 'username', username: friend.username } as const)
    return { customerId: buyer.id, choice: { packageId: this.random.pick(this.packages) }, recipient }
  }

  #buyer() {
    return this.random.pick(this.buyers)
  }

  #do(at: number, act: () => Promise<void>) {
    this.#steps.push({ at, act })
  }
}
