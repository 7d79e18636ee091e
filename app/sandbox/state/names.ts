/** Plausible names for customers that exist only as a number in a range, so that a million of them cost nothing. */
const POOLS = [
  {
    language_code: 'en',
    first: ['Emma', 'Oliver', 'Sophie', 'Liam', 'Grace', 'Noah', 'Chloe', 'Jack', 'Amelia', 'Henry'],
    last: ['Walker', 'Hughes', 'Bennett', 'Foster', 'Murphy', 'Clarke', 'Ellis', 'Grant', 'Porter', 'Shaw'],
  },
  {
    language_code: 'ru',
    first: ['Анна', 'Иван', 'Мария', 'Дмитрий', 'Елена', 'Сергей', 'Ольга', 'Павел', 'Ксения', 'Артём'],
    last: ['Соколенко', 'Лебедь', 'Мороз', 'Гончар', 'Шевчук', 'Ткач', 'Бондарь', 'Кравец', 'Заяц', 'Коваль'],
  },
  {
    language_code: 'uk',
    first: ['Оксана', 'Андрій', 'Марта', 'Тарас', 'Юлія', 'Богдан', 'Соломія', 'Назар', 'Ірина', 'Остап'],
    last: ['Шевченко', 'Коваленко', 'Мельник', 'Бойко', 'Савчук', 'Петренко', 'Литвин', 'Гнатюк', 'Романюк', 'Кравчук'],
  },
]

export interface GeneratedName {
  first_name: string
  last_name: string
  username?: string
  language_code: string
}

/** The same name for the same id, always. Every seventh has no username. */
export function nameFor(id: number): GeneratedName {
  const mixed = Math.imul(id ^ (id >>> 15), 0x2c1b3c6d) >>> 0
  const pool = POOLS[mixed % POOLS.length]
  const username = mixed % 7 === 0 ? undefined : `customer_${id}`
  return {
    first_name: pool.first[(mixed >>> 4) % pool.first.length],
    last_name: pool.last[(mixed >>> 12) % pool.last.length],
    ...(username && { username }),
    language_code: pool.language_code,
  }
}
