import type { Params } from '#sandbox/api/params'
import { badRequest, forbidden } from '#sandbox/errors'
import { privateChat } from '#sandbox/state/customers'
import type { Group } from '#sandbox/state/groups'
import type { Chat, Customer } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

export type Target =
  { chat: Chat; customer: Customer; group?: undefined } | { chat: Chat; group: Group; customer?: undefined }

/** `read` looks at a chat, `edit` changes what is there, `write` brings something new. */
export type Access = 'read' | 'edit' | 'write'

/** The chat a call names, or Telegram's refusal. */
export function targetChat(world: World, params: Params, access: Access, name = 'chat_id'): Target {
  const text = params.text(name)
  if (!text) throw badRequest(`${name} is empty`)
  const target = findChat(world, text)
  if (!target) throw badRequest('chat not found')
  if (target.group) checkGroup(target.group, access)
  else checkCustomer(target.customer, access)
  return target
}

export function findChat(world: World, text: string): Target | undefined {
  if (text.startsWith('@')) {
    const group = world.groups.findByUsername(text.slice(1))
    return group && { chat: group.chat, group }
  }
  const id = /^-?\d{1,16}$/.test(text) ? Number(text) : 0
  const group = id < 0 ? world.groups.find(id) : undefined
  if (group) return { chat: group.chat, group }
  const customer = id > 0 ? world.customers.find(id) : undefined
  return customer && { chat: privateChat(customer), customer }
}

function checkCustomer(customer: Customer, access: Access): void {
  if (access === 'read') return
  if (customer.deactivated) throw forbidden('user is deactivated')
  if (access !== 'write') return
  if (customer.blocked) throw forbidden('bot was blocked by the user')
  if (!customer.started) throw forbidden("bot can't initiate conversation with a user")
}

function checkGroup(group: Group, access: Access): void {
  const kind = group.chat.type === 'channel' ? 'channel' : group.chat.type
  if (group.botStatus === 'kicked') throw forbidden(`bot was kicked from the ${kind} chat`)
  if (group.botStatus === 'left') throw forbidden(`bot is not a member of the ${kind} chat`)
  if (access !== 'read' && kind === 'channel' && group.botStatus !== 'administrator') {
    throw badRequest('need administrator rights in the channel chat')
  }
}

/** The topic a message goes to; 0 outside of forums. */
export function targetTopic(target: Target, params: Params): number {
  const thread = params.messageId('message_thread_id')
  if (!thread || !target.chat.is_forum) return 0
  if (!target.group?.topics.has(thread)) throw badRequest('message thread not found')
  if (target.group.topics.get(thread)?.closed && target.group.botStatus !== 'administrator') {
    throw badRequest('TOPIC_CLOSED')
  }
  return thread
}
