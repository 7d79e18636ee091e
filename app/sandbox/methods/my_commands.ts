import type { Method } from '#sandbox/api/method'
import { isObject, type Params } from '#sandbox/api/params'
import { badRequest } from '#sandbox/errors'
import type { BotCommand } from '#sandbox/state/bot_profile'

const MAX_COMMANDS = 100
const MAX_NAME = 32
const MAX_DESCRIPTION = 256
const SCOPES = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']
const CHAT_SCOPES = ['chat', 'chat_administrators', 'chat_member']

export const setMyCommands: Method = ({ world, params }) => {
  const list = params.json('commands', "Can't parse commands JSON object") ?? []
  if (!Array.isArray(list)) throw badRequest('Expected an Array of BotCommand')
  const commands = list.map((item) => botCommand(item))
  if (commands.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  world.bot.commands.set(scopeKey(params), commands)
  world.live.emit({ type: 'commands' })
  return true
}

export const getMyCommands: Method = ({ world, params }) => world.bot.commands.get(scopeKey(params)) ?? []

export const deleteMyCommands: Method = ({ world, params }) => {
  world.bot.commands.delete(scopeKey(params))
  world.live.emit({ type: 'commands' })
  return true
}

function botCommand(item: unknown): BotCommand {
  if (!isObject(item)) throw badRequest("Can't parse BotCommand: expected an Object")
  for (const field of ['command', 'description']) {
    if (typeof item[field] !== 'string') throw badRequest(`Can't parse BotCommand: Can't find field "${field}"`)
  }
  const command = String(item.command).trim().replace(/^\//, '')
  const description = String(item.description).trim()
  if (!command) throw badRequest('Command must be non-empty')
  if ([...command].length > MAX_NAME) throw badRequest(`Command length must not exceed ${MAX_NAME}`)
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  if (!description) throw badRequest('Command description must be non-empty')
  if ([...description].length > MAX_DESCRIPTION) {
    throw badRequest(`Command description length must not exceed ${MAX_DESCRIPTION}`)
  }
  return { command, description }
}

function scopeKey(params: Params): string {
  const language = params.text('language_code')
  if (language && !/^[a-z]{2}$/.test(language)) throw badRequest('Invalid language code specified')
  return `${scopeName(params)}|${language}`
}

function scopeName(params: Params): string {
  const scope = params.json('scope', "Can't parse BotCommandScope JSON object")
  if (scope === undefined) return 'default'
  if (!isObject(scope)) throw badRequest("Can't parse BotCommandScope: BotCommandScope must be an Object")
  const type = String(scope.type)
  if (SCOPES.includes(type)) return type
  if (!CHAT_SCOPES.includes(type)) throw badRequest("Can't parse BotCommandScope: Unsupported type specified")
  if (!scope.chat_id) throw badRequest("Can't parse BotCommandScope: Empty chat_id specified")
  return type === 'chat_member' ? `${type}:${scope.chat_id}:${scope.user_id}` : `${type}:${scope.chat_id}`
}
