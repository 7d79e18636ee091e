import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { refuse } from '#core/result'
import { normaliseForSearch } from '#customers/telegram_profile'
import MediaFile from '#notifications/models/media_file'
import MarketCategory from '#markets/models/market_category'
import type { PricingMode } from '#markets/values'

export const TITLE_LENGTH = { min: 5, max: 200 } as const
/** With title, odds and an image it must fit a caption of Telegram's. */
export const DESCRIPTION_MAX = 700
/** Of a parimutuel pool, in hundredths of a per cent. */
export const FEE_POINTS_MAX = 5000

/** What an admin says of a market. */
export interface MarketFields {
  title: string
  description: string
  categoryId: number
  /** Epoch milliseconds; no bet is taken from then on. */
  endsAt: number
  pricing: PricingMode
  isPromoted: boolean
  /** Key of a stored upload. */
  imageKey: string | null
  /** Of one bet; null: as the settings say. */
  maxStake: Money | null
}

/** What guards the house; an editor who may not set it leaves it out. */
export interface MarketLimits {
  /** Null: as the settings say. */
  exposureLimit?: Money | null
  /** Null: as the settings say. */
  feePoints?: number | null
}

/** Refuses with `title_length`, `description_length`, `stake_not_positive`, `exposure_not_positive` or `fee_out_of_range`. */
export function faultOfMarket({ title, description, maxStake, exposureLimit, feePoints }: MarketFields & MarketLimits) {
  if (title.length < TITLE_LENGTH.min || title.length > TITLE_LENGTH.max) return refuse('title_length', TITLE_LENGTH)
  if (description.length > DESCRIPTION_MAX) return refuse('description_length', { max: DESCRIPTION_MAX })
  if (maxStake && maxStake.minor <= 0n) return refuse('stake_not_positive')
  if (exposureLimit && exposureLimit.minor <= 0n) return refuse('exposure_not_positive')
  if (feePoints !== null && feePoints !== undefined && !isFee(feePoints)) {
    return refuse('fee_out_of_range', { max: FEE_POINTS_MAX / 100 })
  }
  return null
}

const isFee = (points: number) => Number.isSafeInteger(points) && points >= 0 && points <= FEE_POINTS_MAX

/** Refuses with `category_not_found` or `category_archived`; `former`: the category that it may stay in. */
export async function faultOfCategory(trx: Trx, id: number, former?: number) {
  const category = await MarketCategory.query({ client: trx }).where('id', id).forShare().first()
  if (!category) return refuse('category_not_found')
  return category.archivedAt !== null && id !== former ? refuse('category_archived') : null
}

/** Refuses with `image_not_found`. */
export async function faultOfImage(trx: Trx, key: string | null) {
  if (key === null) return null
  return (await MediaFile.query({ client: trx }).where('key', key).first()) ? null : refuse('image_not_found')
}

/** The columns of these fields; `searchTitle` is what lists look for by its beginning. */
export function columnsOf({ title, maxStake, exposureLimit, ...fields }: MarketFields & MarketLimits) {
  return {
    ...fields,
    title,
    searchTitle: searchTitleOf(title),
    maxStake: maxStake?.minor ?? null,
    ...(exposureLimit !== undefined && { exposureLimit: exposureLimit?.minor ?? null }),
  }
}

export const searchTitleOf = (title: string) => normaliseForSearch(title).slice(0, TITLE_LENGTH.max)

/** Without what people don't see or type: control characters, several spaces, empty lines at the ends. */
export const tidy = <F extends Pick<MarketFields, 'title' | 'description'>>(fields: F): F => ({
  ...fields,
  title: fields.title.replace(/\s+/g, ' ').trim(),
  description: fields.description.replace(/\r\n?/g, '\n').trim(),
})
