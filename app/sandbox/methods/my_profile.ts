import type { Method } from '#sandbox/api/method'
import { badRequest } from '#sandbox/errors'

/** Name, description and short description are plain texts per language; only their limits differ. */
function setter(field: string, limit: number): Method {
  return ({ world, params }) => {
    const value = params.text(field)
    if (value.length > limit) throw badRequest(`BOT_${field.toUpperCase()}_INVALID`)
    world.bot.texts.set(`${field}|${params.text('language_code')}`, value)
    return true
  }
}

function getter(field: string): Method {
  return ({ world, params }) => ({ [field]: world.bot.text(field, params.text('language_code')) })
}

export const setMyName = setter('name', 64)
export const setMyDescription = setter('description', 512)
export const setMyShortDescription = setter('short_description', 120)
export const getMyDescription = getter('description')
export const getMyShortDescription = getter('short_description')

export const getMyName: Method = ({ world, params }) => ({
  name: world.bot.text('name', params.text('language_code')) || world.bot.user.first_name,
})
