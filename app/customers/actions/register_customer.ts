import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { transaction, type Trx } from '#core/database/transaction'
import { Ledger } from '#ledger/ledger'
import Customer from '#customers/models/customer'
import { generateReferralCode } from '#customers/referral_code'
import { welcomeGrant } from '#customers/settings'
import { toColumns, type TelegramProfile } from '#customers/telegram_profile'
import { welcomeTransfer } from '#customers/welcome_transfer'

const CODE_ATTEMPTS = 5

export interface Registration {
  customer: Customer
  created: boolean
}

/**
 * Runs for every update: creates the customer with the welcome grant at the first, refreshes the profile when it
 * changed, notes the activity and takes back "unreachable", since whoever writes can be written to.
 */
@inject()
export class RegisterCustomer {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private ledger: Ledger
  ) {}

  async handle(profile: TelegramProfile): Promise<Registration> {
    return transaction(async (trx) => {
      const known = await this.#find(trx, profile.telegramId)
      if (known) return { customer: await this.#refresh(known, profile), created: false }
      return this.#create(trx, profile)
    })
  }

  /** Two first updates may arrive at once: the unique telegram_id decides, the loser reads what the winner wrote. */
  async #create(trx: Trx, profile: TelegramProfile): Promise<Registration> {
    for (let attempt = 0; attempt < CODE_ATTEMPTS; attempt++) {
      const referralCode = generateReferralCode()
      const row = this.#newRow(profile, referralCode)
      await trx.knexQuery().table('customers').insert(row).onConflict().ignore()
      const customer = await this.#find(trx, profile.telegramId)
      if (!customer) continue
      const created = customer.referralCode === referralCode
      if (created) await this.#welcome(trx, customer)
      return { customer, created }
    }
    throw new Error('No free referral code was found')
  }

  /** Points to begin with, from nowhere, once: the key is the customer's. */
  async #welcome(trx: Trx, { id }: Customer) {
    const points = await this.settings.getIn(trx, welcomeGrant)
    if (points === 0) return
    const posted = await this.ledger.transfer(trx, welcomeTransfer(id, points))
    if (!posted.ok) throw new Error(`Customer ${id} got no welcome grant: ${posted.refusal.code}`)
  }

  async #refresh(customer: Customer, profile: TelegramProfile) {
    const now = this.clock.now()
    const { language, ...columns } = toColumns(profile)
    customer.merge(columns)
    if (profile.languageTag && !customer.languageChosen) customer.language = language
    if (customer.isUnreachable) customer.merge({ unreachableAt: null, unreachableReason: null })
    if (customer.isAnonymised) customer.anonymisedAt = null
    if (customer.$isDirty) customer.updatedAt = now
    customer.lastActiveAt = Math.max(now, customer.lastActiveAt)
    return customer.save()
  }

  #find(trx: Trx, telegramId: number) {
    return Customer.query({ client: trx }).where('telegramId', telegramId).forUpdate().first()
  }

  #newRow(profile: TelegramProfile, referralCode: string) {
    const now = this.clock.now()
    const columns = toColumns(profile)
    return {
      telegram_id: profile.telegramId,
      username: columns.username,
      first_name: columns.firstName,
      last_name: columns.lastName,
      search_username: columns.searchUsername,
      search_name: columns.searchName,
      language: columns.language,
      language_chosen: false,
      referral_code: referralCode,
      last_active_at: now,
      created_at: now,
      updated_at: now,
    }
  }
}
