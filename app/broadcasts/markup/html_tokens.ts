import { Tokenizer } from 'htmlparser2'
import { MarkupError } from '#broadcasts/markup/markup_error'

export type HtmlToken =
  | { kind: 'text'; text: string; at: number }
  | { kind: 'open'; name: string; attributes: Map<string, string>; at: number; selfClosing: boolean }
  | { kind: 'close'; name: string; at: number }

type OpenToken = Extract<HtmlToken, { kind: 'open' }>

/** Cuts HTML into tokens that know where they stand. Text and attributes are raw: entities are still in them. */
export function tokenizeHtml(source: string): HtmlToken[] {
  const tokens: HtmlToken[] = []
  let open: OpenToken | null = null
  let attribute = { name: '', value: '' }
  /** End of the last complete token. */
  let consumed = 0

  const finishOpen = (end: number, selfClosing: boolean) => {
    tokens.push({ ...open!, selfClosing })
    consumed = end + 1
  }
  const refuse = () => {
    throw new MarkupError('comment', consumed)
  }

  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false, recognizeSelfClosing: true },
    {
      ontext(start, end) {
        tokens.push({ kind: 'text', text: source.slice(start, end), at: start })
        consumed = end
      },
      onopentagname(start, end) {
        const name = source.slice(start, end).toLowerCase()
        open = { kind: 'open', name, attributes: new Map(), at: start - 1, selfClosing: false }
      },
      onattribname(start, end) {
        attribute = { name: source.slice(start, end).toLowerCase(), value: '' }
      },
      onattribdata(start, end) {
        attribute.value += source.slice(start, end)
      },
      onattribend() {
        open!.attributes.set(attribute.name, attribute.value)
      },
      onopentagend: (end) => finishOpen(end, false),
      onselfclosingtag: (end) => finishOpen(end, true),
      onclosetag(start, end) {
        tokens.push({ kind: 'close', name: source.slice(start, end).toLowerCase(), at: consumed })
        const bracket = source.indexOf('>', end)
        consumed = bracket === -1 ? end : bracket + 1
      },
      oncomment: refuse,
      oncdata: refuse,
      ondeclaration: refuse,
      onprocessinginstruction: refuse,
      onattribentity: () => {},
      ontextentity: () => {},
      onend: () => {},
    }
  )
  tokenizer.write(source)
  tokenizer.end()
  if (consumed < source.length) throw new MarkupError('unfinished_tag', consumed)
  return tokens
}
