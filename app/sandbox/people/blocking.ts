import { ControlError } from '#sandbox/errors'
import { privateChat, publicUser } from '#sandbox/state/customers'
import { BOT_STATUSES, type BotStatus } from '#sandbox/state/groups'
import type { World } from '#sandbox/world'

/** A customer stops and blocks the bot. */
export function block(world: World, customerId: number): void {
  setBlocked(world, customerId, true)
}

/** A customer unblocks the bot, which may write again from then on. */
export function unblock(world: World, customerId: number): void {
  setBlocked(world, customerId, false)
}

/** Somebody changes what the bot may do in a group: adds it, makes it an administrator, throws it out. */
export function setBotStatus(world: World, groupId: number, status: BotStatus, byCustomerId: number): void {
  const group = world.groups.find(groupId)
  if (!group) throw new ControlError(404, `The sandbox knows no group ${groupId}.`)
  if (!BOT_STATUSES.includes(status)) {
    throw new ControlError(422, `The bot's status in a group is one of ${BOT_STATUSES.join(', ')}.`)
  }
  const old = group.botStatus
  group.botStatus = status
  const update = {
    chat: group.chat,
    from: publicUser(world.customers.get(byCustomerId)),
    date: world.clock.seconds(),
    old_chat_member: { user: world.bot.user, status: old },
    new_chat_member: { user: world.bot.user, status },
  }
  world.updates.push('my_chat_member', update, groupId)
  world.live.emit({ type: 'chat', chatId: groupId })
}

function setBlocked(world: World, customerId: number, blocked: boolean): void {
  const customer = world.customers.get(customerId)
  if (customer.blocked === blocked) return
  customer.blocked = blocked
  const [member, kicked] = [
    { user: world.bot.user, status: 'member' },
    { user: world.bot.user, status: 'kicked', until_date: 0 },
  ]
  const update = {
    chat: privateChat(customer),
    from: publicUser(customer),
    date: world.clock.seconds(),
    old_chat_member: blocked ? member : kicked,
    new_chat_member: blocked ? kicked : member,
  }
  world.updates.push('my_chat_member', update, customerId)
  world.live.emit({ type: 'chat', chatId: customerId })
}
