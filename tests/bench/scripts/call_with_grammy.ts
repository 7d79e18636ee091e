import env from '#start/env'
import { Api } from 'grammy'

/** A bare loop of grammY calls: the peer of the sender. */
export default async function callWithGrammy(count: number, concurrency: number) {
  const api = new Api(env.get('TELEGRAM_BOT_TOKEN')!.release(), { apiRoot: env.get('TELEGRAM_API_ROOT') })
  let next = 0
  const loop = async () => {
    while (next < count) {
      const i = next++
      await api.sendMessage(1_000_000 + i, `row ${i}`, { parse_mode: 'HTML' })
    }
  }
  await Promise.all(Array.from({ length: concurrency }, loop))
}
