interface Words {
  en: string
  ru: string
  uk: string
}

export interface FirstMission {
  code: string
  emoji: string
  condition: string
  parameters?: Record<string, string | number | boolean>
  target: number
  /** Whole PRED. */
  reward: number
  titles: Words
  descriptions: Words
}

/** `domains.md` section 6. */
export const FIRST_MISSIONS: FirstMission[] = [
  {
    ...{ code: 'FIRST_BET', emoji: '🎯', condition: 'bets_placed', target: 1, reward: 500 },
    titles: { en: 'First bet', ru: 'Первая ставка', uk: 'Перша ставка' },
    descriptions: { en: 'Place your first bet', ru: 'Сделайте первую ставку', uk: 'Зробіть першу ставку' },
  },
  {
    ...{ code: '5_BETS', emoji: '🖐', condition: 'bets_placed', target: 5, reward: 1000 },
    titles: { en: 'Getting warm', ru: 'Вошли во вкус', uk: 'Увійшли у смак' },
    descriptions: { en: 'Place 5 bets', ru: 'Сделайте 5 ставок', uk: 'Зробіть 5 ставок' },
  },
  {
    ...{ code: '10_BETS', emoji: '🔟', condition: 'bets_placed', target: 10, reward: 2000 },
    titles: { en: 'Regular', ru: 'Завсегдатай', uk: 'Завсідник' },
    descriptions: { en: 'Place 10 bets', ru: 'Сделайте 10 ставок', uk: 'Зробіть 10 ставок' },
  },
  {
    ...{ code: 'WIN_STREAK_3', emoji: '🔥', condition: 'win_streak', target: 3, reward: 1500 },
    titles: { en: 'On a roll', ru: 'Серия', uk: 'Серія' },
    descriptions: { en: 'Win 3 bets in a row', ru: 'Выиграйте 3 ставки подряд', uk: 'Виграйте 3 ставки поспіль' },
  },
  {
    ...{ code: 'WIN_STREAK_5', emoji: '☄️', condition: 'win_streak', target: 5, reward: 3000 },
    titles: { en: 'Unstoppable', ru: 'Не остановить', uk: 'Не зупинити' },
    descriptions: { en: 'Win 5 bets in a row', ru: 'Выиграйте 5 ставок подряд', uk: 'Виграйте 5 ставок поспіль' },
  },
  {
    ...{ code: 'BET_CRYPTO', emoji: '🪙', condition: 'bets_in_category', target: 1, reward: 500 },
    parameters: { category: 'crypto' },
    titles: { en: 'Crypto mind', ru: 'Криптоман', uk: 'Криптоман' },
    descriptions: {
      en: 'Bet on a market about crypto',
      ru: 'Сделайте ставку на вопрос о криптовалютах',
      uk: 'Зробіть ставку на питання про криптовалюти',
    },
  },
  {
    ...{ code: 'BET_SPORTS', emoji: '⚽', condition: 'bets_in_category', target: 1, reward: 500 },
    parameters: { category: 'sports' },
    titles: { en: 'Sports fan', ru: 'Болельщик', uk: 'Уболівальник' },
    descriptions: {
      en: 'Bet on a market about sports',
      ru: 'Сделайте ставку на вопрос о спорте',
      uk: 'Зробіть ставку на питання про спорт',
    },
  },
  {
    ...{ code: 'BET_POLITICS', emoji: '🏛', condition: 'bets_in_category', target: 1, reward: 500 },
    parameters: { category: 'politics' },
    titles: { en: 'Politician', ru: 'Политик', uk: 'Політик' },
    descriptions: {
      en: 'Bet on a market about politics',
      ru: 'Сделайте ставку на вопрос о политике',
      uk: 'Зробіть ставку на питання про політику',
    },
  },
  {
    ...{ code: 'HIGH_ROLLER', emoji: '💎', condition: 'single_stake', target: 1, reward: 1000 },
    parameters: { min: 1000 },
    titles: { en: 'High roller', ru: 'Крупная игра', uk: 'Велика гра' },
    descriptions: {
      en: 'Stake 1,000 PRED or more in one bet',
      ru: 'Поставьте 1000 PRED или больше за один раз',
      uk: 'Поставте 1000 PRED або більше за один раз',
    },
  },
  {
    ...{ code: 'LUCKY_7', emoji: '🍀', condition: 'wins', target: 7, reward: 2500 },
    titles: { en: 'Lucky seven', ru: 'Счастливая семёрка', uk: 'Щаслива сімка' },
    descriptions: { en: 'Win 7 bets', ru: 'Выиграйте 7 ставок', uk: 'Виграйте 7 ставок' },
  },
  {
    ...{ code: 'DAILY_ACTIVE', emoji: '📅', condition: 'active_days', target: 7, reward: 1500 },
    parameters: { in_a_row: false },
    titles: { en: 'Here every day', ru: 'Каждый день с нами', uk: 'Щодня з нами' },
    descriptions: {
      en: 'Come by on 7 days',
      ru: 'Заходите 7 дней',
      uk: 'Заходьте 7 днів',
    },
  },
  {
    ...{ code: 'REFERRAL', emoji: '🤝', condition: 'invited', target: 1, reward: 2000 },
    titles: { en: 'Good company', ru: 'Хорошая компания', uk: 'Гарна компанія' },
    descriptions: {
      en: 'Invite a friend who makes a first bet or purchase',
      ru: 'Пригласите друга, который сделает первую ставку или покупку',
      uk: 'Запросіть друга, який зробить першу ставку або покупку',
    },
  },
  {
    ...{ code: 'SILVER_RANK', emoji: '🥈', condition: 'rank', target: 1, reward: 1000 },
    parameters: { rank: 'silver' },
    titles: { en: 'Silver', ru: 'Серебро', uk: 'Срібло' },
    descriptions: {
      en: 'Reach the Silver rank: 11 wins',
      ru: 'Получите серебряный ранг: 11 побед',
      uk: 'Отримайте срібний ранг: 11 перемог',
    },
  },
  {
    ...{ code: 'GOLD_RANK', emoji: '🥇', condition: 'rank', target: 1, reward: 2500 },
    parameters: { rank: 'gold' },
    titles: { en: 'Gold', ru: 'Золото', uk: 'Золото' },
    descriptions: {
      en: 'Reach the Gold rank: 26 wins',
      ru: 'Получите золотой ранг: 26 побед',
      uk: 'Отримайте золотий ранг: 26 перемог',
    },
  },
  {
    ...{ code: 'DIAMOND_RANK', emoji: '💠', condition: 'rank', target: 1, reward: 5000 },
    parameters: { rank: 'diamond' },
    titles: { en: 'Diamond', ru: 'Бриллиант', uk: 'Діамант' },
    descriptions: {
      en: 'Reach the Diamond rank: 51 wins',
      ru: 'Получите бриллиантовый ранг: 51 победа',
      uk: 'Отримайте діамантовий ранг: 51 перемога',
    },
  },
  {
    ...{ code: 'GRANDMASTER_RANK', emoji: '👑', condition: 'rank', target: 1, reward: 10_000 },
    parameters: { rank: 'grandmaster' },
    titles: { en: 'Grandmaster', ru: 'Грандмастер', uk: 'Грандмайстер' },
    descriptions: {
      en: 'Reach the Grandmaster rank: 101 wins',
      ru: 'Получите ранг грандмастера: 101 победа',
      uk: 'Отримайте ранг грандмайстра: 101 перемога',
    },
  },
  {
    ...{ code: 'VOLUME_10K', emoji: '📈', condition: 'volume', target: 10_000, reward: 3000 },
    titles: { en: 'Ten thousand', ru: 'Десять тысяч', uk: 'Десять тисяч' },
    descriptions: {
      en: 'Stake 10,000 PRED in all',
      ru: 'Поставьте всего 10 000 PRED',
      uk: 'Поставте загалом 10 000 PRED',
    },
  },
  {
    ...{ code: 'VOLUME_50K', emoji: '🚀', condition: 'volume', target: 50_000, reward: 10_000 },
    titles: { en: 'Fifty thousand', ru: 'Пятьдесят тысяч', uk: 'П’ятдесят тисяч' },
    descriptions: {
      en: 'Stake 50,000 PRED in all',
      ru: 'Поставьте всего 50 000 PRED',
      uk: 'Поставте загалом 50 000 PRED',
    },
  },
  {
    ...{ code: 'VOLUME_100K', emoji: '🐋', condition: 'volume', target: 100_000, reward: 25_000 },
    titles: { en: 'A hundred thousand', ru: 'Сто тысяч', uk: 'Сто тисяч' },
    descriptions: {
      en: 'Stake 100,000 PRED in all',
      ru: 'Поставьте всего 100 000 PRED',
      uk: 'Поставте загалом 100 000 PRED',
    },
  },
]

/** As the table keeps them, in this order. */
export const firstMissionRows = (now: number) =>
  FIRST_MISSIONS.map(({ titles, descriptions, parameters = {}, reward, ...mission }, index) => ({
    ...mission,
    parameters: JSON.stringify(parameters),
    reward: reward * 100,
    titles: JSON.stringify(titles),
    descriptions: JSON.stringify(descriptions),
    position: index + 1,
    created_at: now,
    updated_at: now,
  }))
