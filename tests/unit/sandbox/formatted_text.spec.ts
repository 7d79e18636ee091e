import fc from 'fast-check'
import { test } from '@japa/runner'
import { formatText } from '#sandbox/entities/formatted_text'
import type { Entity } from '#sandbox/entities/types'

const spans = (entities: Entity[]) => entities.map(({ type, offset, length }) => `${type}:${offset}:${length}`)

test.group('Sandbox | Texts as Telegram keeps them', () => {
  test('{markup} becomes {text} with {kept}')
    .with([
      { markup: '  a  ', text: 'a', kept: [] },
      { markup: '\n\n<b>a</b> \n', text: 'a', kept: ['bold:0:1'] },
      { markup: ' <b> a </b> ', text: ' a', kept: ['bold:0:2'] },
      { markup: 'a\tb\r\nc', text: 'a b\nc', kept: [] },
      { markup: 'a\u202eb', text: 'ab', kept: [] },
      { markup: '<b>a<i>b</i>c</b>', text: 'abc', kept: ['bold:0:1', 'bold:1:2', 'italic:1:1'] },
      { markup: '<b>a</b><b>b</b>', text: 'ab', kept: ['bold:0:2'] },
      { markup: '<b>a<code>b</code>c</b>', text: 'abc', kept: ['bold:0:1', 'code:1:1', 'bold:2:1'] },
      { markup: '<code>a<b>b</b></code>', text: 'ab', kept: ['code:0:2'] },
      {
        markup: '<blockquote>a<blockquote>b</blockquote></blockquote>',
        text: 'ab',
        kept: ['blockquote:0:2'],
      },
      {
        markup: '<a href="e.org">a<a href="f.org">b</a></a>',
        text: 'ab',
        kept: ['text_link:0:2'],
      },
    ])
    .run(({ assert }, { markup, text, kept }) => {
      const formatted = formatText(markup, 'HTML', [])

      assert.equal(formatted.text, text)
      assert.deepEqual(spans(formatted.entities), kept)
    })

  test('in {text} Telegram finds {found}')
    .with([
      { text: 'see example.com/x?y=1, ok', found: ['url:4:17'] },
      { text: 'https://кіно.укр/шлях', found: ['url:0:21'] },
      { text: 'a@b.com', found: ['email:0:7'] },
      { text: '@kontora and @abc', found: ['mention:0:8'] },
      { text: '/start now/here', found: ['bot_command:0:6'] },
      { text: '#новини $USD', found: ['hashtag:0:7', 'cashtag:8:4'] },
      { text: 'v1.2.3 or 10.50', found: [] },
      { text: 'localhost:3333', found: [] },
    ])
    .run(({ assert }, { text, found }) => {
      assert.deepEqual(spans(formatText(text, '', []).entities), found)
    })

  test('what is formatted as code is not searched for links', ({ assert }) => {
    assert.deepEqual(spans(formatText('<code>example.com</code> example.com', 'HTML', []).entities), [
      'code:0:11',
      'url:12:11',
    ])
  })

  test('given entities are refused: {error}')
    .with([
      { entity: { type: 'bold' as const, offset: -1, length: 2 }, error: 'Receive an entity with incorrect offset -1' },
      { entity: { type: 'bold' as const, offset: 0, length: -2 }, error: 'Receive an entity with incorrect length -2' },
      {
        entity: { type: 'bold' as const, offset: 1, length: 2 },
        error: 'Entity begins in a middle of a UTF-16 symbol at byte offset 4',
      },
      {
        entity: { type: 'bold' as const, offset: 0, length: 1 },
        error: 'Entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4',
      },
      {
        entity: { type: 'bold' as const, offset: 9, length: 1 },
        error: 'Entity begins after the end of the text at UTF-16 offset 9',
      },
      {
        entity: { type: 'bold' as const, offset: 2, length: 9 },
        error: 'Entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 11',
      },
    ])
    .run(({ assert }, { entity, error }) => {
      assert.throws(() => formatText('🙂ab', '', [entity]), error)
    })

  test('any text survives when it is escaped for {mode}')
    .with([
      {
        mode: 'HTML',
        escape: (text: string) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!),
      },
      { mode: 'MarkdownV2', escape: (text: string) => text.replace(/[_*[\]()~`>#+\-=|{}.!\\]/g, '\\$&') },
    ])
    .run(({ assert }, { mode, escape }) => {
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
          const escaped = formatText(escape(text), mode, [])
          const plain = formatText(text, '', [])
          assert.equal(escaped.text, plain.text)
          assert.deepEqual(spans(escaped.entities), spans(plain.entities))
        })
      )
    })

  test('entities of any markup stay within the text, sorted, and none is empty', ({ assert }) => {
    const piece = fc.constantFrom(
      '<b>',
      '</b>',
      '<i>',
      '</i>',
      '<code>',
      '</code>',
      'а',
      ' ',
      '\n',
      '🙂',
      'e.com ',
      '&lt;'
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const formatted = parsedOrNothing(pieces.join(''))
        if (!formatted) return
        for (const [index, { offset, length }] of formatted.entities.entries()) {
          assert.isAbove(length, 0)
          assert.isAtMost(offset + length, formatted.text.length)
          assert.isAtLeast(offset, formatted.entities[index - 1]?.offset ?? 0)
        }
      }),
      { numRuns: 500 }
    )
  })
})

function parsedOrNothing(markup: string) {
  try {
    return formatText(markup, 'HTML', [])
  } catch {
    return undefined
  }
}
