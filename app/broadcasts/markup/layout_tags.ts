import type { TreeBuilder } from '#broadcasts/markup/tree_builder'

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
/** Line breaks at the edges of each. */
const EDGES = new Map([
  ['p', 2],
  ['div', 1],
  ['ul', 1],
  ['ol', 1],
  ['li', 1],
  ...HEADINGS.map((name): [string, number] => [name, 2]),
])
const INDENT = '   '

export const isLayoutTag = (name: string) => EDGES.has(name)

/** Telegram has no paragraphs, headings or lists: turns those of pasted text into lines, bold type and bullets. */
export class LayoutReader {
  /** Items seen in each open list; null for one without numbers. */
  readonly #lists: Array<{ count: number } | null> = []

  constructor(private readonly tree: TreeBuilder) {}

  enter(name: string, at: number) {
    this.#edge(name)
    if (name === 'ul') this.#lists.push(null)
    if (name === 'ol') this.#lists.push({ count: 0 })
    if (name === 'li') this.tree.bullet(this.#bullet())
    if (HEADINGS.includes(name)) this.tree.enter({ kind: 'bold', children: [] }, name, at)
  }

  leave(name: string) {
    if (HEADINGS.includes(name)) this.tree.leave()
    if (name === 'ul' || name === 'ol') this.#lists.pop()
    this.#edge(name)
  }

  /** Paragraphs of a list item stand close together. */
  #edge(name: string) {
    this.tree.edge(this.#lists.length ? 1 : EDGES.get(name)!)
  }

  #bullet() {
    const list = this.#lists.at(-1)
    const indent = INDENT.repeat(Math.max(0, this.#lists.length - 1))
    return list ? `${indent}${++list.count}. ` : `${indent}• `
  }
}
