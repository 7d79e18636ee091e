import type { Outcome, PricingMode } from '#markets/values'

export interface SampleMarket {
  title: string
  description: string
  category: 'crypto' | 'sports' | 'politics' | 'tech'
  /** Days before the present at which it was published; null for a draft. */
  publishedDaysAgo: number | null
  /** Days from the present; below zero for one that is over. */
  endsInDays: number
  /** Bets that people want to make on it. */
  interest: number
  /** How many of a hundred expect YES. */
  yesPercent: number
  pricing?: PricingMode
  isPromoted?: boolean
  /** An hour after its end. */
  ending?: Ending
}

export type Ending =
  | { kind: 'resolved'; result: Outcome; evidenceUrl: string | null; note: string | null }
  | { kind: 'cancelled'; note: string }

const resolved = (result: Outcome, note: string, evidenceUrl: string | null = null): Ending => ({
  ...{ kind: 'resolved', result, evidenceUrl, note },
})

/** Questions that are as good in any month: four weeks of them, told from the present. */
export const SAMPLE_MARKETS: SampleMarket[] = [
  {
    title: 'Will Bitcoin trade above 150 000 USD this month?',
    description: 'YES if any trade on Binance BTC/USDT is at 150 000 or more before the end date.',
    category: 'crypto',
    publishedDaysAgo: 12,
    endsInDays: 9,
    interest: 42,
    yesPercent: 58,
    isPromoted: true,
  },
  {
    title: 'Will Ether end the week above 5 000 USD?',
    description: 'By the last hourly close on Coinbase before the end date.',
    category: 'crypto',
    publishedDaysAgo: 4,
    endsInDays: 3,
    interest: 24,
    yesPercent: 36,
  },
  {
    title: 'Will TON reach a new all-time high this quarter?',
    description: 'YES if CoinMarketCap shows a higher price than ever before at any time until the end date.',
    category: 'crypto',
    publishedDaysAgo: 17,
    endsInDays: 45,
    interest: 30,
    yesPercent: 62,
    pricing: 'parimutuel',
  },
  {
    title: 'Will a spot Solana ETF see net inflows this week?',
    description: 'By the issuers’ own figures, all funds together.',
    category: 'crypto',
    publishedDaysAgo: 3,
    endsInDays: 0.2,
    interest: 15,
    yesPercent: 70,
  },
  {
    title: 'Will Dynamo Kyiv win the next home match?',
    description: 'YES if Dynamo wins in regular time. A draw is NO.',
    category: 'sports',
    publishedDaysAgo: 6,
    endsInDays: 1.5,
    interest: 34,
    yesPercent: 66,
    isPromoted: true,
  },
  {
    title: 'Will the Champions League final go to penalties?',
    description: 'YES if the winner is decided by a penalty shoot-out.',
    category: 'sports',
    publishedDaysAgo: 9,
    endsInDays: 27,
    interest: 21,
    yesPercent: 24,
    pricing: 'parimutuel',
  },
  {
    title: 'Will the pole sitter win the next Formula 1 race?',
    description: 'By the classification of the FIA after the race.',
    category: 'sports',
    publishedDaysAgo: 5,
    endsInDays: 5,
    interest: 18,
    yesPercent: 48,
  },
  {
    title: 'Will the next heavyweight title fight end by knockout?',
    description: 'Technical knockouts count; a decision of the judges is NO.',
    category: 'sports',
    publishedDaysAgo: 2,
    endsInDays: 14,
    interest: 12,
    yesPercent: 55,
  },
  {
    title: 'Will the European Central Bank cut its key rate at the next meeting?',
    description: 'YES if the deposit facility rate is lower after the meeting than before it.',
    category: 'politics',
    publishedDaysAgo: 11,
    endsInDays: 18,
    interest: 26,
    yesPercent: 41,
    isPromoted: true,
  },
  {
    title: 'Will a new coalition be sworn in before the summer recess?',
    description: 'By the official gazette. A caretaker government is NO.',
    category: 'politics',
    publishedDaysAgo: 8,
    endsInDays: 60,
    interest: 16,
    yesPercent: 30,
  },
  {
    title: 'Will turnout in the regional vote pass 60 %?',
    description: 'By the final figures of the electoral commission.',
    category: 'politics',
    publishedDaysAgo: 6,
    endsInDays: 6,
    interest: 14,
    yesPercent: 52,
  },
  {
    title: 'Will the next flagship phone have a folding screen?',
    description: 'YES if one of the three largest makers shows it at its main event before the end date.',
    category: 'tech',
    publishedDaysAgo: 7,
    endsInDays: 33,
    interest: 19,
    yesPercent: 35,
  },
  {
    title: 'Will an open model lead the public coding board at the end of the month?',
    description: 'The first place must have published weights under a licence that allows commercial use.',
    category: 'tech',
    publishedDaysAgo: 10,
    endsInDays: 11,
    interest: 28,
    yesPercent: 47,
  },
  {
    title: 'Will Telegram announce more than two new features in the next update?',
    description: 'By the count of headings in the post of the official blog.',
    category: 'tech',
    publishedDaysAgo: null,
    endsInDays: 8,
    interest: 0,
    yesPercent: 50,
  },
  {
    title: 'Will the launch window of the next crewed flight be kept?',
    description: 'YES if it lifts off on the first day of the window that was announced.',
    category: 'tech',
    publishedDaysAgo: 15,
    endsInDays: -0.15,
    interest: 22,
    yesPercent: 44,
  },
  {
    title: 'Will gas on Ethereum stay below 5 gwei for a whole day?',
    description: 'By the hourly averages of a public gas tracker.',
    category: 'crypto',
    publishedDaysAgo: 13,
    endsInDays: -0.6,
    interest: 17,
    yesPercent: 60,
  },
  {
    title: 'Will Shakhtar score in the first half of the derby?',
    description: 'Goals in stoppage time of the first half count.',
    category: 'sports',
    publishedDaysAgo: 20,
    endsInDays: -6,
    interest: 27,
    yesPercent: 63,
    ending: resolved('YES', 'One goal, in the 31st minute', 'https://example.com/derby-report'),
  },
  {
    title: 'Will the stablecoin bill pass its second reading?',
    description: 'By the record of the vote.',
    category: 'politics',
    publishedDaysAgo: 24,
    endsInDays: -9,
    interest: 23,
    yesPercent: 57,
    ending: resolved('NO', 'Sent back to the committee', 'https://example.com/second-reading'),
  },
  {
    title: 'Will Bitcoin fees pass 50 sat/vB over the weekend?',
    description: 'By the median fee of any block that was mined over the weekend.',
    category: 'crypto',
    publishedDaysAgo: 18,
    endsInDays: -12,
    interest: 20,
    yesPercent: 38,
    pricing: 'parimutuel',
    ending: resolved('YES', 'Three blocks on Saturday evening'),
  },
  {
    title: 'Will the charity match be sold out?',
    description: 'By what the organiser says on the day.',
    category: 'sports',
    publishedDaysAgo: 16,
    endsInDays: -8,
    interest: 11,
    yesPercent: 50,
    ending: { kind: 'cancelled', note: 'The match was called off because of the weather' },
  },
]
