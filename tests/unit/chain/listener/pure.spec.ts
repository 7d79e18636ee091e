import { test } from '@japa/runner'
import type { FollowedEvent } from '#chain/listener/followed_event'
import {
  ADDRESSES_A_QUESTION,
  chosenQuestions,
  isWholeCheaper,
  wholeQuestion,
} from '#chain/listener/reading/log_questions'
import { RangeSize } from '#chain/listener/reading/range_size'
import { numberEvents } from '#chain/listener/recording/number_events'
import { partsOf } from '#chain/listener/recording/parts'

const followed = { usdt: '0xaa', raffle: `0x${'b'.repeat(40)}`, raffleTopics: ['0xc1', '0xc2'] }
const address = (index: number) => `0x${index.toString(16).padStart(40, '0')}`

const eventAt = (blockNumber: number, logIndex: number, txHash = '0xt'): FollowedEvent => ({
  ...{ name: 'Transfer', blockNumber, blockHash: `0x${blockNumber}`, logIndex, txHash, contractKey: '0xaa' },
  ...{ fromKey: null, toKey: null, amount: 1n, args: {} },
})

test.group('Listener: how many blocks to ask for', () => {
  test('begins with 500, takes half when refused, grows by a tenth and stays below what was refused', ({ assert }) => {
    const size = new RangeSize()
    assert.equal(size.blocks, 500)
    size.refused(500)
    assert.equal(size.blocks, 250)
    for (let i = 0; i < 20; i++) size.answered()
    assert.equal(size.blocks, 499)
  })

  test('takes what the node offers and does not ask for more, until the limit has proved old', ({ assert }) => {
    const size = new RangeSize()
    size.refused(500, 10)
    for (let i = 0; i < 40; i++) size.answered()
    assert.equal(size.blocks, 10)
    for (let i = 0; i < 40; i++) size.answered()
    assert.isAbove(size.blocks, 10)
  })

  test('an offer that is no smaller than what was refused is none', ({ assert }) => {
    const size = new RangeSize()
    size.refused(100, 100)
    assert.equal(size.blocks, 50)
  })

  test('of one block nothing smaller can be asked for', ({ assert }) => {
    const size = new RangeSize(1)
    assert.isFalse(size.refused(1))
    assert.equal(size.blocks, 1)
  })

  test('silence halves it as well, but sets no limit', ({ assert }) => {
    const size = new RangeSize()
    size.unanswered()
    assert.equal(size.blocks, 250)
    for (let i = 0; i < 30; i++) size.answered()
    assert.isAbove(size.blocks, 500)
  })
})

test.group('Listener: what to ask for', () => {
  test('given more wallets than a filter takes, then they are asked for in chunks, both ways', ({ assert }) => {
    const wallets = Array.from({ length: ADDRESSES_A_QUESTION + 1 }, (_, index) => address(index))
    const [raffle, ...transfers] = chosenQuestions(followed, wallets)

    assert.deepEqual(raffle, { address: followed.raffle, topics: [followed.raffleTopics] })
    assert.lengthOf(transfers, 4)
    const senders = transfers.flatMap(({ topics }) => topics[1] ?? [])
    const receivers = transfers.flatMap(({ topics }) => topics[2] ?? [])
    assert.lengthOf(senders, ADDRESSES_A_QUESTION + 2)
    assert.deepEqual(receivers, senders)
  })

  test('all transfers are one question; it is preferred when few are dropped for many questions saved', ({
    assert,
  }) => {
    assert.lengthOf(wholeQuestion(followed), 1)
    assert.isFalse(isWholeCheaper(null, 1, 10_000))
    assert.isTrue(isWholeCheaper(80, 1, 10))
    assert.isFalse(isWholeCheaper(80, 500, 10))
    assert.isTrue(isWholeCheaper(80, 500, 50_000))
  })
})

test.group('Listener: ordinals', () => {
  test('count the followed logs of a transaction, in its order', ({ assert }) => {
    const events = [eventAt(1, 3, '0xa'), eventAt(1, 5, '0xb'), eventAt(1, 9, '0xa'), eventAt(2, 0, '0xa')]
    assert.deepEqual(
      numberEvents(events, []).map(({ ordinal }) => ordinal),
      [0, 0, 1, 0]
    )
  })

  test('given a log that came late, then what is stored keeps its number', ({ assert }) => {
    const stored = [{ block_hash: '0x1', log_index: 5, tx_hash: '0xa', ordinal: 0 }]
    assert.deepEqual(
      numberEvents([eventAt(1, 3, '0xa'), eventAt(1, 5, '0xa')], stored).map(({ ordinal }) => ordinal),
      [1, 0]
    )
  })
})

test.group('Listener: parts of what was read', () => {
  const read = (events: FollowedEvent[]) => ({ from: 1, to: 9, events, headers: [], wallets: 0 })

  test('hold whole blocks and cover every block', ({ assert }) => {
    const events = [eventAt(2, 0), eventAt(2, 1), eventAt(2, 2), eventAt(4, 0), eventAt(5, 0), eventAt(7, 0)]
    assert.deepEqual(
      partsOf(read(events), 2).map((part) => [part.from, part.to, part.events.length]),
      [
        [1, 2, 3],
        [3, 5, 2],
        [6, 9, 1],
      ]
    )
  })

  test('of nothing there is one', ({ assert }) => {
    assert.deepEqual(
      partsOf(read([])).map((part) => [part.from, part.to, part.events.length]),
      [[1, 9, 0]]
    )
  })
})
