import { runBot, type RunningBotOptions } from '#tests/support/running_bot'

/** Polls until it is killed. */
export default async function (options: RunningBotOptions) {
  await runBot(options)
  await new Promise(() => {})
}
