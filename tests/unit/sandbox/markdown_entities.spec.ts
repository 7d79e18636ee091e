import { test } from '@japa/runner'
import { parseMarkdown } from '#sandbox/entities/markdown'
import { parseMarkdownV2 } from '#sandbox/entities/markdown_v2'
import { sortEntities } from '#sandbox/entities/normalise'

test.group('Sandbox | MarkdownV2 entities', () => {
  test('{markup} gives {text} and its entities')
    .with([
      { markup: '*ні*', text: 'ні', entities: [{ type: 'bold', offset: 0, length: 2 }] },
      { markup: '_a_', text: 'a', entities: [{ type: 'italic', offset: 0, length: 1 }] },
      { markup: '__a__', text: 'a', entities: [{ type: 'underline', offset: 0, length: 1 }] },
      { markup: '~a~', text: 'a', entities: [{ type: 'strikethrough', offset: 0, length: 1 }] },
      { markup: '||a||', text: 'a', entities: [{ type: 'spoiler', offset: 0, length: 1 }] },
      { markup: '`a*b`', text: 'a*b', entities: [{ type: 'code', offset: 0, length: 3 }] },
      { markup: '```\na\n```', text: 'a\n', entities: [{ type: 'pre', offset: 0, length: 2 }] },
      { markup: '```js\na```', text: 'a', entities: [{ type: 'pre', offset: 0, length: 1, language: 'js' }] },
      {
        markup: '[a](example.org)',
        text: 'a',
        entities: [{ type: 'text_link', offset: 0, length: 1, url: 'http://example.org/' }],
      },
      {
        markup: '[a](https://e.org/\\))',
        text: 'a',
        entities: [{ type: 'text_link', offset: 0, length: 1, url: 'https://e.org/)' }],
      },
      {
        markup: '[a](tg://user?id=7)',
        text: 'a',
        entities: [{ type: 'text_mention', offset: 0, length: 1, user_id: 7 }],
      },
      {
        markup: '![👍](tg://emoji?id=5)',
        text: '👍',
        entities: [{ type: 'custom_emoji', offset: 0, length: 2, custom_emoji_id: '5' }],
      },
      { markup: '>a\n>b\nc', text: 'a\nb\nc', entities: [{ type: 'blockquote', offset: 0, length: 4 }] },
      { markup: '>a\n>b||', text: 'a\nb', entities: [{ type: 'expandable_blockquote', offset: 0, length: 3 }] },
      { markup: '1\\.5 \\!', text: '1.5 !', entities: [] },
      {
        markup: '*a _b_ c*',
        text: 'a b c',
        entities: [
          { type: 'bold', offset: 0, length: 5 },
          { type: 'italic', offset: 2, length: 1 },
        ],
      },
    ])
    .run(({ assert }, { markup, text, entities }) => {
      const parsed = parseMarkdownV2(markup)
      const plain = sortEntities(parsed.entities).map((entity) => JSON.parse(JSON.stringify(entity)))

      assert.equal(parsed.text, text)
      assert.deepEqual(plain, entities)
    })

  test('"{character}" must be escaped')
    .with(['.', '!', '-', '(', ')', '+', '=', '#', '{', '}', ']', '|', '>'].map((character) => ({ character })))
    .run(({ assert }, { character }) => {
      const words = `Character '${character}' is reserved and must be escaped with the preceding '\\'`

      assert.throws(() => parseMarkdownV2(`a ${character} b`), words)
      assert.equal(parseMarkdownV2(`a \\${character} b`).text, `a ${character} b`)
    })

  test('{markup} is refused: {error}')
    .with([
      { markup: 'я *b', error: "Can't find end of Bold entity at byte offset 3" },
      { markup: '__b', error: "Can't find end of Underline entity at byte offset 0" },
      { markup: '```js\nx', error: "Can't find end of PreCode entity at byte offset 0" },
      { markup: '[a](b', error: "Can't find end of a URL at byte offset 4" },
      { markup: '>*a\nb*', error: "Can't find end of Bold entity at byte offset 1" },
      { markup: '![x]', error: 'The entity must contain a tg://emoji or tg://time URL' },
      { markup: '![x](https://e.org)', error: 'Invalid tg://emoji or tg://time URL specified' },
    ])
    .run(({ assert }, { markup, error }) => {
      assert.throws(() => parseMarkdownV2(markup), error)
    })
})

test.group('Sandbox | legacy Markdown entities', () => {
  test('{markup} gives {text} and its entities')
    .with([
      { markup: '*a* _b_ `c`', text: 'a b c', entities: ['bold:0:1', 'italic:2:1', 'code:4:1'] },
      { markup: '```py\nx```', text: 'x', entities: ['pre:0:1'] },
      { markup: '[a](https://e.org)', text: 'a', entities: ['text_link:0:1'] },
      { markup: 'a\\_b . ! ~x~ ||y||', text: 'a_b . ! ~x~ ||y||', entities: [] },
      { markup: '*a _b_*', text: 'a _b_', entities: ['bold:0:5'] },
    ])
    .run(({ assert }, { markup, text, entities }) => {
      const parsed = parseMarkdown(markup)

      assert.equal(parsed.text, text)
      assert.deepEqual(
        parsed.entities.map(({ type, offset, length }) => `${type}:${offset}:${length}`),
        entities
      )
    })

  test('an unclosed entity is refused with its place', ({ assert }) => {
    assert.throws(() => parseMarkdown('ні *a'), "Can't find end of the entity starting at byte offset 5")
  })
})
