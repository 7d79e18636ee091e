import type { Method } from '#sandbox/api/method'
import { isObject } from '#sandbox/api/params'
import { badRequest } from '#sandbox/errors'

const DEFAULT_BUTTON = { type: 'commands' }

export const setChatMenuButton: Method = ({ world, params }) => {
  const button = params.json('menu_button', "Can't parse menu button JSON object")
  if (button !== undefined && !isObject(button))
    throw badRequest("Can't parse menu button: MenuButton must be an Object")
  if (button && !['commands', 'web_app', 'default'].includes(String(button.type))) {
    throw badRequest("Can't parse menu button: MenuButton has unsupported type")
  }
  world.bot.menuButtons.set(params.integer('chat_id'), button ?? { type: 'default' })
  world.live.emit({ type: 'commands' })
  return true
}

export const getChatMenuButton: Method = ({ world, params }) =>
  world.bot.menuButtons.get(params.integer('chat_id')) ?? world.bot.menuButtons.get(0) ?? DEFAULT_BUTTON
