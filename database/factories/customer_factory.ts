import Factory from '@adonisjs/lucid/factories'
import { plain } from '#database/factories/plain'
import Customer from '#customers/models/customer'
import { generateReferralCode } from '#customers/referral_code'
import { toColumns } from '#customers/telegram_profile'

const JANUARY_2026 = Date.UTC(2026, 0, 1)
let lastTelegramId = 700_000_000

/** `CustomerFactory.apply('banned').merge({ language: 'uk' }).create()` */
export const CustomerFactory = Factory.define(Customer, ({ faker }) => {
  const profile = {
    telegramId: ++lastTelegramId,
    username: faker.internet.username().replace(/\W/g, '_').slice(0, 32),
    firstName: plain(faker.person.firstName()),
    lastName: plain(faker.person.lastName()),
  }
  return {
    ...toColumns(profile),
    telegramId: profile.telegramId,
    language: 'en' as const,
    languageChosen: false,
    referralCode: generateReferralCode(),
    lastActiveAt: JANUARY_2026,
    createdAt: JANUARY_2026,
    updatedAt: JANUARY_2026,
    startedAt: JANUARY_2026,
    bannedAt: null,
    unreachableAt: null,
    anonymisedAt: null,
  }
})
  .state('banned', (customer) => customer.merge({ bannedAt: JANUARY_2026, banReason: 'Spam' }))
  .state('unreachable', (customer) =>
    customer.merge({ unreachableAt: JANUARY_2026, unreachableReason: 'Forbidden: bot was blocked by the user' })
  )
  .build()
