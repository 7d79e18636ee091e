import { test } from '@japa/runner'
import { type ApiError } from '#sandbox/errors'
import { Limits } from '#sandbox/limits'

function refusal(act: () => void): ApiError | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return error as ApiError
  }
}

test.group("Sandbox | Telegram's limits", (group) => {
  let limits: Limits

  group.each.setup(() => {
    limits = new Limits()
    limits.configure(true)
  })

  test('off, they let everything pass', ({ assert }) => {
    limits.configure(false)

    for (let i = 0; i < 1000; i++) limits.admit(1, false, false, 0)

    assert.isUndefined(limits.settings)
  })

  test('the 31st message within a second is refused and the next one after it is not', ({ assert }) => {
    for (let chat = 1; chat <= 30; chat++) limits.admit(chat, false, false, 100 + chat)

    assert.deepInclude(
      refusal(() => limits.admit(31, false, false, 1100)),
      {
        code: 429,
        description: 'Too Many Requests: retry after 1',
        parameters: { retry_after: 1 },
      }
    )
    assert.isUndefined(refusal(() => limits.admit(31, false, false, 1102)))
  })

  test('paid broadcasts have a budget of their own', ({ assert }) => {
    for (let chat = 1; chat <= 1000; chat++) limits.admit(chat, false, true, 0)

    assert.equal(refusal(() => limits.admit(1001, false, true, 500))?.code, 429)
    assert.isUndefined(refusal(() => limits.admit(1001, false, false, 500)))
  })

  test('a short burst to one chat passes, then one a second', ({ assert }) => {
    for (let i = 0; i < 3; i++) limits.admit(1, false, false, 0)

    assert.equal(refusal(() => limits.admit(1, false, false, 500))?.parameters?.retry_after, 1)
    assert.isUndefined(refusal(() => limits.admit(1, false, false, 1000)))
    assert.equal(refusal(() => limits.admit(1, false, false, 1100))?.code, 429)
    assert.isUndefined(refusal(() => limits.admit(2, false, false, 1100)))
  })

  test('a group takes twenty a minute and says how long to wait', ({ assert }) => {
    for (let i = 0; i < 20; i++) limits.admit(-1, true, false, i * 1000)

    assert.equal(refusal(() => limits.admit(-1, true, false, 20_000))?.description, 'Too Many Requests: retry after 40')
    assert.isUndefined(refusal(() => limits.admit(-1, true, false, 60_001)))
  })

  test('a refused message costs nothing', ({ assert }) => {
    for (let i = 0; i < 3; i++) limits.admit(1, false, false, 0)
    for (let i = 0; i < 100; i++) refusal(() => limits.admit(1, false, false, 10))

    for (let chat = 2; chat <= 28; chat++) limits.admit(chat, false, false, 20)

    assert.equal(refusal(() => limits.admit(99, false, false, 30))?.code, 429)
  })
})
