import type { Language } from '#customers/languages'
import type { NewsCategory } from '#customers/news_categories'

const DAY = 24 * 60 * 60 * 1000
const HOUR = 60 * 60 * 1000

export interface SampleBroadcast {
  reference: string
  title: string
  category: NewsCategory
  status: 'completed' | 'scheduled' | 'draft'
  /** Milliseconds from now; negative: sent then. Null for a draft. */
  offset: number | null
  texts: Partial<Record<Language, string>>
  buttons?: Partial<Record<Language, { text: string; url: string }>>
}

/** What an operator of a while has in the list: sent, scheduled and drafted. */
export const SAMPLE_BROADCASTS: readonly SampleBroadcast[] = [
  {
    reference: 'SAMP1E0001',
    title: 'Welcome to the new bot',
    category: 'announcements',
    status: 'completed',
    offset: -41 * DAY,
    texts: {
      en: 'Hello {first_name}! 👋\n\nThe bot has <b>moved house</b>: faster, in three languages, with a menu that fits your thumb. Press /start to look around.',
      ru: 'Здравствуйте, {first_name}! 👋\n\nБот <b>переехал</b>: он стал быстрее, говорит на трёх языках, а меню удобно под большим пальцем. Нажмите /start, чтобы осмотреться.',
      uk: 'Вітаємо, {first_name}! 👋\n\nБот <b>переїхав</b>: став швидшим, розмовляє трьома мовами, а меню зручне для великого пальця. Натисніть /start, щоб роззирнутися.',
    },
  },
  {
    reference: 'SAMP1E0002',
    title: 'Invite a friend',
    category: 'offers',
    status: 'completed',
    offset: -9 * DAY,
    texts: {
      en: '🎁 <b>Bring a friend</b>\n\nYour own link is in the menu under <i>Settings</i>. It works for everybody who has never used the bot.',
      ru: '🎁 <b>Приведите друга</b>\n\nВаша личная ссылка — в меню, в разделе <i>Настройки</i>. Она действует для всех, кто ещё не пользовался ботом.',
      uk: '🎁 <b>Запросіть друга</b>\n\nВаше особисте посилання — у меню, в розділі <i>Налаштування</i>. Воно діє для всіх, хто ще не користувався ботом.',
    },
    buttons: {
      en: { text: 'How it works', url: 'https://example.org/invite' },
      ru: { text: 'Как это работает', url: 'https://example.org/ru/invite' },
      uk: { text: 'Як це працює', url: 'https://example.org/uk/invite' },
    },
  },
  {
    reference: 'SAMP1E0003',
    title: 'Maintenance on Sunday night',
    category: 'announcements',
    status: 'scheduled',
    offset: 2 * DAY + 5 * HOUR,
    texts: {
      en: '🛠 On Sunday from 03:00 to 03:30 the bot takes a nap. Messages you send meanwhile are answered afterwards.',
      ru: '🛠 В воскресенье с 03:00 до 03:30 бот будет спать. На сообщения, отправленные в это время, он ответит позже.',
      uk: '🛠 У неділю з 03:00 до 03:30 бот спатиме. На повідомлення, надіслані в цей час, він відповість пізніше.',
    },
  },
  {
    reference: 'SAMP1E0004',
    title: 'Summer meet-up',
    category: 'events',
    status: 'draft',
    offset: null,
    texts: { en: '☀️ <b>Meet us in person</b>\n\nDate and place: to be told soon. Would you come?' },
  },
]
