import { test } from '@japa/runner'
import fc from 'fast-check'
import { formatText } from '#sandbox/entities/formatted_text'
import { MarkupError } from '#broadcasts/markup/markup_error'
import { parseHtml } from '#broadcasts/markup/parse_html'
import { PLACEHOLDERS } from '#broadcasts/markup/placeholders'
import { measureHtml, readSource } from '#broadcasts/markup/read_source'
import { Template } from '#broadcasts/markup/template'

const RUNS = { numRuns: 2000 }
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  fc.constantFrom('<b>', '</b>', '<i>', '</i>', '<u>', '</u>', '<tg-spoiler>', '</tg-spoiler>', '<code>', '</code>'),
  fc.constantFrom('<pre>', '</pre>', '<blockquote>', '<blockquote expandable>', '</blockquote>', '</a>', '<br>', '<p>'),
  fc.constantFrom(
    '<a href="https://a.example/?q={username}">',
    '<a href="tg://user?id=7">',
    '<pre><code class="language-c">'
  ),
  fc.constantFrom(
    '&amp;',
    '&lt;',
    '&#128512;',
    '&#x41;',
    '&',
    '&quot;',
    ' ',
    '\n',
    '\t',
    '\u202E',
    '\u00A0',
    '😀',
    '\u200B'
  ),
  fc.constantFrom('{first_name}', '{last_name|friend}', '{', '}', '<', '>', '</p>', '<li>', '</li>', '<ul>', '</ul>')
)
const wild = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''))

/** Nested on purpose, so that most of it is accepted. */
const { tree: wellFormed } = fc.letrec<{ tree: string; node: string }>((tie) => ({
  tree: fc.array(tie('node'), { maxLength: 5 }).map((nodes) => nodes.join('')),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replace(/[<>{}]/g, ' ').replace(/&/g, '&amp;')),
    fc.constantFrom(
      '\n',
      '  ',
      '{first_name}',
      '{last_name|friend}',
      '<br>',
      '😀',
      '&lt;',
      '<code>a  </code>',
      '<pre> x</pre>'
    ),
    fc
      .tuple(fc.constantFrom('b', 'i', 'u', 's', 'tg-spoiler', 'strong', 'p', 'li', 'h1'), tie('tree'))
      .map(([tag, inside]) => `<${tag}>${inside}</${tag}>`),
    tie('tree').map((inside) => `<a href="https://a.example/">${inside.replace(/<\/?a\b[^>]*>/g, '')}</a>`)
  ),
}))
const quoted = fc.tuple(wellFormed, wellFormed).map(([a, b]) => `${a}<blockquote>${b}</blockquote>`)
const source = fc.oneof(wild, wellFormed, quoted)

const name = fc.string({ unit: 'grapheme', maxLength: 12 })
const values = fc.record(
  Object.fromEntries(PLACEHOLDERS.map((key) => [key, name])) as Record<(typeof PLACEHOLDERS)[number], typeof name>
)

const accepted = (text: string) => {
  const reading = readSource(text, 'html')
  return reading.ok ? reading.markup : null
}

test.group('Telegram HTML, for any text', () => {
  test('is read or refused with a position inside of it', ({ assert }) => {
    fc.assert(
      fc.property(source, (text) => {
        const reading = readSource(text, 'html')
        if (reading.ok) return
        assert.isAtLeast(reading.error.position, 0)
        assert.isAtMost(reading.error.position, text.length)
      }),
      RUNS
    )
  })

  test('is stored in a form that reads as itself', ({ assert }) => {
    fc.assert(
      fc.property(source, (text) => {
        const markup = accepted(text)
        if (!markup) return
        const again = accepted(markup.html)
        assert.equal(again?.html, markup.html)
        assert.deepEqual(again?.formatted, markup.formatted)
      }),
      RUNS
    )
  })

  test('is accepted and counted alike by the sandbox', ({ assert }) => {
    let compared = 0
    fc.assert(
      fc.property(source, (text) => {
        const markup = accepted(text)
        if (!markup) return
        compared++
        assert.equal(formatText(markup.html, 'HTML', []).text, markup.formatted.text)
      }),
      RUNS
    )
    assert.isAbove(compared, RUNS.numRuns / 4)
  })

  test('stays good HTML whatever the names are', ({ assert }) => {
    fc.assert(
      fc.property(source, values, (text, customer) => {
        const markup = accepted(text)
        if (!markup) return
        const filled = new Template(markup.html).fill(customer)
        assert.doesNotThrow(() => parseHtml(filled))
        assert.equal(formatText(filled, 'HTML', []).text.length, measureHtml(filled))
      }),
      RUNS
    )
  })

  test('written as Markdown is read or refused', ({ assert }) => {
    const marks = fc.constantFrom(
      '*',
      '_',
      '__',
      '**',
      '~',
      '||',
      '`',
      '```',
      '[',
      '](https://a.example)',
      '>',
      '\n',
      '\\',
      '{first_name}',
      'word',
      ' '
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, fc.string({ maxLength: 4 })), { maxLength: 12 }), (pieces) => {
        const reading = readSource(pieces.join(''), 'markdown')
        if (!reading.ok) return assert.instanceOf(reading.error, MarkupError)
        assert.equal(formatText(reading.markup.html, 'HTML', []).text, reading.markup.formatted.text)
      }),
      RUNS
    )
  })
})
