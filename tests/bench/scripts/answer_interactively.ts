import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { TelegramPace } from '#core/contracts/telegram_pace'

const monotonic = () => Number(process.hrtime.bigint()) / 1e6

/**
 * The web process's part: answers customers at random moments as the bot does, until told to stop. Each text holds
 * the moment at which the bot wanted to answer.
 */
export default async function answerInteractively(meanPauseMs: number) {
  const [pace, telegram] = [await app.container.make(TelegramPace), await app.container.make(TelegramGateway)]
  const answers: Promise<unknown>[] = []
  let stopped = false
  process.once('message', () => (stopped = true))
  for (let i = 0; !stopped; i++) {
    await sleep(Math.random() * 2 * meanPauseMs)
    answers.push(answer(2_000_000 + i))
  }
  await Promise.allSettled(answers)

  async function answer(chatId: number) {
    const text = `interactive ${monotonic()}`
    await pace.takeInteractive(chatId)
    await telegram.call('sendMessage', { chat_id: chatId, text })
  }
}
