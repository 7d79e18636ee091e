import { test } from '@japa/runner'
import { TelegramPace, TelegramPaused } from '#core/contracts/telegram_pace'
import { paceTransformer } from '#bot/telegram/pace_transformer'

class RecordingPace extends TelegramPace {
  readonly steps: string[] = []
  paused?: Error

  async takeInteractive(chatId: number) {
    this.steps.push(`slot ${chatId}`)
    if (this.paused) throw this.paused
  }

  async pause(retryAfter: number, chatId?: number) {
    this.steps.push(`pause ${retryAfter} for ${chatId}`)
  }
}

const tooMany = (seconds: number) => ({
  ok: false,
  error_code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
})

test.group('paceTransformer', (group) => {
  let pace: RecordingPace
  let answers: object[]

  group.each.setup(() => {
    pace = new RecordingPace()
    answers = []
  })

  async function call(method: string, payload: object = { chat_id: 5 }) {
    const prev = async () => {
      pace.steps.push(method)
      return answers.shift() ?? { ok: true, result: true }
    }
    return paceTransformer(pace)(prev as any, method as any, payload as any) as Promise<any>
  }

  test('given {$self}, when called, then it takes a slot first')
    .with(['sendMessage', 'sendPhoto', 'copyMessage', 'forwardMessage', 'editMessageText', 'editMessageReplyMarkup'])
    .run(async ({ assert }, method) => {
      await call(method)
      assert.deepEqual(pace.steps, ['slot 5', method])
    })

  test('given {$self}, when called, then no slot is spent on it')
    .with(['answerCallbackQuery', 'getMe', 'getUpdates', 'deleteMessage', 'setMyCommands', 'answerPreCheckoutQuery'])
    .run(async ({ assert }, method) => {
      await call(method, {})
      assert.deepEqual(pace.steps, [method])
    })

  test('given a short 429, when answered, then everybody pauses and the call is made once more', async ({ assert }) => {
    answers = [tooMany(2)]
    const answer = await call('sendMessage')
    assert.isTrue(answer.ok)
    assert.deepEqual(pace.steps, ['slot 5', 'sendMessage', 'pause 2 for 5', 'slot 5', 'sendMessage'])
  })

  test('given a second 429, when answered, then it is not tried a third time', async ({ assert }) => {
    answers = [tooMany(1), tooMany(1)]
    const answer = await call('sendMessage')
    assert.equal(answer.error_code, 429)
    assert.equal(pace.steps.filter((step) => step === 'sendMessage').length, 2)
  })

  test('given a long 429, when answered, then nobody waits for it here', async ({ assert }) => {
    answers = [tooMany(30)]
    const answer = await call('editMessageText', { chat_id: -100 })
    assert.equal(answer.error_code, 429)
    assert.deepEqual(pace.steps, ['slot -100', 'editMessageText', 'pause 30 for -100'])
  })

  test('given another refusal, when answered, then it is passed on as it is', async ({ assert }) => {
    answers = [{ ok: false, error_code: 400, description: 'Bad Request: x' }]
    const answer = await call('sendMessage')
    assert.equal(answer.error_code, 400)
    assert.deepEqual(pace.steps, ['slot 5', 'sendMessage'])
  })

  test('given silence that Telegram asked for, when a slot is refused, then the call is not made', async ({
    assert,
  }) => {
    pace.paused = new TelegramPaused(60_000)
    await assert.rejects(() => call('sendMessage'), /asked to wait 60 s/)
    assert.deepEqual(pace.steps, ['slot 5'])
  })
})
