import fc from 'fast-check'
import { test } from '@japa/runner'
import { parseTelegramHtml } from '../../../resources/js/broadcasts/markup/parse.js'
import { plainText } from '../../../resources/js/broadcasts/markup/length.js'
import { serializeTelegramHtml } from '../../../resources/js/broadcasts/markup/serialize.js'
import { documents, sources } from './arbitraries.js'

const parse = (html: string) => parseTelegramHtml(html, ['first_name'])
const RUNS = { numRuns: 2000 }

test.group('Telegram HTML in the editor, any text', () => {
  test('what the editor writes it reads back unchanged', ({ assert }) => {
    fc.assert(
      fc.property(documents, (document) => {
        const html = serializeTelegramHtml(document)
        assert.equal(serializeTelegramHtml(parse(html)), html)
      }),
      RUNS
    )
  })

  test('what others wrote is normalised once and then stays', ({ assert }) => {
    fc.assert(
      fc.property(sources, (source) => {
        const once = serializeTelegramHtml(parse(source))
        assert.equal(serializeTelegramHtml(parse(once)), once)
      }),
      RUNS
    )
  })

  test('writing and reading loses no character', ({ assert }) => {
    fc.assert(
      fc.property(documents, (document) => {
        assert.equal(plainText(parse(serializeTelegramHtml(document))), plainText(document))
      }),
      RUNS
    )
  })
})
