import type { SampleRandom } from '#database/samples/random'

const LATIN: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', ё: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'y', і: 'i', ї: 'i',
  й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts',
  ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', '’': '',
} // prettier-ignore

/** `solomiia_koval`, `ben1994`: made of the name, unique by the number at its end where need be. */
export function sampleUsername(
  name: { firstName: string; lastName: string | null },
  taken: Set<string>,
  random: SampleRandom
) {
  const [first, last] = [latin(name.firstName), latin(name.lastName ?? '')]
  const stem = last && random.chance(0.6) ? `${first}_${last}` : `${first}${1970 + random.below(40)}`
  let username = stem.padEnd(5, '0').slice(0, 28)
  while (taken.has(username)) username = `${stem.slice(0, 26)}${taken.size}`
  taken.add(username)
  return username
}

const latin = (text: string) =>
  Array.from(text.toLowerCase(), (letter) => LATIN[letter] ?? letter)
    .join('')
    .replace(/\W/g, '')
