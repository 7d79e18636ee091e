import fc from 'fast-check'
import type {
  BlockNode,
  InlineNode,
  LineNode,
  Mark,
  TelegramDocument,
} from '../../../resources/js/broadcasts/markup/document.js'

const PLAIN_MARKS = ['bold', 'italic', 'underline', 'strike', 'spoiler', 'code'] as const
const URLS = ['https://example.com/', 'https://example.com/?a=1&b="2"', 'tg://resolve?domain=kontora']

/** Pieces that break naive writers: special characters, entities as typed, surrogate pairs, spaces. */
const text = fc
  .array(fc.constantFrom('a', 'Я', ' ', '<', '>', '&', '"', '&lt;', '<b>', '😀', '👩‍👩‍👧', '{ ', ' }', '{first_name}'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''))

const marks: fc.Arbitrary<Mark[]> = fc
  .tuple(fc.subarray([...PLAIN_MARKS]), fc.option(fc.constantFrom(...URLS)))
  .map(([names, href]): Mark[] => [
    ...(href ? [{ type: 'link' as const, attrs: { href } }] : []),
    ...names.map((type) => ({ type })),
  ])
  .map((all) => (all.some(({ type }) => type === 'code') ? [{ type: 'code' }] : all))

const inline: fc.Arbitrary<InlineNode> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('text' as const), text, marks }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('placeholder' as const),
      attrs: fc.constant({ name: 'first_name' }),
      marks,
    }),
  },
  { weight: 1, arbitrary: fc.constant<InlineNode>({ type: 'hardBreak' }) },
  {
    weight: 1,
    arbitrary: fc.constant<InlineNode>({ type: 'customEmoji', attrs: { id: '5368324170671202286', text: '👍' } }),
  }
)

const line: fc.Arbitrary<LineNode> = fc.record({
  type: fc.constant('paragraph' as const),
  content: fc.array(inline, { maxLength: 5 }),
})

const code: fc.Arbitrary<BlockNode> = fc.record({
  type: fc.constant('codeBlock' as const),
  attrs: fc.record({ language: fc.constantFrom(null, 'ts', 'python') }),
  content: fc.array(fc.record({ type: fc.constant('text' as const), text }), { maxLength: 1 }),
}) as fc.Arbitrary<BlockNode>

const quote: fc.Arbitrary<BlockNode> = fc.record({
  type: fc.constant('blockquote' as const),
  attrs: fc.record({ expandable: fc.boolean() }),
  content: fc.array(fc.oneof({ weight: 3, arbitrary: line }, { weight: 1, arbitrary: code }), {
    minLength: 1,
    maxLength: 3,
  }),
}) as fc.Arbitrary<BlockNode>

/** Any document the editor's schema admits. */
export const documents: fc.Arbitrary<TelegramDocument> = fc.record({
  type: fc.constant('doc' as const),
  content: fc.array(
    fc.oneof({ weight: 5, arbitrary: line }, { weight: 1, arbitrary: code }, { weight: 1, arbitrary: quote }),
    { minLength: 1, maxLength: 6 }
  ),
})

const TAGS = [
  ['<b>', '</b>'],
  ['<em>', '</em>'],
  ['<u>', '</u>'],
  ['<del>', '</del>'],
  ['<span class="tg-spoiler">', '</span>'],
  ['<code>', '</code>'],
  ['<a href="https://example.com/">', '</a>'],
] as const

const { source } = fc.letrec<{ source: string; nested: string; leaf: string }>((tie) => ({
  leaf: fc.constantFrom('a', 'б ', '\n', '&lt;', '&amp;amp;', '&#128512;', '{first_name}', '"', '\n\n', 'x\r\ny', '>'),
  nested: fc.tuple(fc.constantFrom(...TAGS), tie('source')).map(([[open, close], inside]) => open + inside + close),
  source: fc
    .array(fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('nested')), { maxLength: 5 })
    .map((parts) => parts.join('')),
}))

/** Telegram HTML as a person or another program may write it, quotes and code blocks included. */
export const sources: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: source },
      { weight: 1, arbitrary: source.map((inside) => `<blockquote>${inside}</blockquote>`) },
      { weight: 1, arbitrary: source.map((inside) => `<b><blockquote expandable>${inside}</blockquote></b>`) },
      { weight: 1, arbitrary: source.map((inside) => `<pre>${inside}</pre>`) },
      { weight: 1, arbitrary: source.map((inside) => `<pre><code class="language-js">${inside}</code></pre>`) }
    ),
    { maxLength: 5 }
  )
  .map((parts) => parts.join(''))
