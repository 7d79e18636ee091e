import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { BroadcastContent } from '#core/contracts/broadcast_content'
import { MessageComposer } from '#core/contracts/message_composer'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { Rates } from '#notifications/pace/rates'
import { Attempts } from '#notifications/sender/attempts'
import { Sender } from '#notifications/sender/sender'
import { StoreResults } from '#notifications/sender/store_results'
import { HttpTelegramGateway } from '#notifications/telegram/http_gateway'
import { FakeBroadcasts, PlainComposer } from '#tests/support/telegram/fakes'
import { BOT_TOKEN, FastRates } from '#tests/support/telegram/sender_world'

export type Step = 'claimed' | 'attempted' | 'answered' | 'never'

/** Dies without a word. */
const die = () => process.kill(process.pid, 'SIGKILL')

/** The real sender in a process of its own, which is killed at a certain step of its first rows. */
export default async function sendAndDie(url: string, step: Step) {
  const { container } = app
  const settings = await container.make(Settings)
  container.swap(TelegramGateway, () => new HttpTelegramGateway(BOT_TOKEN, url))
  container.swap(BroadcastContent, () => new FakeBroadcasts())
  container.swap(MessageComposer, () => new PlainComposer())
  container.swap(Rates, () => new FastRates(settings))

  const { mark } = Attempts.prototype
  Attempts.prototype.mark = async function (...args) {
    if (step === 'claimed') die()
    const marked = await mark.apply(this, args)
    if (step === 'attempted') die()
    return marked
  }
  const { handle } = StoreResults.prototype
  StoreResults.prototype.handle = async function (...args) {
    if (step === 'answered') die()
    return handle.apply(this, args)
  }

  const sender = await container.make(Sender)
  const stop = new AbortController()
  const running = sender.run(stop.signal)
  app.terminating(() => {
    stop.abort()
    return running
  })
  await running
}
