import type { ApiError, Update } from 'grammy/types'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import limiter from '@adonisjs/limiter/services/main'
import { Clock } from '#core/clock'
import { ErrorReporter, type ErrorCategory } from '#core/contracts/error_reporter'
import { type Settings, type SettingDefinition } from '#core/contracts/settings'
import { AnswerStore } from '#bot/answers/answer_store'
import { createBot, type BotOptions } from '#bot/bot'
import type { BotDependencies } from '#bot/dependencies'
import { AdminChats } from '#bot/runner/admin_chats'
import { BotLimits } from '#bot/limits/bot_limits'
import { SessionStore } from '#bot/sessions/session_store'
import { Texts } from '#bot/texts/texts'
import { TestClock } from '#tests/support/test_clock'
import { ANNA, callbackUpdate, textUpdate } from '#tests/support/updates'

export const BOT_INFO = {
  id: 123456789,
  is_bot: true,
  first_name: 'Kontora',
  username: 'kontora_bot',
} as unknown as NonNullable<BotOptions['botInfo']>

export interface ApiCall {
  method: string
  payload: any
}

type Refusal = Pick<ApiError, 'error_code' | 'description'> & Partial<ApiError>

/** Settings as defined, but for what a test changes. */
export class TestSettings {
  readonly values = new Map<string, unknown>()

  set<T>(definition: SettingDefinition<T>, value: T) {
    this.values.set(definition.key, value)
  }

  async get<T>(definition: SettingDefinition<T>): Promise<T> {
    return (this.values.get(definition.key) as T) ?? definition.default
  }
}

export class RecordedErrors extends ErrorReporter {
  readonly reports: Array<{ error: unknown; category: ErrorCategory }> = []

  report(error: unknown, category: ErrorCategory) {
    this.reports.push({ error, category })
  }

  count() {}
}

/** The whole bot without a network: what it would call is recorded, what Telegram refuses is up to the test. */
export async function startTestBot(options: BotOptions = {}) {
  const clock = new TestClock()
  const settings = new TestSettings()
  const resolver = app.container.createResolver()
  resolver.bindValue(Clock, clock)
  const errors = new RecordedErrors()
  const calls: ApiCall[] = []
  const refusals = new Map<string, Refusal | Error>()
  const deps: BotDependencies = {
    make: (maker) => resolver.make(maker as any),
    clock,
    settings: settings as unknown as Settings,
    logger: logger.use(),
    texts: await app.container.make(Texts),
    errors,
    limits: new BotLimits(limiter, settings as unknown as Settings),
    sessions: new SessionStore(clock),
    answers: new AnswerStore(BOT_INFO.id, clock),
    adminChats: new AdminChats(BOT_INFO.id, clock),
  }
  const { bot, directory } = createBot('123456789:TEST', deps, { botInfo: BOT_INFO, ...options })
  bot.api.config.use(async (_prev, method, payload) => {
    const refusal = refusals.get(method)
    if (refusal instanceof Error) throw refusal
    calls.push({ method, payload })
    if (refusal) return { ok: false, ...refusal } as any
    const photo = carriesPhoto(payload) && [{ file_id: `file-${calls.length}`, width: 1, height: 1 }]
    return { ok: true, result: { message_id: calls.length, chat: {}, date: 1, ...(photo && { photo }) } } as any
  })

  async function receive(update: Update) {
    const before = calls.length
    await bot.handleUpdate(update)
    return calls.slice(before)
  }

  return {
    bot,
    directory,
    deps,
    clock,
    settings,
    errors,
    calls,
    refusals,
    receive,
    say: (text: string, from = ANNA) => receive(textUpdate(text, from)),
    press: (data: string, from = ANNA) => receive(callbackUpdate(data, from)),
  }
}

const carriesPhoto = (payload: object) => 'photo' in payload || 'media' in payload

export type TestBot = Awaited<ReturnType<typeof startTestBot>>

const SCREENS = ['sendMessage', 'editMessageText', 'sendPhoto', 'editMessageMedia']

/** The message or screen among the calls; the text of a photo is its caption. */
export function screenOf(calls: ApiCall[]) {
  const call = calls.find(({ method }) => SCREENS.includes(method))
  if (!call) throw new Error(`There is no screen in ${JSON.stringify(calls.map(({ method }) => method))}`)
  const rows: Array<Array<{ text: string; callback_data?: string; url?: string }>> =
    call.payload.reply_markup?.inline_keyboard ?? []
  const buttons = rows.flat()
  return {
    method: call.method,
    text: (call.payload.text ?? call.payload.caption ?? call.payload.media?.caption) as string,
    photo: call.payload.photo ?? call.payload.media?.media,
    buttons,
    labels: buttons.map(({ text }) => text),
    /** Callback data of the button whose label holds the text. */
    data(label: string) {
      const button = buttons.find(({ text }) => text.includes(label))
      if (!button?.callback_data) throw new Error(`There is no button "${label}" in ${JSON.stringify(buttons)}`)
      return button.callback_data
    },
  }
}

export const toastOf = (calls: ApiCall[]): string | undefined =>
  calls.find(({ method }) => method === 'answerCallbackQuery')?.payload.text
