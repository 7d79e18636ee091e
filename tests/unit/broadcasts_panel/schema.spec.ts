import fc from 'fast-check'
import { test } from '@japa/runner'
import { getSchema } from '@tiptap/core'
import { parseTelegramHtml } from '../../../resources/js/broadcasts/markup/parse.js'
import { serializeTelegramHtml } from '../../../resources/js/broadcasts/markup/serialize.js'
import { isTelegramLink, telegramKit } from '../../../resources/js/broadcasts/editor/telegram_kit.js'
import type { TelegramDocument } from '../../../resources/js/broadcasts/markup/document.js'
import { sources } from './arbitraries.js'

const PLACEHOLDERS = ['first_name']
const schema = getSchema(telegramKit(PLACEHOLDERS))

test.group('Schema of the editor', () => {
  test('has what Telegram has and nothing else', ({ assert }) => {
    assert.sameMembers(Object.keys(schema.marks), ['bold', 'italic', 'underline', 'strike', 'spoiler', 'code', 'link'])
    assert.sameMembers(Object.keys(schema.nodes), [
      'doc',
      'paragraph',
      'text',
      'hardBreak',
      'blockquote',
      'codeBlock',
      'placeholder',
      'customEmoji',
    ])
  })

  test('holds every text that Telegram accepts, and gives it back', ({ assert }) => {
    fc.assert(
      fc.property(sources, (source) => {
        const document = parseTelegramHtml(source, PLACEHOLDERS)
        const node = schema.nodeFromJSON(document)
        node.check()
        assert.equal(serializeTelegramHtml(node.toJSON() as TelegramDocument), serializeTelegramHtml(document))
      }),
      { numRuns: 500 }
    )
  })

  test('{url} as a link: {accepted}')
    .with([
      { url: 'https://example.com/a?b=1', accepted: true },
      { url: 'tg://resolve?domain=kontora', accepted: true },
      { url: 'ton://transfer/abc', accepted: true },
      { url: 'javascript:alert(1)', accepted: false },
      { url: 'data:text/html,x', accepted: false },
      { url: 'example.com', accepted: false },
      { url: 'https://', accepted: false },
    ])
    .run(({ assert }, { url, accepted }) => {
      assert.equal(isTelegramLink(url), accepted)
    })
})
