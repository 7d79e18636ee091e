const LONGEST = 20
/** What could be an address, a mention or markup is no name. */
const NOT_IN_NAMES = /[^\p{L}\p{M}\p{N} '’-]/gu

/** How other customers see somebody: the first name alone, or the beginning of the username. Empty when there is neither. */
export function publicName({ firstName, username }: { firstName: string; username: string | null }): string {
  const name = firstName.replace(NOT_IN_NAMES, ' ').replace(/\s+/g, ' ').trim()
  if (name) return Array.from(name).slice(0, LONGEST).join('').trim()
  return username ? `${username.slice(0, 3)}***` : ''
}
