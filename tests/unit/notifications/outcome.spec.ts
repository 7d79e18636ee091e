import { test } from '@japa/runner'
import { TelegramRefusal, TelegramUnreachable } from '#core/contracts/telegram_gateway'
import type { ClaimedRow } from '#notifications/sender/claimed_row'
import { readFailure } from '#notifications/sender/outcome'
import { UnreadableUpload } from '#notifications/telegram/multipart'

const row = (attributes: Partial<ClaimedRow> = {}) =>
  ({ id: 1, operation: 'send', broadcastId: null, ...attributes }) as ClaimedRow
const refused = (code: number, description: string) => new TelegramRefusal('sendMessage', code, description)

test.group('Outcome of a call', () => {
  test('{0}: {1}')
    .with([
      [403, 'Forbidden: bot was blocked by the user'],
      [403, 'Forbidden: user is deactivated'],
      [403, 'Forbidden: bot was kicked from the supergroup chat'],
      [403, "Forbidden: bot can't initiate conversation with a user"],
      [400, 'Bad Request: chat not found'],
    ] as Array<[number, string]>)
    .run(({ assert }, [code, description]) => {
      assert.containSubset(readFailure(refused(code, description), row()), {
        kind: 'permanent',
        unreachable: true,
        bug: false,
      })
    })

  test('any other 400 is our own mistake', ({ assert }) => {
    const failure = readFailure(refused(400, "Bad Request: can't parse entities"), row())
    assert.containSubset(failure, { kind: 'permanent', unreachable: false, bug: true })
  })

  test('failures of the server are tried again', ({ assert }) => {
    assert.containSubset(readFailure(refused(502, 'Bad Gateway'), row()), { kind: 'retry', outage: true })
  })

  test('a wrong token is no fault of the row', ({ assert }) => {
    assert.equal(readFailure(refused(401, 'Unauthorized'), row()).kind, 'unauthorised')
    assert.equal(readFailure(refused(404, 'Not Found'), row()).kind, 'unauthorised')
  })

  test('an edit that changes nothing has reached its aim, like the deletion of what is gone', ({ assert }) => {
    const edit = refused(400, 'Bad Request: message is not modified: specified new message content')
    const deletion = refused(400, 'Bad Request: message to delete not found')
    assert.equal(readFailure(edit, row({ operation: 'edit' })).kind, 'done')
    assert.equal(readFailure(deletion, row({ operation: 'delete' })).kind, 'done')
    assert.containSubset(readFailure(deletion, row()), { kind: 'permanent', bug: true })
  })

  test('an edit that comes too late is final and nobody is alarmed', ({ assert }) => {
    const failure = readFailure(refused(400, "Bad Request: message can't be edited"), row({ operation: 'edit' }))
    assert.containSubset(failure, { kind: 'permanent', bug: false, unreachable: false })
  })

  test('a stored photo that Telegram no longer knows is uploaded again', ({ assert }) => {
    const refusal = refused(400, 'Bad Request: wrong file identifier/HTTP URL specified')
    assert.equal(readFailure(refusal, row(), { reused: true }).kind, 'stale_photo')
    assert.equal(readFailure(refusal, row()).kind, 'permanent')
  })

  test('without Stars the free pace goes on', ({ assert }) => {
    const refusal = refused(400, 'Bad Request: not enough Stars on the balance')
    assert.equal(readFailure(refusal, row(), { paid: true }).kind, 'paid_refused')
  })

  test('no answer: unknown for what nobody may get twice, else tried again', ({ assert }) => {
    const error = new TelegramUnreachable('sendMessage', true, { detail: 'ECONNRESET' })
    assert.equal(readFailure(error, row({ broadcastId: 1 })).kind, 'unknown')
    assert.equal(readFailure(error, row()).kind, 'retry')
    assert.equal(readFailure(error, row({ broadcastId: 1, operation: 'edit' })).kind, 'retry')
  })

  test('our own failure: unknown for what nobody may get twice, unless its file could not be read', ({ assert }) => {
    const unread = new UnreadableUpload('sunset.jpg', new Error('EIO'))
    assert.equal(readFailure(new Error('broken'), row({ broadcastId: 1 })).kind, 'unknown')
    assert.equal(readFailure(new Error('broken'), row()).kind, 'retry')
    assert.equal(readFailure(unread, row({ broadcastId: 1 })).kind, 'retry')
  })

  test('nothing left this machine: no attempt, also for a broadcast', ({ assert }) => {
    const error = new TelegramUnreachable('sendMessage', false, { detail: 'ECONNREFUSED' })
    assert.equal(readFailure(error, row({ broadcastId: 1 })).kind, 'unsent')
  })
})
