import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import { ok, refuse, type Refusal, type Result } from '#core/result'
import type { MarketFields, MarketLimits } from '#markets/editing/market_input'
import type { PricingMode } from '#markets/values'
import { StoreImage } from '#notifications/actions/store_image'
import { readPercent } from '#admin/markets/form/percent'
import { instantOf } from '#admin/shared/local_time'

export interface PostedMarket {
  title?: string
  description?: string
  categoryId: number
  endsAt?: string
  pricing: PricingMode
  isPromoted?: unknown
  imageKey?: string
  removeImage?: unknown
  maxStake?: string
  exposureLimit?: string
  fee?: string
}

/** Reads a posted market. A chosen image is stored at once, so that it survives whatever else is wrong. */
@inject()
export class MarketForm {
  constructor(private storeImage: StoreImage) {}

  /** A refusal names its `field`. Limits are read of those alone who may set them. */
  async read(ctx: HttpContext, posted: PostedMarket): Promise<Result<MarketFields & MarketLimits>> {
    const image = await this.#image(ctx, posted)
    if (!image.ok) return at('image', image.refusal)
    const reader = ctx.auth.getUserOrFail()
    const endsAt = instantOf(posted.endsAt ?? '', reader.timeZone)
    if (endsAt === undefined) return refuse('date_unreadable', { field: 'endsAt' })
    const maxStake = readAmount(posted.maxStake)
    if (!maxStake.ok) return at('maxStake', maxStake.refusal)
    const limits = reader.may('markets.limits') ? readLimits(posted) : ok({})
    if (!limits.ok) return limits
    const { categoryId, pricing, title = '', description = '', isPromoted } = posted
    const plain = { title, description, categoryId, pricing, isPromoted: isPromoted !== undefined }
    return ok({ ...plain, endsAt, imageKey: image.value, maxStake: maxStake.value, ...limits.value })
  }

  async #image({ actor, request, session }: HttpContext, posted: PostedMarket): Promise<Result<string | null>> {
    const upload = request.file('image')
    if (!upload?.tmpPath) return ok(posted.removeImage === undefined ? posted.imageKey || null : null)
    const stored = await this.storeImage.handle({ file: upload.tmpPath, name: upload.clientName, actor })
    if (!stored.ok) return stored
    session.flash('imageKey', stored.value.key)
    return ok(stored.value.key)
  }
}

function readLimits({ exposureLimit: limitText, fee }: PostedMarket): Result<MarketLimits> {
  const exposureLimit = readAmount(limitText)
  if (!exposureLimit.ok) return at('exposureLimit', exposureLimit.refusal)
  const feePoints = fee ? readPercent(fee) : null
  if (feePoints === undefined) return refuse('percent_unreadable', { field: 'fee' })
  return ok({ exposureLimit: exposureLimit.value, feePoints })
}

/** Nothing typed: as the settings say. */
const readAmount = (text: string | undefined): Result<Money | null> => (text ? parseMoney(text, 'PRED') : ok(null))

const at = (field: string, { code, params }: Refusal) => refuse(code, { ...params, field })
