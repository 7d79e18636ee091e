import type { Language } from '#customers/languages'
import { NEWS_CATEGORIES } from '#customers/news_categories'
import { toColumns } from '#customers/telegram_profile'
import { sampleName } from '#database/samples/names'
import { SampleRandom } from '#database/samples/random'
import { sampleUsername } from '#database/samples/usernames'

/** Telegram ids of the samples begin here; the sandbox knows people of this range. */
export const FIRST_SAMPLE_TELEGRAM_ID = 200_001

const DAY = 24 * 60 * 60 * 1000
const YEAR = 365 * DAY
const CODE_ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
const SHARES: Array<[Language, number]> = [['uk', 0.42], ['ru', 0.3], ['en', 1]] // prettier-ignore
const ZONES: Record<Language, readonly string[]> = {
  en: ['Europe/London', 'America/New_York', 'America/Los_Angeles', 'Europe/Berlin', 'Australia/Sydney'],
  ru: ['Europe/Warsaw', 'Asia/Almaty', 'Asia/Tbilisi', 'Europe/Riga', 'Asia/Jerusalem'],
  uk: ['Europe/Kyiv', 'Europe/Kyiv', 'Europe/Warsaw', 'Europe/Prague'],
}
const BAN_REASONS = ['Spam in support', 'Several accounts of one person', 'Chargeback of a payment', 'Insults']

/** Rows of the tables `customers` and `customer_opt_outs`, the same for the same number and moment. */
export function sampleCustomers(count: number, now: number) {
  const random = new SampleRandom()
  const taken = new Set<string>()
  const codes = new Set<string>()
  const customers = Array.from({ length: count }, (_, index) => sampleCustomer(index, now, random, taken, codes))
  const optOuts = customers
    .filter(() => random.chance(0.06))
    .map(({ id, last_active_at: at }) => ({ customer_id: id, category: random.pick(NEWS_CATEGORIES), created_at: at }))
  return { customers, optOuts }
}

function sampleCustomer(index: number, now: number, random: SampleRandom, taken: Set<string>, codes: Set<string>) {
  const language = sampleLanguage(random)
  const name = sampleName(language, random)
  const username = random.chance(0.7) ? sampleUsername(name, taken, random) : null
  const telegramId = FIRST_SAMPLE_TELEGRAM_ID + index
  const profile = toColumns({ telegramId, username, ...name })
  const [createdAt, lastActiveAt] = sampleActivity(now, random)
  const isBanned = random.chance(0.012)
  const isUnreachable = !isBanned && random.chance(0.04)
  return {
    id: index + 1,
    telegram_id: telegramId,
    username: profile.username,
    first_name: profile.firstName,
    last_name: profile.lastName,
    search_username: profile.searchUsername,
    search_name: profile.searchName,
    language,
    language_chosen: random.chance(0.2),
    time_zone: random.chance(0.35) ? random.pick(ZONES[language]) : null,
    referral_code: sampleCode(codes, random),
    referrer_id: index > 50 && random.chance(0.15) ? random.below(index) + 1 : null,
    banned_at: isBanned ? lastActiveAt : null,
    ban_reason: isBanned ? random.pick(BAN_REASONS) : null,
    unreachable_at: isUnreachable ? Math.min(now, lastActiveAt + random.below(20 * DAY)) : null,
    unreachable_reason: isUnreachable ? 'Forbidden: bot was blocked by the user' : null,
    started_at: createdAt,
    last_active_at: lastActiveAt,
    created_at: createdAt,
    updated_at: lastActiveAt,
  }
}

function sampleLanguage(random: SampleRandom): Language {
  const at = random.next()
  let sum = 0
  return SHARES.find(([, share]) => at < (sum += share))![0]
}

/** The bot grows: more people come each month, and most were here lately. */
function sampleActivity(now: number, random: SampleRandom): [createdAt: number, lastActiveAt: number] {
  const age = Math.floor(YEAR * (1 - Math.sqrt(random.next())))
  const idle = Math.floor(age * random.next() ** 3)
  return [now - age, now - idle]
}

function sampleCode(codes: Set<string>, random: SampleRandom): string {
  const code = Array.from({ length: 8 }, () => CODE_ALPHABET[random.below(CODE_ALPHABET.length)]).join('')
  if (codes.has(code)) return sampleCode(codes, random)
  codes.add(code)
  return code
}
