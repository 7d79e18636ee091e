import { test } from '@japa/runner'
import Broadcast from '#broadcasts/models/broadcast'
import type { BroadcastStatus } from '#broadcasts/values'
import { stepsOf } from '#admin/broadcasts/page/steps'

const MOMENTS = { createdAt: 1, scheduledAt: 2, startedAt: 3, completedAt: 4 }

type Moments = Partial<Pick<Broadcast, 'createdAt' | 'scheduledAt' | 'startedAt' | 'completedAt'>>

const strip = (status: BroadcastStatus, moments: Moments = MOMENTS) =>
  stepsOf(new Broadcast().merge({ status, startedAt: null, ...moments })).map(
    ({ text, state, at }) => `${text}: ${state}${at ? ` ${at}` : ''}`
  )

test.group('Steps of a broadcast', () => {
  test('a draft has everything before it', ({ assert }) => {
    const draft = strip('draft', { createdAt: 1, scheduledAt: 9 })
    assert.deepEqual(draft, ['Draft: current 1', 'Scheduled: todo', 'Sending: todo', 'Completed: todo'])
    assert.equal(strip('awaiting_approval', { createdAt: 1 })[0], 'Waits for approval: current 1')
  })

  test('one that is sent or paused stands at its third step', ({ assert }) => {
    assert.deepEqual(strip('sending', { ...MOMENTS, completedAt: null }), [
      'Draft: done 1',
      'Scheduled: done 2',
      'Sending: current 3',
      'Completed: todo',
    ])
    assert.equal(strip('paused')[2], 'Paused: current 3')
  })

  test('one that is through has done them all', ({ assert }) => {
    assert.deepEqual(strip('completed'), ['Draft: done 1', 'Scheduled: done 2', 'Sending: done 3', 'Completed: done 4'])
  })

  test('one that was given up ends there, before or after it was begun', ({ assert }) => {
    assert.deepEqual(strip('cancelled'), ['Draft: done 1', 'Sending: done 3', 'Cancelled: failed 4'])
    const never = strip('cancelled', { createdAt: 1, startedAt: null, completedAt: 4 })
    assert.deepEqual(never, ['Draft: done 1', 'Cancelled: failed 4'])
  })
})
