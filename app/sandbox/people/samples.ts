import type { World } from '#sandbox/world'
import type { NewCustomer } from '#sandbox/state/customers'

/** People to try the bot as: three languages, and the awkward cases every bot meets. */
export const SAMPLE_CUSTOMERS: readonly NewCustomer[] = [
  { id: 100_001, first_name: 'Alice', last_name: 'Morgan', username: 'alice_m', language_code: 'en', started: false },
  {
    id: 100_002,
    first_name: 'Андрій',
    last_name: 'Коваленко',
    username: 'andriy_k',
    language_code: 'uk',
    started: false,
  },
  { id: 100_003, first_name: 'Мария', last_name: 'Лебедева', username: 'masha_l', language_code: 'ru', started: false },
  { id: 100_004, first_name: 'Ben', language_code: 'en', started: false, bio: 'Has no username' },
  {
    id: 100_005,
    first_name: 'Олександра-Вікторія',
    last_name: 'Заболотна-Миргородська фон Хохенлоэ унд Шиллингсфюрст',
    username: 'sasha_with_a_very_long_username',
    language_code: 'uk',
    started: false,
  },
  { id: 100_006, first_name: 'Дмитрий', username: 'dima_blocked', language_code: 'ru', started: true, blocked: true },
  {
    id: 100_007,
    first_name: 'Chloé 🌸',
    last_name: '<b>Dubois</b> & Co',
    username: 'chloe_d',
    language_code: 'fr',
    started: false,
  },
  { id: 100_008, first_name: 'Соломія', last_name: 'Бойко', username: 'solya', language_code: 'uk', started: false },
  { id: 100_009, first_name: 'Deleted', last_name: 'Account', language_code: 'en', started: true, deactivated: true },
]

/** Where a forum for tickets and a channel for alerts can be tried. */
export const SAMPLE_FORUM_ID = -1_002_000_000_001
export const SAMPLE_CHANNEL_ID = -1_002_000_000_002

export function addSamples(world: World): void {
  for (const customer of SAMPLE_CUSTOMERS) world.customers.save({ ...customer })
  world.groups.save({
    id: SAMPLE_FORUM_ID,
    title: 'Support team',
    type: 'supergroup',
    forum: true,
    botStatus: 'administrator',
    administrators: [100_001],
    members: [100_002, 100_003],
  })
  world.groups.save({
    id: SAMPLE_CHANNEL_ID,
    title: 'Admin alerts',
    type: 'channel',
    username: 'kontora_alerts',
    botStatus: 'administrator',
    administrators: [100_001],
  })
}
