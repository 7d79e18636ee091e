import app from '@adonisjs/core/services/app'
import i18nManager from '@adonisjs/i18n/services/main'
import { inject } from '@adonisjs/core'
import { errors, type HttpContext } from '@adonisjs/core/http'
import { networkName } from '#chain/networks'
import { DrawReceiptQuery } from '#raffles/queries/draw_receipt_query'
import { nearWinner } from '#admin/receipt/near_winner'
import { formatFull } from '#admin/shared/format'
import { explorerUrl } from '#admin/shared/chain_values'

const LANGUAGES = ['en', 'ru', 'uk']
/** Nothing but the page's own style sheet; in development Vite brings it by a script. */
const POLICY = [
  `default-src 'none'`,
  `style-src 'self'${app.inDev ? ` 'unsafe-inline'` : ''}`,
  `font-src 'self' data:`,
  `img-src 'self' data:`,
  ...(app.inDev ? [`script-src 'self'`, `connect-src 'self' ws:`] : []),
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ')
/** Seconds. What is proven stays so. */
const KEPT = { proven: 3600, otherwise: 30 }

/** How the winner of a round was drawn, for anybody: done again with the chain's numbers. It names no customer. */
@inject()
export default class ReceiptController {
  constructor(private receipts: DrawReceiptQuery) {}

  async show({ params, request, response, view }: HttpContext) {
    const receipt = await this.receipts.run(params.reference)
    if (!receipt) throw new errors.E_ROUTE_NOT_FOUND(['GET', request.url()])
    this.#protect(response, receipt.isProven)
    if (request.input('format') === 'json') return response.json(publicFacts(receipt))

    const asked = LANGUAGES.find((known) => known === request.input('lang'))
    const language = asked ?? request.language(LANGUAGES) ?? 'en'
    const words = i18nManager.locale(language)
    return view.render('receipt/show', {
      ...receipt,
      ...{ language, languages: LANGUAGES, explorerUrl, instant: (at: number) => formatFull(at, 'UTC') },
      ...{ network: networkName(receipt.raffle.chainId), players: nearWinner(receipt) },
      number: (value: number) => words.formatNumber(value),
      say: (key: string, data: Record<string, string | number> = {}) => words.t(`receipt.${key}`, data),
    })
  }

  #protect(response: HttpContext['response'], isProven: boolean) {
    response.header('content-security-policy', POLICY)
    response.header('x-content-type-options', 'nosniff')
    response.header('referrer-policy', 'no-referrer')
    response.header('cache-control', `public, max-age=${isProven ? KEPT.proven : KEPT.otherwise}`)
    response.vary('accept-language')
  }
}

type Receipt = NonNullable<Awaited<ReturnType<DrawReceiptQuery['run']>>>

/** For programs that check it themselves. */
const publicFacts = ({ raffle, facts, word, index, winner, checks, isProven }: Receipt) => ({
  ...{ round: raffle.round, reference: raffle.reference, facts, word: word?.toString() ?? null, index, winner },
  ...{ checks, proven: isProven },
})
