import { PROVIDER_NAMES } from '#payments/values'
import { defineCallback } from '#bot/callback_data/define_callback'
import { choice, id, reference } from '#bot/callback_data/fields'

export const shopData = defineCallback('buy_stars')
export const starPackageData = defineCallback('star_package', { package: id })
export const offerData = defineCallback('stars_offer')
export const forMyselfData = defineCallback('stars_for_me')
export const forAnotherData = defineCallback('stars_for_other')
export const starsWayData = defineCallback('stars_way', { way: choice(PROVIDER_NAMES) })
/** `key` is the update that showed what is to be confirmed: however often it is pressed there, one order is made. */
export const buyStarsData = defineCallback('stars_buy', { key: id })

export const starOrdersData = defineCallback('star_orders')
export const starOrdersPageData = defineCallback('star_orders_page', { page: id })
export const starOrderData = defineCallback('star_order', { order: reference })
export const cancelOrderData = defineCallback('cancel_star_order', { order: reference })
