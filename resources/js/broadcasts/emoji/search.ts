export interface Emoji {
  emoji: string
  annotation: string
  tags?: string[]
  group: number
  version: number
}

const wordsOf = (text: string) => text.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Every word of the query begins some word of the emoji's name or tags; those whose name begins with it come first. */
export function searchEmoji(all: Emoji[], query: string): Emoji[] {
  const wanted = wordsOf(query)
  if (!wanted.length) return []
  const matches = all.filter(({ annotation, tags = [] }) => {
    const known = [annotation, ...tags].flatMap(wordsOf)
    return wanted.every((word) => known.some((other) => other.startsWith(word)))
  })
  const isNamed = ({ annotation }: Emoji) => annotation.toLocaleLowerCase().startsWith(wanted.join(' '))
  return [...matches.filter(isNamed), ...matches.filter((emoji) => !isNamed(emoji))]
}
