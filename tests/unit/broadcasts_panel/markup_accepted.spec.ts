import fc from 'fast-check'
import { test } from '@japa/runner'
import { readSource } from '#broadcasts/markup/read_source'
import { PLACEHOLDERS } from '#broadcasts/markup/placeholders'
import { formatText } from '#sandbox/entities/formatted_text'
import { telegramLength } from '../../../resources/js/broadcasts/markup/length.js'
import { parseTelegramHtml } from '../../../resources/js/broadcasts/markup/parse.js'
import { serializeTelegramHtml } from '../../../resources/js/broadcasts/markup/serialize.js'
import { toMarkdown } from '../../../resources/js/broadcasts/markup/to_markdown.js'
import { documents, sources } from './arbitraries.js'

const RUNS = { numRuns: 1000 }
const read = (html: string) => {
  const reading = readSource(html, 'html')
  if (!reading.ok) throw new Error(`${reading.error.message} in ${html}`)
  return reading.markup
}

test.group('What the editor writes', () => {
  test('the strict reader of broadcasts accepts, and counts alike', ({ assert }) => {
    fc.assert(
      fc.property(documents, (document) => {
        const { length } = read(serializeTelegramHtml(document))
        assert.equal(length, telegramLength(document))
      }),
      RUNS
    )
  })

  test('Telegram accepts, and reads as broadcasts do', ({ assert }) => {
    fc.assert(
      fc.property(documents, (document) => {
        const html = serializeTelegramHtml(document)
        const { formatted } = read(html)
        if (!formatted.text) return
        assert.equal(formatText(html, 'HTML', []).text, formatted.text)
      }),
      RUNS
    )
  })

  test('means the same after broadcasts have stored it and the editor has opened it again', ({ assert }) => {
    fc.assert(
      fc.property(sources, (source) => {
        const html = serializeTelegramHtml(parseTelegramHtml(source, PLACEHOLDERS))
        const stored = read(html).html
        const again = serializeTelegramHtml(parseTelegramHtml(stored, PLACEHOLDERS))
        assert.deepEqual(read(again).formatted, read(stored).formatted)
      }),
      RUNS
    )
  })

  test('as Markdown is {markdown}')
    .with([
      { html: 'a <b>b <i>c</i></b>', markdown: 'a *b _c_*' },
      { html: '<u>u</u> <s>s</s> <tg-spoiler>p</tg-spoiler>', markdown: '__u__ ~s~ ||p||' },
      { html: '<code>x`y</code>', markdown: '`x\\`y`' },
      { html: '<pre><code class="language-ts">a\nb</code></pre>', markdown: '```ts\na\nb\n```' },
      { html: '<a href="https://a.example/(b)">x</a>', markdown: '[x](https://a.example/(b\\))' },
      { html: 'a\n<blockquote>b\nc</blockquote>\nd', markdown: 'a\n> b\n> c\nd' },
      { html: '<blockquote expandable>b\nc</blockquote>', markdown: '> b\n> c||' },
      { html: 'Hi {first_name|my friend}, 2 * 3 _ [x]', markdown: 'Hi {first_name|my friend}, 2 \\* 3 \\_ \\[x\\]' },
    ])
    .run(({ assert }, { html, markdown }) => {
      const document = parseTelegramHtml(html, PLACEHOLDERS)
      assert.equal(toMarkdown(document), markdown)
      const reading = readSource(markdown, 'markdown')
      if (!reading.ok) throw reading.error
      assert.equal(JSON.stringify(reading.markup.formatted), JSON.stringify(read(html).formatted))
    })
})
