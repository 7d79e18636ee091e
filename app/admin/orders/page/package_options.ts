import db from '@adonisjs/lucid/services/db'
import { formatNumber } from '#admin/shared/format'

/** Packages as a filter offers them: `100 + 10 Stars`, archived ones too. */
export async function packageOptions() {
  const rows = await db.from('star_packages').orderBy('stars').orderBy('id').select('id', 'stars', 'bonus')
  return rows.map(({ id, stars, bonus }) => ({ value: id as number, text: `★ ${packageText({ stars, bonus })}` }))
}

/** `1 000 + 100`. */
export const packageText = ({ stars, bonus }: { stars: number; bonus: number }) =>
  bonus > 0 ? `${formatNumber(stars)} + ${formatNumber(bonus)}` : formatNumber(stars)
