import { targetChat } from '#sandbox/api/chats'
import { photoSizes, storedFile } from '#sandbox/api/media'
import type { Method } from '#sandbox/api/method'
import { badRequest } from '#sandbox/errors'
import { publicUser } from '#sandbox/state/customers'
import type { Group } from '#sandbox/state/groups'

export const getChat: Method = ({ world, params }) => {
  const { chat, customer } = targetChat(world, params, 'read')
  const pinned = world.messages.peek(chat.id)?.pinned.at(-1)
  const message = pinned === undefined ? undefined : world.messages.find(chat.id, pinned)
  return {
    ...chat,
    ...(customer?.bio && { bio: customer.bio }),
    ...(message && { pinned_message: message }),
    accent_color_id: Math.abs(chat.id) % 7,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
  }
}

export const getChatMember: Method = ({ world, params }) => {
  const { customer, group } = targetChat(world, params, 'read')
  const userId = params.integer('user_id')
  if (userId <= 0) throw badRequest('Invalid user_id specified')
  if (userId === world.bot.user.id) return { user: world.bot.user, status: group?.botStatus ?? 'member' }

  const user = world.customers.find(userId)
  if (!user || (customer && customer.id !== userId)) throw badRequest('member not found')
  return { user: publicUser(user), status: group ? memberStatus(group, userId) : 'member' }
}

export const getChatAdministrators: Method = ({ world, params }) => {
  const { group } = targetChat(world, params, 'read')
  if (!group) throw badRequest('there are no administrators in the private chat')
  return [...group.administrators].map((id) => ({
    user: publicUser(world.customers.get(id)),
    status: memberStatus(group, id),
  }))
}

export const getChatMemberCount: Method = ({ world, params }) => {
  const { group } = targetChat(world, params, 'read')
  return group ? group.members.size + 1 : 2
}

export const getUserProfilePhotos: Method = ({ world, params }) => {
  const customer = world.customers.find(params.integer('user_id'))
  if (!customer) throw badRequest('user not found')
  const file = customer.photo_file_id ? storedFile(world, customer.photo_file_id) : undefined
  return { total_count: file ? 1 : 0, photos: file ? [photoSizes(file)] : [] }
}

function memberStatus(group: Group, userId: number): string {
  if (group.administrators.has(userId)) return [...group.administrators][0] === userId ? 'creator' : 'administrator'
  return group.members.has(userId) ? 'member' : 'left'
}
